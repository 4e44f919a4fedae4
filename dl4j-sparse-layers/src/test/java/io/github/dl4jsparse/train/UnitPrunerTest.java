package io.github.dl4jsparse.train;

import static io.github.dl4jsparse.train.PrunedNetworks.INPUTS;
import static io.github.dl4jsparse.train.PrunedNetworks.chain;
import static io.github.dl4jsparse.train.PrunedNetworks.data;
import static io.github.dl4jsparse.train.PrunedNetworks.layer;
import static io.github.dl4jsparse.train.PrunedNetworks.pruned;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.Samples;
import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.nn.AnyNetwork;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.common.PredictiveSparseDecomposition;
import io.github.dl4jsparse.nn.common.SparseLayer;
import io.github.dl4jsparse.nn.common.SparseLayerConf;
import io.github.dl4jsparse.nn.common.TransposeLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import io.github.dl4jsparse.solver.CoordinateDescent;
import io.github.dl4jsparse.solver.Fista;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

class UnitPrunerTest {
    private static final int UNITS = 8;
    private static final int[] KEPT = {0, 2, 3, 6};
    private static final int[] REMOVED = {1, 4, 5, 7};

    private static ListaLayer.Builder lista() {
        return new ListaLayer.Builder()
                .nOut(UNITS)
                .iterations(3)
                .penalty(new L1Penalty(0.02))
                .unsupervisedWeight(0.5);
    }

