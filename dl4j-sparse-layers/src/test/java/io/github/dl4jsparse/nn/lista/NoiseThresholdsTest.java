package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.shrinkage.TopKShrinkage;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.function.UnaryOperator;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@ExtendWith(DoublePrecision.class)
class NoiseThresholdsTest {
    private static ConvolutionalListaLayer.Builder layer(int steps) {
        return new ConvolutionalListaLayer.Builder(3, 3)
                .nOut(4)
                .iterations(steps)
                .coupling(Coupling.learned())
                .shrinkage(Shrinkage.SOFT)
                .penalty(new L1Penalty(0.1))
                .thresholds(ThresholdSchedule.byNoise());
    }

    private static MultiLayerNetwork network(ConvolutionalListaLayer layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(layer)
                .setInputType(InputType.convolutional(6, 5, 2))
                .build());
        net.init();
        return net;
    }

    /** Two images with a level each. */
    private static INDArray input(double... levels) {
        INDArray level = Nd4j.create(DataType.DOUBLE, levels.length, 1, 6, 5);
        for (int n = 0; n < levels.length; n++) {
            level.slice(n).assign(levels[n]);
        }
        return Nd4j.concat(1, Samples.gaussian(2, levels.length, 1, 6, 5), level);
    }

    @Test
    void thresholdsAreFixedPartAndSlopeTimesLevel() {
        assertArrayEquals(new double[] {1.6, 2}, NoiseThresholds.at(0.2, new double[] {1, 2, 3, 0}), 1e-15);
    }

    @Test
    void slopesStartAtZeroAndStepsHaveTheirOwnWhereUntied() {
        Layer tied = network(layer(3).build()).getLayer(0);
        assertArrayEquals(new long[] {1, 4}, tied.getParam(ListaConf.NOISE).shape());
        Layer untied = network(layer(3).untied(true).build()).getLayer(0);
        assertArrayEquals(
                new long[] {3, 4}, untied.getParam(ListaConf.THRESHOLD).shape());
        assertArrayEquals(new long[] {3, 4}, untied.getParam(ListaConf.NOISE).shape());
        assertEquals(0, untied.getParam(ListaConf.NOISE).amaxNumber().doubleValue());
        assertTrue(untied.getParam(ListaConf.THRESHOLD).minNumber().doubleValue() > 0);
    }

    @Test
    void moreNoiseGivesFewerUnits() {
        MultiLayerNetwork net = network(layer(3).build());
        net.getLayer(0).getParam(ListaConf.NOISE).assign(0.1);
        INDArray codes = net.output(input(0, 0));
        INDArray noisier = net.output(input(0, 5));
        assertEquals(codes.slice(0), noisier.slice(0));
        long before = codes.slice(1).neq(0).castTo(DataType.INT32).sumNumber().longValue();
        long after = noisier.slice(1).neq(0).castTo(DataType.INT32).sumNumber().longValue();
        assertTrue(after < before, after + " of " + before);
    }

    /** A level is scaled as the image is: both times ten is the same code, where the layer divides by the scale of its input. */
    @Test
    void levelsAreInTheUnitsOfTheInput() {
        INDArray x = input(0.3, 1.2);
        INDArray larger = x.mul(10);
        INDArray[] codes = new INDArray[2];
        for (int i = 0; i < 2; i++) {
            MultiLayerNetwork net = network(layer(3).inputScaling(true).build());
            UnsupervisedLayer own = (UnsupervisedLayer) net.getLayer(0);
            own.startFromData(i == 0 ? x : larger, 5);
            net.getLayer(0).getParam(ListaConf.NOISE).assign(0.05);
            codes[i] = own.encode(i == 0 ? x : larger);
        }
        assertTrue(codes[0].neq(0).any());
        assertTrue(codes[0].equalsWithEps(codes[1], 1e-10));
    }

    /** The step of an encoder of one is fitted to data; thresholds and their slopes are in units of the code. */
    @Test
    void fittingASingleStepScalesSlopesToo() {
        MultiLayerNetwork net = network(layer(1).build());
        Layer own = net.getLayer(0);
        own.getParam(ListaConf.NOISE).assign(own.getParam(ListaConf.THRESHOLD).mul(2));
        INDArray x = input(0.3);
        UnrolledParamInitializer.fitSingleStep(own.paramTable(), x, x.mul(0.5));
        assertTrue(own.getParam(ListaConf.THRESHOLD).mul(2).equalsWithEps(own.getParam(ListaConf.NOISE), 1e-15));
    }

    @Test
    void bothPartsStayPositiveUnderTraining() {
        MultiLayerNetwork net = network(layer(2).build());
        net.getLayer(0).getParam(ListaConf.NOISE).assign(-1);
        net.getLayer(0).getParam(ListaConf.THRESHOLD).assign(-1);
        net.getLayer(0).applyConstraints(0, 0);
        assertEquals(0, net.getLayer(0).getParam(ListaConf.NOISE).minNumber().doubleValue());
        assertEquals(
                0, net.getLayer(0).getParam(ListaConf.THRESHOLD).minNumber().doubleValue());
    }

    @Test
    void layersWithoutAChannelOfTheLevelRefuseThem() {
        UnaryOperator<ListaBuilder<?>> byNoise = b -> b.nOut(4).thresholds(ThresholdSchedule.byNoise());
        for (ListaBuilder<?> builder :
                new ListaBuilder<?>[] {new ListaLayer.Builder(), new LocallyConnectedListaLayer.Builder(3)}) {
            DL4JInvalidConfigException e = assertThrows(DL4JInvalidConfigException.class, () -> byNoise.apply(builder)
                    .build());
            assertTrue(
                    e.getMessage().startsWith("thresholds must be perUnit()")
                            && e.getMessage().contains("ConvolutionalListaLayer"),
                    e.getMessage());
        }
    }

    @Test
    void aShrinkageWithoutThresholdsIsRefused() {
        DL4JInvalidConfigException e = assertThrows(
                DL4JInvalidConfigException.class,
                () -> network(layer(2).shrinkage(new TopKShrinkage(2)).build()));
        assertTrue(e.getMessage().startsWith("thresholds must be perUnit()"), e.getMessage());
    }

    @Test
    void otherSchedulesHaveNoSlope() {
        MultiLayerNetwork net =
                network(layer(2).thresholds(ThresholdSchedule.perUnit()).build());
        assertNull(net.getLayer(0).getParam(ListaConf.NOISE));
    }
}
