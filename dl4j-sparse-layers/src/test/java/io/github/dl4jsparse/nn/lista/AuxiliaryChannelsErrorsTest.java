package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.testkit.Samples;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Choices that can't be combined with a pixel mask or noise level, and masks and levels outside of their ranges, are
 * refused by name.
 */
class AuxiliaryChannelsErrorsTest {
    private static final int MASK = 2;
    private static final int LEVEL = 3;

    private static ConvolutionalListaLayer.Builder layer() {
        return new ConvolutionalListaLayer.Builder(3, 2)
                .nOut(4)
                .iterations(2)
                .shrinkage(Shrinkage.SOFT)
                .penalty(new L1Penalty(0.1))
                .pixelMask(true)
                .thresholds(ThresholdSchedule.byNoise());
    }

    private static MultiLayerNetwork network(ConvolutionalListaLayer layer, int channels) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(layer)
                .setInputType(InputType.convolutional(5, 4, channels))
                .build());
        net.init();
        return net;
    }

    private static INDArray input() {
        return Nd4j.concat(
                1,
                Samples.gaussian(1, 2, 2, 5, 4).castTo(DataType.FLOAT),
                Nd4j.ones(DataType.FLOAT, 2, 1, 5, 4),
                Nd4j.ones(DataType.FLOAT, 2, 1, 5, 4));
    }

    private static Arguments bad(String start, String remedy, UnaryOperator<ConvolutionalListaLayer.Builder> change) {
        return Arguments.of(start, remedy, change);
    }

    static Stream<Arguments> badChoices() {
        return Stream.of(
                bad("coupling must be dictionary()", "learned()", b -> b.coupling(Coupling.free())),
                bad(
                        "predictive must be left out",
                        "pixel mask",
                        b -> b.predictive(new PredictiveSparseDecomposition(1, new Fista(10, 1e-3)))),
                bad("nIn must be the channels of the image", "mask and level", b -> b.nIn(2)));
    }

    @ParameterizedTest
    @MethodSource("badChoices")
    void choicesAreRefusedWhenTheLayerIsBuilt(
            String start, String remedy, UnaryOperator<ConvolutionalListaLayer.Builder> change) {
        DL4JInvalidConfigException e = assertThrows(
                DL4JInvalidConfigException.class, () -> change.apply(layer()).build());
        assertTrue(e.getMessage().startsWith(start) && e.getMessage().contains(remedy), e.getMessage());
    }

    @Test
    void anInputTypeOfMaskAndLevelAloneIsRefused() {
        DL4JInvalidConfigException e =
                assertThrows(DL4JInvalidConfigException.class, () -> network(layer().build(), 2));
        assertTrue(e.getMessage().startsWith("nIn must be the channels of the image and 2 for"), e.getMessage());
    }

    @Test
    void channelsOfTheImageAreCounted() {
        ConvolutionalListaLayer conf = (ConvolutionalListaLayer)
                network(layer().build(), 4).getLayer(0).conf().getLayer();
        assertEquals(2, conf.imageChannels());
        assertEquals(3 * 2 * 2, conf.atomSize());
    }

    /** Training and inference, the network and the layer alone. */
    @ParameterizedTest
    @CsvSource({
        "2, -0.5, pixel mask must be from 0 to 1, -0.5",
        "2, 1.5, pixel mask must be from 0 to 1, 1.5",
        "2, 255, pixel mask must be from 0 to 1, 255.0",
        "3, -40, noise level must be at least 0, -",
        "3, Infinity, noise level must be finite, 1 NaN or infinite values",
        "3, NaN, noise level must be finite, 1 NaN or infinite values"
    })
    void masksAndLevelsOutsideOfTheirRangesAreRefused(int channel, double value, String rule, String shown) {
        MultiLayerNetwork net = network(layer().build(), 4);
        INDArray x = input().putScalar(new int[] {1, channel, 2, 3}, value);
        for (Runnable use : new Runnable[] {
            () -> net.output(x),
            () -> net.feedForward(x, true),
            () -> ((UnsupervisedLayer) net.getLayer(0)).encode(x),
            () -> ((UnsupervisedLayer) net.getLayer(0)).energies(x)
        }) {
            DL4JInvalidInputException e = assertThrows(DL4JInvalidInputException.class, use::run);
            String message = e.getMessage();
            assertTrue(
                    message.startsWith(rule + ", got " + shown)
                            && message.contains("in channel " + channel)
                            && message.contains("validateInput(false)"),
                    message);
        }
    }

    @Test
    void rangesAreNotLookedAtWithoutValidation() {
        MultiLayerNetwork net = network(layer().validateInput(false).build(), 4);
        INDArray x = input();
        x.putScalar(new int[] {0, MASK, 1, 1}, 1.5).putScalar(new int[] {1, LEVEL, 2, 3}, -40);
        assertDoesNotThrow(() -> net.output(x));
    }

    @Test
    void anInputOfImagesAloneIsRefused() {
        MultiLayerNetwork net = network(layer().build(), 4);
        INDArray x = Samples.gaussian(1, 2, 2, 5, 4).castTo(DataType.FLOAT);
        DL4JInvalidInputException e = assertThrows(DL4JInvalidInputException.class, () -> net.output(x));
        assertTrue(e.getMessage().contains("4"), e.getMessage());
    }

    @Test
    void givenChannelsCantBeRemoved() {
        ConvolutionalListaLayer conf = (ConvolutionalListaLayer)
                network(layer().build(), 4).getLayer(0).conf().getLayer();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> conf.restrictedToInputs(new int[] {0, 1, 2}));
        assertTrue(e.getMessage().startsWith("inputs removed must be none"), e.getMessage());
    }
}