    private static DenseLayer dense() {
        return new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(PrunedNetworks.CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    /** Makes the units that are to go silent whatever the input, so that a network can do without them. */
    private static void silence(org.deeplearning4j.nn.api.Layer layer) {
        INDArray thresholds = layer.getParam(ListaLayer.THRESHOLD);
        for (int unit : REMOVED) {
            for (int step = 0; step < thresholds.rows(); step++) {
                thresholds.putScalar(step, unit, 1e6);
            }
        }
    }

    /** The elements of kept units along an axis that holds blocks of all units. */
    private static INDArray along(INDArray array, int axis) {
        INDArray rows = axis == 0 ? array.dup('c') : array.transpose().dup('c');
        int[] chosen = IntStream.range(0, rows.rows())
                .filter(row -> IntStream.of(KEPT).anyMatch(unit -> unit == row % UNITS))
                .toArray();
        INDArray part = Nd4j.pullRows(rows, 1, chosen);
        return axis == 0 ? part : part.transpose();
    }

    /** What should be left of each parameter of the layer, written down a second time. */
    private static INDArray expected(String name, INDArray array) {
        return switch (name) {
            case ListaLayer.ENCODER -> along(array, 0);
            case ListaLayer.RECURRENT -> along(along(array, 0), 1);
            default -> along(array, 1);
        };
    }

    private static void assertSameAsLarger(AnyNetwork larger, AnyNetwork smaller, int layers, double tolerance) {
        for (int i = 0; i < layers; i++) {
            Map<String, INDArray> table = layer(larger, i).paramTable();
            int index = i;
            table.forEach((name, array) -> {
                INDArray left =
                        index == 0 ? expected(name, array) : index == 1 && name.equals("W") ? along(array, 0) : array;
                INDArray found = layer(smaller, index).getParam(name);
                assertArrayEquals(left.shape(), found.shape(), name);
                assertEquals(0, Samples.distance(left, found), tolerance, index + ": " + name);
            });
        }
    }

    static Stream<ListaLayer.Builder> encoders() {
        return Stream.of(
                lista(),
                lista().iterations(1).gain(true),
                lista().untied(true).gain(true).learningRateFactor("E", 0.5),
                lista().tiedDecoder(true),
                lista().penalty(new GroupL2Penalty(0.02, Groups.blocks(UNITS, 2))));
    }

    /** In both kinds of network: training goes on as if the silent units had never been. */
    private static void trainsOnAsBefore(boolean graph, IUpdater updater, ListaLayer.Builder encoder) {
        AnyNetwork net = chain(graph, updater, encoder.build(), dense(), output());
        for (int i = 0; i < 3; i++) {
            net.fit(data(i, 7));
        }
        silence(layer(net, 0));
        AnyNetwork smaller = pruned(net, KEPT);
        assertSameAsLarger(net, smaller, 3, 0);
        for (int i = 3; i < 7; i++) {
            net.fit(data(i, 7));
            smaller.fit(data(i, 7));
            assertEquals(net.model().score(), smaller.model().score(), 1e-9);
        }
        assertSameAsLarger(net, smaller, 3, 1e-8);
        INDArray x = Samples.gaussian(11, 9, INPUTS);
        assertEquals(0, Samples.distance(net.output(x), smaller.output(x)), 1e-8);
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void trainingGoesOnAsIfTheUnitsHadNeverBeen(ListaLayer.Builder encoder) {
        trainsOnAsBefore(false, new Adam(1e-2), encoder);
        trainsOnAsBefore(true, new Adam(1e-2), encoder);
    }

    /** The solver of the codes may use a unit that the encoder does not, but not without an atom. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void predictiveTrainingGoesOn(boolean graph) {
        PredictiveSparseDecomposition predictive =
                new PredictiveSparseDecomposition(1, new CoordinateDescent(5000, 1e-12));
        AnyNetwork net = chain(
                graph,
                new Sgd(0.1),
                lista().penalty(new L1Penalty(0.02).asNonNegative())
                        .predictive(predictive)
                        .build(),
                dense(),
                output());
        silence(layer(net, 0));
        for (int unit : REMOVED) {
            layer(net, 0).getParam(ListaLayer.DECODER).getColumn(unit).assign(0);
        }
        AnyNetwork smaller = pruned(net, KEPT);
        for (int i = 0; i < 4; i++) {
            net.fit(data(i, 7));
            smaller.fit(data(i, 7));
        }
        assertSameAsLarger(net, smaller, 3, 1e-6);
    }

    static Stream<IUpdater> updaters() {
        return Stream.of(
                new Sgd(0.1),
                new Nesterovs(0.05, 0.8),
                new AMSGrad(1e-2),
                new AdaMax(1e-2),
                new Nadam(1e-2),
                new AdaGrad(0.1),
                new RmsProp(1e-2),
                new AdaDelta());
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void everyUpdaterGoesOn(IUpdater updater) {
        trainsOnAsBefore(false, updater, lista().biasUpdater(new Adam(1e-2)));
        trainsOnAsBefore(true, updater, lista().biasUpdater(new Adam(1e-2)));
    }

    /** Adam by its formula, with moments from the gradient of the larger network and a gradient of the smaller one. */
    @Test
    void secondStepOfAdamIsThatOfItsFormula() {
        AnyNetwork net = chain(false, new Adam(1e-2), lista().build(), dense(), output());
        Map<String, INDArray> first = gradients(net, data(1, 7));
        net.fit(data(1, 7));
        AnyNetwork smaller = pruned(net, KEPT);
        Map<String, INDArray> second = gradients(smaller, data(2, 7));
        Map<String, INDArray> before = copies(smaller);
        smaller.fit(data(2, 7));
        double rate = 1e-2 * Math.sqrt(1 - Math.pow(0.999, 2)) / (1 - Math.pow(0.9, 2));
        Map<String, INDArray> old = Map.of(
                "0_E", expected("E", first.get("0_E")),
                "0_S", expected("S", first.get("0_S")),
                "0_b", expected("b", first.get("0_b")),
                "1_W", along(first.get("1_W"), 0),
                "1_b", first.get("1_b"),
                "2_W", first.get("2_W"));
        old.forEach((name, g1) -> {
            INDArray g2 = second.get(name);
            INDArray m = g1.mul(0.9 * 0.1).add(g2.mul(0.1));
            INDArray v = g1.mul(g1).mul(0.999 * 0.001).add(g2.mul(g2).mul(0.001));
            INDArray step = m.mul(rate).div(Transforms.sqrt(v).add(1e-8));
            INDArray moved = before.get(name).sub(smaller.model().getParam(name));
            assertTrue(moved.norm2Number().doubleValue() > 1e-4, name);
            assertEquals(0, Samples.distance(step, moved), 1e-12, name);
        });
    }

    private static Map<String, INDArray> gradients(AnyNetwork net, DataSet data) {
        MultiLayerNetwork stack = (MultiLayerNetwork) net.model();
        stack.setInput(data.getFeatures());
        stack.setLabels(data.getLabels());
        stack.computeGradientAndScore();
        Map<String, INDArray> result = new HashMap<>();
        stack.gradient()
                .gradientForVariable()
                .forEach((name, array) -> result.put(name, array.div(data.numExamples())));
        return result;
    }

    private static Map<String, INDArray> copies(AnyNetwork net) {
        Map<String, INDArray> result = new HashMap<>();
        net.model().paramTable().forEach((name, array) -> result.put(name, array.dup()));
        return result;
    }

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
        MultiLayerNetwork net = coding(tree);
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

    private static MultiLayerNetwork coding(Tree tree) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .updater(new Nesterovs(0.05, 0.9))
                .list()
                .layer(new SparseCodingLayer.Builder()
                        .nIn(INPUTS)
                        .nOut(tree.size())
                        .penalty(new TreePenalty(0.7, tree))
                        .solver(new Fista(5000, 1e-8))
                        .build())
                .build());
        net.init();
        return net;
    }

    /** The state that DL4J's own pre-training keeps with the layer is cut too: the next step has the old momentum. */
    @Test
    void pretrainingOfDl4jGoesOn() {
        MultiLayerNetwork net = coding(Tree.branching(2, 2));
        net.pretrainLayer(0, Samples.gaussian(1, 20, INPUTS));
        // short atoms, so that their bound does not hide the step
        net.getLayer(0).getParam("D").muli(0.5);
        int[] kept = {0, 1, 3, 4};
        MultiLayerNetwork smaller = UnitPruner.prune(net, 0, kept);
        INDArray momentum = UpdaterStates.of(((SparseLayer<?>) net.getLayer(0)).pretrainUpdater(false))
                .get(0)
                .moments()
                .get(0);
        INDArray left = Nd4j.pullRows(momentum.transpose().dup('c'), 1, kept).transpose();
        assertTrue(left.norm2Number().doubleValue() > 1e-3);
        // a batch of zeros has no gradient: what moves is the momentum alone, v <- mu v, step mu v
        INDArray before = smaller.getLayer(0).getParam("D").dup();
        smaller.pretrainLayer(0, Nd4j.zeros(DataType.DOUBLE, 20, INPUTS));
        INDArray expected = before.add(left.mul(0.9 * 0.9));
        assertEquals(2, smaller.getLayer(0).conf().getIterationCount());
        assertTrue(expected.norm2(0).maxNumber().doubleValue() < 1);
        assertEquals(0, Samples.distance(expected, smaller.getLayer(0).getParam("D")), 1e-12);
        assertNull(((SparseLayer<?>) coding(Tree.branching(2)).getLayer(0)).pretrainUpdater(false));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyLayerThatPassesUnitsOnIsCut(boolean graph) {
        Groups groups = Groups.of(UNITS, new int[][] {{0, 1}, {4, 5}, {2, 3, 6, 7}});
        AnyNetwork net = chain(
                graph,
                new Adam(1e-2),
                lista().build(),
                new GroupSparsityLayer.Builder(groups).penalty(0.1).build(),
                new DropoutLayer.Builder(0.8).build(),
                new BatchNormalization.Builder().build(),
                new ActivationLayer.Builder().activation(Activation.RELU).build(),
                new L2NormalizeLayer.Builder().build(),
                new GroupL2PoolingLayer.Builder(groups).build(),
                lista().nOut(4).build(),
                output());
        net.fit(data(1, 7));
        silence(layer(net, 0));
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
                new GroupSparsityLayer.Builder(groups).build(),
                output());
        net.fit(data(1, 7));
        silence(layer(net, 0));
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
                " above the removed units must be one that can do with fewer inputs (dense, output, dropout, activation"
                        + " unit by unit, batch normalisation, or a layer of this library), got ";
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
                "layer \"layer0\" must be one whose configuration tells the axes of its parameter D, got TransposeLayer",
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
        silence(graph.getLayer("code"));
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
}
