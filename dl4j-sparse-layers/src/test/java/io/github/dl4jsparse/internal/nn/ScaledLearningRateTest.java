package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class ScaledLearningRateTest {
    private static MapSchedule schedule() {
        return new MapSchedule.Builder(ScheduleType.ITERATION)
                .add(0, 0.8)
                .add(10, 0.08)
                .build();
    }

    @Test
    void constantRateIsScaled() {
        IUpdater scaled = ScaledLearningRate.of(new Sgd(0.5), 0.25);
        assertEquals(0.125, scaled.getLearningRate(0, 0));
        assertEquals(0.125, scaled.getLearningRate(1000, 7));
    }

    @Test
    void scheduledRateIsScaledAtEveryTime() {
        IUpdater scaled = ScaledLearningRate.of(new Sgd(schedule()), 0.25);
        assertEquals(0.2, scaled.getLearningRate(9, 0), 1e-15);
        assertEquals(0.02, scaled.getLearningRate(10, 0), 1e-15);
    }

    @Test
    void everythingElseOfTheUpdaterIsKept() {
        Adam adam = new Adam(0.01, 0.7, 0.8, 1e-5);
        Adam scaled = (Adam) ScaledLearningRate.of(adam, 0.5);
        assertEquals(0.7, scaled.getBeta1());
        assertEquals(0.8, scaled.getBeta2());
        assertEquals(1e-5, scaled.getEpsilon());
        assertEquals(0.005, scaled.getLearningRate(0, 0));
        assertEquals(new Adam(0.01, 0.7, 0.8, 1e-5), adam, "the original is not modified");
    }

    @Test
    void laterChangeOfTheOriginalIsFollowed() {
        Sgd original = new Sgd(0.5);
        IUpdater scaled = ScaledLearningRate.of(original, 0.1);
        original.setLearningRate(0.2);
        assertEquals(0.02, scaled.getLearningRate(3, 1), 1e-15);
    }

    @Test
    void factorOneAndUpdatersWithoutARateStayThemselves() {
        Sgd sgd = new Sgd(0.5);
        assertSame(sgd, ScaledLearningRate.of(sgd, 1));
        NoOp none = new NoOp();
        assertSame(none, ScaledLearningRate.of(none, 0.5));
        assertNull(ScaledLearningRate.of(null, 0.5));
    }

    @Test
    void equalUpdatersScaleToEqualOnes() {
        // DL4J joins parameters into blocks of equal updaters
        assertEquals(ScaledLearningRate.of(new Sgd(0.5), 0.1), ScaledLearningRate.of(new Sgd(0.5), 0.1));
    }

    @Test
    void cloneIsIndependent() {
        Sgd original = new Sgd(0.5);
        ScaledLearningRate rate = new ScaledLearningRate(original, 0.1);
        ScaledLearningRate copy = (ScaledLearningRate) rate.clone();
        assertEquals(rate, copy);
        assertNotSame(rate.updater(), copy.updater());
        original.setLearningRate(0.2);
        assertEquals(0.05, copy.valueAt(0, 0), 1e-15);
        assertEquals(0.02, rate.valueAt(0, 0), 1e-15);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void badFactorIsRefused(double factor) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new ScaledLearningRate(new Sgd(0.5), factor))
                .getMessage();
        assertEquals("learning-rate factor must be finite and >= 0, got " + factor, message);
        assertThrows(IllegalArgumentException.class, () -> ScaledLearningRate.of(new Sgd(0.5), factor));
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void parameterWithFactorZeroStaysAsItIs(IUpdater updater) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(updater)
                .weightDecay(0.1, false)
                .list()
                .layer(new ListaLayer.Builder()
                        .nIn(6)
                        .nOut(9)
                        .penalty(new L1Penalty(0.05))
                        .learningRateFactor(ListaLayer.DECODER, 0)
                        .build())
                .layer(new OutputLayer.Builder().nIn(9).nOut(2).build())
                .build());
        net.init();
        INDArray decoder = net.getLayer(0).getParam(ListaLayer.DECODER);
        INDArray encoder = net.getLayer(0).getParam(ListaLayer.ENCODER);
        INDArray before = decoder.dup();
        INDArray encoderBefore = encoder.dup();
        INDArray x = Nd4j.rand(DataType.DOUBLE, 5, 6);
        INDArray labels = Nd4j.create(new double[][] {{1, 0}, {0, 1}, {1, 0}, {0, 1}, {1, 0}});
        LayerwisePretrainer.builder().build().fit(net, new SingletonDataSetIterator(new DataSet(x, labels)));
        for (int i = 0; i < 3; i++) {
            net.fit(x, labels);
        }
        assertArrayEquals(
                before.dup('c').data().asDouble(), decoder.dup('c').data().asDouble(), 0, "as it was, to the bit");
        assertNotEquals(encoderBefore, encoder, "the others learn");
    }

    private static List<IUpdater> updaters() {
        return List.of(new Adam(0.01), new Nesterovs(0.01, 0.9), new Sgd(0.01), new AdaDelta(), new NoOp());
    }

    @Test
    void missingUpdaterIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ScaledLearningRate(null, 0.5));
    }
}
