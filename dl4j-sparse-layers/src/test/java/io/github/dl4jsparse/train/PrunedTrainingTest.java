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
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.internal.dl4j.UpdaterStates;
import io.github.dl4jsparse.nn.lista.Coupling;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.lista.PredictiveSparseDecomposition;
import io.github.dl4jsparse.nn.spi.SparseLayer;
import io.github.dl4jsparse.solver.CoordinateDescent;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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
import org.nd4j.linalg.ops.transforms.Transforms;

/** Training continues correctly in a network with units removed. */
class PrunedTrainingTest {
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
                lista().coupling(Coupling.dictionary()),
                lista().coupling(Coupling.dictionary()).untied(true),
                lista().penalty(new GroupL2Penalty(0.02, Groups.blocks(UNITS, 2))));
    }

    /** In both kinds of network: training goes on as if the silent units had never been. */
    private static void trainsOnAsBefore(boolean graph, IUpdater updater, ListaLayer.Builder encoder) {
        AnyNetwork net = chain(graph, updater, encoder.build(), dense(), output());
        for (int i = 0; i < 3; i++) {
            net.fit(data(i, 7));
        }
        silence(layer(net, 0), REMOVED);
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
        silence(layer(net, 0), REMOVED);
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

    /** The state that DL4J's own pre-training keeps with the layer is cut too: the next step has the old momentum. */
    @Test
    void pretrainingOfDl4jGoesOn() {
        MultiLayerNetwork net = PrunedNetworks.coding(Tree.branching(2, 2));
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
        assertNull(((SparseLayer<?>) PrunedNetworks.coding(Tree.branching(2)).getLayer(0)).pretrainUpdater(false));
    }
}
