package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

class DivergenceGuardTest {
    private static final int INPUTS = 8;
    private static final int BAD = 5;

    /** The two kinds of network that DL4J has. */
    enum Kind {
        STACK,
        GRAPH;

        NeuralNetwork of(NeuralNetConfiguration.Builder settings, Layer layer) {
            OutputLayer out = new OutputLayer.Builder()
                    .nIn(6)
                    .nOut(3)
                    .activation(Activation.SOFTMAX)
                    .build();
            if (this == STACK) {
                MultiLayerNetwork net = new MultiLayerNetwork(
                        settings.list().layer(layer).layer(out).build());
                net.init();
                return net;
            }
            ComputationGraph graph = new ComputationGraph(settings.graphBuilder()
                    .addInputs("in")
                    .addLayer("code", layer, "in")
                    .addLayer("out", out, "code")
                    .setOutputs("out")
                    .build());
            graph.init();
            return graph;
        }

        NeuralNetwork of(IUpdater updater) {
            return of(settings(updater), lista().validateInput(false).build());
        }
    }

    private static NeuralNetConfiguration.Builder settings(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.FLOAT)
                .updater(updater);
    }

    private static ListaLayer.Builder lista() {
        return new ListaLayer.Builder()
                .nIn(INPUTS)
                .nOut(6)
                .iterations(2)
                .penalty(new L1Penalty(0.02))
                .unsupervisedWeight(0.5);
    }

    private static DataSet batch(int i) {
        DataSet data = new DataSet(
                Samples.gaussian(DataType.FLOAT, 100 + i, 4, INPUTS),
                Samples.oneHot(4, 3).castTo(DataType.FLOAT));
        if (i == BAD) {
            data.getFeatures().putScalar(2, 3, Double.NaN);
        }
        return data;
    }

    private static List<DataSet> batches(int... numbers) {
        return IntStream.of(numbers).mapToObj(DivergenceGuardTest::batch).toList();
    }

    private static void listen(NeuralNetwork net, TrainingListener... listeners) {
        if (net instanceof MultiLayerNetwork stack) {
            stack.setListeners(listeners);
        } else {
            ((ComputationGraph) net).setListeners(listeners);
        }
    }

    private static void fit(NeuralNetwork net, List<DataSet> batches) {
        net.fit(new ListDataSetIterator<>(
                batches.stream().flatMap(b -> b.asList().stream()).toList(), 4));
    }

    private static void assertSame(NeuralNetwork expected, NeuralNetwork actual) {
        assertEquals(0, Samples.distance(expected.params(), actual.params()));
        assertEquals(0, Samples.distance(expected.updaterState(), actual.updaterState()));
    }

    @ParameterizedTest
    @EnumSource
    void aBadBatchIsReportedWithItsNumberAndParametersAndUpdaterStay(Kind kind) {
        NeuralNetwork net = kind.of(new Adam(0.01));
        listen(net, DivergenceGuard.stopping());
        fit(net, batches(1, 2, 3));
        DivergenceException e = assertThrows(DivergenceException.class, () -> fit(net, batches(4, 6, BAD, 7)));
        assertTrue(
                e.getMessage().startsWith("training diverged: the score must be finite, got NaN in iteration 5")
                        && e.getMessage().contains("batch 3 of epoch 2;"),
                e.getMessage());
        assertEquals(5, e.iteration());
        assertEquals(2, e.epoch());
        assertEquals(3, e.batch());
        NeuralNetwork expected = kind.of(new Adam(0.01));
        fit(expected, batches(1, 2, 3));
        fit(expected, batches(4, 6));
        assertSame(expected, net);
    }

    @ParameterizedTest
    @EnumSource
    void trainingGoesOnAfterTheReport(Kind kind) {
        NeuralNetwork net = kind.of(new Adam(0.01));
        listen(net, DivergenceGuard.stopping());
        net.fit(batch(1));
        assertThrows(DivergenceException.class, () -> net.fit(batch(BAD)));
        net.fit(batch(2));
        NeuralNetwork expected = kind.of(new Adam(0.01));
        expected.fit(batch(1));
        expected.fit(batch(2));
        assertSame(expected, net);
    }

    @ParameterizedTest
    @EnumSource
    void aSkippedBatchChangesNothing(Kind kind) {
        // momentum moves the parameters even without a gradient; its steps do not depend on the iteration
        NeuralNetwork net = kind.of(new Nesterovs(0.01, 0.9));
        DivergenceGuard guard = DivergenceGuard.skipping();
        listen(net, guard);
        fit(net, batches(1, 2, BAD, 3, BAD, BAD));
        assertEquals(3, guard.skipped());
        NeuralNetwork expected = kind.of(new Nesterovs(0.01, 0.9));
        fit(expected, batches(1, 2, 3));
        // but for the constraint of the atoms, which may round once more
        assertEquals(0, Samples.distance(expected.params(), net.params()), 1e-6);
        assertEquals(0, Samples.distance(expected.updaterState(), net.updaterState()), 1e-6);
        assertNotEquals(kind.of(new Nesterovs(0.01, 0.9)).params(), net.params());
    }

    @ParameterizedTest
    @EnumSource
    void anUpdateThatOverflowsIsUndone(Kind kind) {
        NeuralNetwork net = kind.of(new Sgd(1e300));
        listen(net, DivergenceGuard.stopping());
        INDArray before = net.params().dup();
        DivergenceException e = assertThrows(DivergenceException.class, () -> fit(net, batches(1, 2)));
        assertTrue(
                e.getMessage().startsWith("training diverged: the parameters must be finite, got ")
                        && e.getMessage().contains("after the update in iteration 0 ")
                        && e.getMessage().contains("batch 1 of epoch 1;"),
                e.getMessage());
        assertEquals(0, Samples.distance(before, net.params()));
    }

    @ParameterizedTest
    @EnumSource
    void whatAConstraintSpoilsIsUndoneInTheNextIteration(Kind kind) {
        // DL4J's UnitNormConstraint divides by the norm of a column, here zero
        DenseLayer layer = new DenseLayer.Builder()
                .nIn(INPUTS)
                .nOut(6)
                .activation(Activation.RELU)
                .biasInit(-1e6)
                .constrainWeights(new UnitNormConstraint(Set.of("W"), 0))
                .build();
        NeuralNetwork net = kind.of(settings(new Sgd(0.01)), layer);
        INDArray weights = net.params();
        weights.get(NDArrayIndex.all(), NDArrayIndex.interval(0, INPUTS)).assign(0);
        INDArray before = net.params().dup();
        listen(net, DivergenceGuard.stopping());
        net.fit(batch(1));
        assertTrue(!Finite.all(net.params()), "a constraint that spoils nothing");
        DivergenceException e = assertThrows(DivergenceException.class, () -> net.fit(batch(2)));
        assertTrue(e.getMessage().contains("constraints of the last iteration"), e.getMessage());
        assertEquals(0, Samples.distance(before, net.params()), 1);
        assertTrue(Finite.all(net.params()), "parameters");
    }

    @Test
    void lineSearchKeepsTheParametersBeforeItsStep() {
        NeuralNetwork net = Kind.STACK.of(
                settings(new Sgd(0.01)).optimizationAlgo(OptimizationAlgorithm.LINE_GRADIENT_DESCENT),
                lista().validateInput(false).build());
        listen(net, DivergenceGuard.stopping());
        net.fit(batch(1));
        INDArray before = net.params().dup();
        assertThrows(DivergenceException.class, () -> net.fit(batch(BAD)));
        assertEquals(0, Samples.distance(before, net.params()));
    }

    @ParameterizedTest
    @EnumSource
    void aLayerThatRefusesItsInputNamesTheIterationAndNothingHasChanged(Kind kind) {
        NeuralNetwork net = kind.of(settings(new Adam(0.01)), lista().build());
        fit(net, batches(1, 2, 3));
        INDArray before = net.params().dup();
        DL4JInvalidInputException e = assertThrows(DL4JInvalidInputException.class, () -> net.fit(batch(BAD)));
        assertTrue(e.getMessage().contains("in iteration 3 and epoch 1 as DL4J counts them"), e.getMessage());
        assertEquals(0, Samples.distance(before, net.params()));
    }

    @ParameterizedTest
    @EnumSource
    void refusesANetworkThatIsBadAlready(Kind kind) {
        NeuralNetwork net = kind.of(new Adam(0.01));
        listen(net, DivergenceGuard.skipping());
        net.params().putScalar(0, Double.NaN);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> net.fit(batch(1)));
        assertTrue(
                e.getMessage().contains("finite parameters") && e.getMessage().contains("got 1 "), e.getMessage());
    }

    @Test
    void pretrainingIsLeftAlone() {
        MultiLayerNetwork net = (MultiLayerNetwork) Kind.STACK.of(new Adam(0.01));
        listen(net, DivergenceGuard.stopping());
        net.pretrainLayer(0, batch(1).getFeatures());
        assertTrue(Finite.all(net.params()), "parameters");
    }
}
