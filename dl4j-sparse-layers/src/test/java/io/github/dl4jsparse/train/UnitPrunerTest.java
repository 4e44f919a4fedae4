package io.github.dl4jsparse.train;

import static io.github.dl4jsparse.train.PrunedNetworks.INPUTS;
import static io.github.dl4jsparse.train.PrunedNetworks.KEPT;
import static io.github.dl4jsparse.train.PrunedNetworks.REMOVED;
import static io.github.dl4jsparse.train.PrunedNetworks.UNITS;
import static io.github.dl4jsparse.train.PrunedNetworks.along;
import static io.github.dl4jsparse.train.PrunedNetworks.chain;
import static io.github.dl4jsparse.train.PrunedNetworks.data;
import static io.github.dl4jsparse.train.PrunedNetworks.dense;
import static io.github.dl4jsparse.train.PrunedNetworks.layer;
import static io.github.dl4jsparse.train.PrunedNetworks.lista;
import static io.github.dl4jsparse.train.PrunedNetworks.output;
import static io.github.dl4jsparse.train.PrunedNetworks.pruned;
import static io.github.dl4jsparse.train.PrunedNetworks.silence;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import io.github.dl4jsparse.nn.spi.SparseLayer;
import io.github.dl4jsparse.nn.spi.SparseLayerConf;
import io.github.dl4jsparse.nn.spi.TransposeLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class UnitPrunerTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void outputsOfAFeedForwardEncoderStayForEveryInput(boolean graph) {
        AnyNetwork net = chain(graph, new Adam(1e-2), lista().iterations(1).build(), dense(), output());
        AnyNetwork smaller = pruned(net, KEPT);
        INDArray x = Samples.gaussian(4, 50, INPUTS);
        INDArray all = ((SparseLayer<?>) layer(net, 0)).encode(x);
        assertTrue(along(all, 1).gt(0).castTo(DataType.DOUBLE).meanNumber().doubleValue() > 0.2);
        assertEquals(0, Samples.distance(along(all, 1), ((SparseLayer<?>) layer(smaller, 0)).encode(x)), 1e-14);
    }

    @Test
    void codesOfASolverStayWhereTheRemovedUnitsAreSilent() {
        Tree tree = Tree.branching(2, 2);
        MultiLayerNetwork net = PrunedNetworks.coding(tree);
        int[] kept = {0, 1, 3, 4};
        MultiLayerNetwork smaller = UnitPruner.prune(net, 0, kept);
        SparseCodingLayer conf = (SparseCodingLayer) smaller.getLayer(0).conf().getLayer();
        assertEquals(new TreePenalty(0.7, Tree.branching(1, 2)), conf.getPenalty());
        assertEquals(4, conf.getNOut());
        INDArray x = Samples.gaussian(4, 200, INPUTS);
        INDArray all = net.output(x);
        INDArray left = smaller.output(x);
        int silent = 0;
        for (int i = 0; i < 200; i++) {
            if (all.getDouble(i, 2) == 0) {
                silent++;
                for (int k = 0; k < kept.length; k++) {
                    assertEquals(all.getDouble(i, kept[k]), left.getDouble(i, k), 1e-5);
                }
            }
        }
        assertTrue(silent > 20 && silent < 180, silent + " of 200");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyLayerThatPassesUnitsOnIsCut(boolean graph) {
        Groups groups = Groups.of(UNITS, new int[][] {{0, 1}, {4, 5}, {2, 3, 6, 7}});
        AnyNetwork net = chain(
                graph,
                new Adam(1e-2),
                lista().build(),
                new GroupSparsityLayer.Builder(groups).penaltyWeight(0.1).build(),
                new DropoutLayer.Builder(0.8).build(),
                new BatchNormalization.Builder().build(),
                new ActivationLayer.Builder().activation(Activation.RELU).build(),
                new L2NormalizeLayer.Builder().build(),
                new GroupL2PoolingLayer.Builder(groups).build(),
                lista().nOut(4).build(),
                output());
        net.fit(data(1, 7));
        silence(layer(net, 0), REMOVED);
        AnyNetwork smaller = pruned(net, KEPT);
        INDArray x = Samples.gaussian(2, 9, INPUTS);
        // batch normalisation shifts silent units away from zero, so that only what is below it must agree
        assertEquals(
                0,
                Samples.distance(
                        along(((SparseLayer<?>) layer(net, 0)).encode(x), 1),
                        ((SparseLayer<?>) layer(smaller, 0)).encode(x)),
                1e-12);
        assertEquals(
                groups.restrictedTo(KEPT),
                ((GroupSparsityLayer) layer(smaller, 1).conf().getLayer()).getGroups());
        for (String name : List.of("gamma", "beta", "mean", "log10stdev")) {
            INDArray larger = layer(net, 3).getParam(name);
            assertEquals(
                    0,
                    Samples.distance(
                            along(larger.reshape(1, UNITS), 1),
                            layer(smaller, 3).getParam(name)),
                    name);
        }
        // the second group has lost all its units
        assertArrayEquals(new long[] {4, 2}, layer(smaller, 7).getParam("E").shape());
        INDArray encoder = layer(net, 7).getParam("E");
        assertEquals(
                Nd4j.hstack(
                        encoder.getColumn(0, true).reshape(4, 1),
                        encoder.getColumn(2, true).reshape(4, 1)),
                layer(smaller, 7).getParam("E"));
        assertEquals(layer(net, 8).params(), layer(smaller, 8).params());
        smaller.fit(data(2, 7));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theWholeNetworkAnswersAsBeforeWithoutSilentUnits(boolean graph) {
        Groups groups = Groups.of(UNITS, new int[][] {{0, 1}, {4, 5}, {2, 3, 6, 7}});
        AnyNetwork net = chain(
                graph,
                new Adam(1e-2),
                lista().build(),
                new ActivationLayer.Builder().activation(Activation.RELU).build(),
                new L2NormalizeLayer.Builder().build(),
                new GroupSparsityLayer.Builder(groups).penaltyWeight(0.1).build(),
                output());
        net.fit(data(1, 7));
        silence(layer(net, 0), REMOVED);
        INDArray x = Samples.gaussian(2, 9, INPUTS);
        assertEquals(0, Samples.distance(net.output(x), pruned(net, KEPT).output(x)), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isSavedRestoredAndTrainedOn(boolean graph) throws IOException {
        Tree tree = Tree.ofParents(new int[] {-1, 0, 0, 2, 1, 1, 0, 6});
        AnyNetwork net = chain(
                graph,
                new Adam(1e-2),
                lista().penalty(new TreePenalty(0.05, tree)).build(),
                dense(),
                output());
        net.fit(data(1, 7));
        AnyNetwork smaller = pruned(net, KEPT);
        AnyNetwork restored = smaller.saved();
        assertEquals(smaller.configuration(), restored.configuration());
        assertEquals(smaller.params(), restored.params());
        assertEquals(smaller.updaterState(), restored.updaterState());
        SparseLayerConf conf = (SparseLayerConf) layer(restored, 0).conf().getLayer();
        assertEquals(new TreePenalty(0.05, tree.restrictedTo(KEPT)), conf.getPenalty());
        assertEquals(KEPT.length, conf.getNOut());
        assertEquals(KEPT.length, ((FeedForwardLayer) layer(restored, 1).conf().getLayer()).getNIn());
        DataSet batch = data(2, 7);
        double score = restored.score(batch, true);
        for (int i = 0; i < 30; i++) {
            smaller.fit(batch);
            restored.fit(batch);
        }
        assertEquals(0, Samples.distance(smaller.params(), restored.params()), 1e-12);
        assertTrue(restored.score(batch, true) < 0.9 * score);
    }

    @Test
    void countsAndListenersGoOnAndTheLargerNetworkStays() {
        MultiLayerNetwork net = (MultiLayerNetwork)
                chain(false, new Adam(1e-2), lista().build(), output()).model();
        net.setListeners(new ScoreIterationListener(1000));
        net.fit(data(1, 7));
        net.getLayer(0).conf().setEpochCount(5);
        INDArray params = net.params().dup();
        INDArray state = net.updaterState().dup();
        String conf = net.getLayerWiseConfigurations().toJson();
        MultiLayerNetwork smaller = UnitPruner.prune(net, 0, KEPT);
        assertEquals(1, smaller.getIterationCount());
        assertEquals(5, smaller.getLayer(0).conf().getEpochCount());
        assertEquals(List.copyOf(net.getListeners()), List.copyOf(smaller.getListeners()));
        smaller.fit(data(2, 7));
        assertEquals(params, net.params());
        assertEquals(state, net.updaterState());
        assertEquals(conf, net.getLayerWiseConfigurations().toJson());
        assertNotSame(net.getLayer(1).conf(), smaller.getLayer(1).conf());
    }

    @Test
    void aNetworkWithoutUpdaterGetsNone() {
        AnyNetwork net = chain(false, new Adam(1e-2), lista().build(), output());
        assertNull(PrunedNetworks.updater(net));
        assertNull(PrunedNetworks.updater(pruned(net, KEPT)));
    }

    @Test
    void layersBelowStay() {
        MultiLayerNetwork net = (MultiLayerNetwork)
                chain(false, new Adam(1e-2), dense(), lista().nOut(6).build(), output())
                        .model();
        net.fit(data(1, 7));
        MultiLayerNetwork smaller = UnitPruner.prune(net, 1, new int[] {1, 5});
        assertEquals(net.getLayer(0).params(), smaller.getLayer(0).params());
        assertEquals(
                net.getLayer(1).getParam("E").getRow(5).dup(),
                smaller.getLayer(1).getParam("E").getRow(1).dup());
        assertArrayEquals(new long[] {2, 3}, smaller.getLayer(2).getParam("W").shape());
    }

    @Test
    void singlePrecisionStaysToTheBit() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .updater(new Adam(1e-2))
                .list()
                .layer(lista().build())
                .layer(output())
                .setInputType(InputType.feedForward(INPUTS))
                .build());
        net.init();
        MultiLayerNetwork smaller = UnitPruner.prune(net, 0, KEPT);
        assertEquals(DataType.FLOAT, smaller.params().dataType());
        for (int i = 0; i < KEPT.length; i++) {
            assertArrayEquals(
                    net.getLayer(0).getParam("E").getRow(KEPT[i]).toFloatVector(),
                    smaller.getLayer(0).getParam("E").getRow(i).toFloatVector());
        }
    }

    private static void refused(String message, Layer... layers) {
        for (boolean graph : new boolean[] {false, true}) {
            AnyNetwork net = chain(graph, new Sgd(0.1), layers);
            assertEquals(
                    message,
                    assertThrows(IllegalArgumentException.class, () -> pruned(net, KEPT))
                            .getMessage());
        }
    }

    @Test
    void layersThatCannotBeCutAreNamed() {
        String above =
                " above the removed units must be one that can do with fewer inputs (dense, output, convolution, pooling,"
                        + " dropout, activation unit by unit, batch normalisation, or a layer of this library), got ";
        refused(
                "layer \"layer1\"" + above + "LossLayer",
                lista().build(),
                new LossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build());
        refused(
                "layer \"layer1\"" + above + "ActivationLayer",
                lista().build(),
                new ActivationLayer.Builder().activation(Activation.SOFTMAX).build(),
                output());
        refused("layer \"layer0\" must be one with a dictionary, got DenseLayer", dense(), output());
        refused(
                "layer \"layer0\" must be one whose configuration defines the axes of its parameter D, got TransposeLayer",
                new TransposeLayer.Builder().nOut(UNITS).build(),
                output());
        refused("kept must be from 0 to 4, got 6", lista().nOut(5).build(), output());
        refused(
                "kept must be with every node its parent, got node 2 without 1",
                lista().penalty(new TreePenalty(0.1, Tree.ofParents(new int[] {-1, 0, 1, 0, 0, 0, 0, 0})))
                        .build(),
                output());
    }

    @Test
    void verticesOfAGraph() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .updater(new Adam(1e-2))
                .graphBuilder()
                .addInputs("in")
                .addLayer("code", lista().build(), "in")
                .addVertex("direction", new L2NormalizeVertex(), "code")
                .addLayer("one", output(), "direction")
                .addLayer("two", output(), "code")
                .setOutputs("one", "two")
                .setInputTypes(InputType.feedForward(INPUTS))
                .build());
        graph.init();
        silence(graph.getLayer("code"), REMOVED);
        ComputationGraph smaller = UnitPruner.prune(graph, "code", KEPT);
        INDArray x = Samples.gaussian(3, 6, INPUTS);
        for (int i = 0; i < 2; i++) {
            assertEquals(0, Samples.distance(graph.output(x)[i], smaller.output(x)[i]), 1e-12);
        }
        String message = assertThrows(IllegalArgumentException.class, () -> UnitPruner.prune(graph, "direction", KEPT))
                .getMessage();
        assertEquals("layer must be one of the graph's, got \"direction\"", message);
    }

    @Test
    void verticesThatMixUnitsAreRefused() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("code", lista().build(), "in")
                .addVertex("both", new MergeVertex(), "in", "code")
                .addLayer("out", output(), "both")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(INPUTS))
                .build());
        graph.init();
        String message = assertThrows(IllegalArgumentException.class, () -> UnitPruner.prune(graph, "code", KEPT))
                .getMessage();
        assertEquals(
                "vertex \"both\" above the removed units must be a layer, or one of L2NormalizeVertex, ScaleVertex and"
                        + " ShiftVertex, got MergeVertex",
                message);
    }

    @Test
    void aLayerThatIsNotThereIsRefused() {
        MultiLayerNetwork net = (MultiLayerNetwork)
                chain(false, new Sgd(0.1), lista().build(), output()).model();
        String message = assertThrows(IllegalArgumentException.class, () -> UnitPruner.prune(net, 2, KEPT))
                .getMessage();
        assertEquals("layer must be from 0 to 1, got 2", message);
    }

    /** S is cut in the penalty, in the constraint, and where it is a parameter, in rows and columns. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void learnedInhibitionIsCut(boolean graph) {
        InhibitionMatrix ring = InhibitionMatrix.ring(UNITS, 0, 3, 1);
        LearnedInhibition learned = LearnedInhibition.ascent(1, 0.9);
        AnyNetwork net = chain(
                graph,
                new Adam(1e-2),
                new SparseCodingLayer.Builder()
                        .nOut(UNITS)
                        .penalty(new LateralInhibitionPenalty(0.1, ring).learned(learned))
                        .unsupervisedWeight(1)
                        .build(),
                new LateralInhibitionLayer.Builder(ring).learn(learned).build(),
                output());
        net.fit(data(1, 7));
        AnyNetwork smaller = pruned(net, KEPT);
        for (int i = 0; i < 2; i++) {
            INDArray s = along(along(layer(net, i).getParam("S"), 0), 1);
            assertEquals(0, Samples.distance(s, layer(smaller, i).getParam("S")), 0);
        }
        SparseCodingLayer conf = (SparseCodingLayer) layer(smaller, 0).conf().getLayer();
        assertEquals(new LateralInhibitionPenalty(0.1, ring.select(KEPT)).learned(learned), conf.getPenalty());
        smaller.fit(data(2, 7));
        for (int i = 0; i < 2; i++) {
            INDArray sums = layer(smaller, i).getParam("S").sum(0);
            assertEquals(0, sums.sub(1).amaxNumber().doubleValue(), 1e-6);
        }
    }
}
