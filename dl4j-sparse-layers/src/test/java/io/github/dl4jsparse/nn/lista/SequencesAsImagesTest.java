package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Sequences are images of one row, to the last bit; masks of time steps are pixel masks. */
@ExtendWith(DoublePrecision.class)
class SequencesAsImagesTest {
    private static final int CHANNELS = 2;
    private static final int TIME = 9;
    private static final int BATCH = 3;
    private static final double[][] MASK = {
        {1, 1, 1, 1, 0, 0, 0, 0, 0}, {1, 1, 1, 1, 1, 1, 1, 1, 1}, {0, 1, 1, 0, 1, 1, 1, 0, 0}
    };

    private static final Map<String, UnaryOperator<ConvolutionalListaLayer.Builder>> CHOICES = Map.of(
            "same", b -> b,
            "stride", b -> b.stride(1, 2),
            "inside", b -> b.convolutionMode(ConvolutionMode.Truncate).padding(0, 1),
            "free, gain", b -> b.coupling(Coupling.free()).gain(true),
            "learned, momentum", b -> b.coupling(Coupling.learned()).momentum(Momentum.learned()),
            "scaled", b -> b.inputScaling(true));

    static Stream<Arguments> cases() {
        return CHOICES.keySet().stream()
                .flatMap(choice -> Stream.of(RNNFormat.values()).map(format -> Arguments.of(choice, format)));
    }

    private static ConvolutionalListaLayer.Builder options(ConvolutionalListaLayer.Builder builder, String choice) {
        return CHOICES.get(choice)
                .apply(builder.nOut(4)
                        .iterations(3)
                        .initialThreshold(0.1)
                        .penalty(new L1Penalty(0.1))
                        .unsupervisedWeight(0.7));
    }

    private static MultiLayerNetwork network(InputType type, ConvolutionalListaLayer layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .list()
                .layer(layer)
                .setInputType(type)
                .build());
        net.init();
        net.params().addi(Samples.gaussian(9, net.params().shape()).muli(0.03));
        net.initGradientsView();
        return net;
    }

    private static MultiLayerNetwork ofSequences(String choice, RNNFormat format) {
        return network(
                InputType.recurrent(CHANNELS, TIME, format),
                options(new ConvolutionalListaLayer.Builder(3), choice).build());
    }

    private static MultiLayerNetwork ofImages(String choice, INDArray params) {
        MultiLayerNetwork net = network(
                InputType.convolutional(1, TIME, CHANNELS),
                options(new ConvolutionalListaLayer.Builder(1, 3), choice).build());
        net.setParams(params);
        return net;
    }

    private static INDArray sequences(RNNFormat format) {
        INDArray first = Samples.gaussian(4, BATCH, CHANNELS, TIME);
        return format == RNNFormat.NWC ? first.permute(0, 2, 1).dup('c') : first;
    }

    private static INDArray asImages(INDArray sequences, RNNFormat format) {
        INDArray first = format == RNNFormat.NWC ? sequences.permute(0, 2, 1) : sequences;
        return first.dup('c').reshape('c', first.size(0), first.size(1), 1, first.size(2));
    }

    private static UnsupervisedLayer layer(MultiLayerNetwork net) {
        return (UnsupervisedLayer) net.getLayer(0);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void codesEnergiesAndReconstructions(String choice, RNNFormat format) {
        MultiLayerNetwork net = ofSequences(choice, format);
        MultiLayerNetwork images = ofImages(choice, net.params());
        INDArray x = sequences(format);
        INDArray same = asImages(x, format);
        assertEquals(images.output(same), asImages(net.output(x), format));
        assertEquals(images.output(same), asImages(net.output(x, true), format));
        assertEquals(layer(images).energies(same), layer(net).energies(x));
        assertEquals(layer(images).reconstruct(same), asImages(layer(net).reconstruct(x), format));
        INDArray code = layer(net).encode(x);
        assertEquals(
                layer(images).decode(asImages(code, format), same.shape()),
                asImages(layer(net).decode(code, x.shape()), format));
        INDArray steps = layer(net).trajectory(x);
        assertArrayEquals(new long[] {3, BATCH, code.size(1), code.size(2)}, steps.shape());
    }

    private static INDArray gradient(MultiLayerNetwork net, INDArray x, INDArray epsilon, INDArray mask) {
        net.setLayerMaskArrays(mask, null);
        net.setInput(x);
        net.feedForward(true, false);
        net.backpropGradient(epsilon, null);
        net.clearLayerMaskArrays();
        return net.getFlattenedGradients().dup();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradients(String choice, RNNFormat format) {
        MultiLayerNetwork net = ofSequences(choice, format);
        MultiLayerNetwork images = ofImages(choice, net.params());
        INDArray x = sequences(format);
        INDArray epsilon = Samples.gaussian(6, net.output(x).shape());
        assertEquals(
                gradient(images, asImages(x, format), asImages(epsilon, format), null),
                gradient(net, x, epsilon, null));
    }

    /**
     * The mask of the steps is a pixel mask, where every position has a step of its own and codes are zero at masked
     * ones.
     */
    @ParameterizedTest
    @EnumSource(RNNFormat.class)
    void aMaskOfStepsIsAPixelMask(RNNFormat format) {
        MultiLayerNetwork net = ofSequences("same", format);
        MultiLayerNetwork masked = network(
                InputType.convolutional(1, TIME, CHANNELS + 1),
                options(new ConvolutionalListaLayer.Builder(1, 3).pixelMask(true), "same")
                        .build());
        masked.setParams(net.params());
        INDArray mask = Nd4j.create(MASK);
        INDArray x = sequences(format);
        INDArray withMask = Nd4j.concat(1, asImages(x, format), mask.reshape('c', BATCH, 1, 1, TIME));
        INDArray code =
                masked.output(withMask).mul(mask.reshape('c', BATCH, 1, 1, TIME).broadcast(BATCH, 4, 1, TIME));
        assertEquals(0, Samples.distance(code, asImages(net.output(x, false, mask, null), format)), 1e-14);
        assertEquals(0, Samples.distance(code, asImages(net.output(x, true, mask, null), format)), 1e-14);
        assertTrue(code.amaxNumber().doubleValue() > 0.1);
    }

    /** What stands in masked steps counts for nothing: neither codes, nor score, nor gradients. */
    @ParameterizedTest
    @MethodSource("cases")
    void maskedStepsCountForNothing(String choice, RNNFormat format) {
        MultiLayerNetwork net = classifier(
                options(new ConvolutionalListaLayer.Builder(3), choice).build(), format);
        INDArray mask = Nd4j.create(MASK);
        INDArray x = sequences(format);
        INDArray other = x.dup();
        for (int b = 0; b < BATCH; b++) {
            for (int t = 0; t < TIME; t++) {
                for (int c = 0; c < CHANNELS && MASK[b][t] == 0; c++) {
                    other.putScalar(
                            format == RNNFormat.NWC ? new int[] {b, t, c} : new int[] {b, c, t}, 7.0 + b + t + c);
                }
            }
        }
        if (net.getLayer(0).paramTable().containsKey("scale")) {
            net.getLayer(0).getParam("scale").assign(1.3);
        }
        DataSet data = new DataSet(x, labels(net, x, mask), mask, null);
        DataSet changed = new DataSet(other, data.getLabels(), mask, null);
        assertEquals(
                0, Samples.distance(net.output(x, false, mask, null), net.output(other, false, mask, null)), 1e-13);
        assertEquals(net.score(data, true), net.score(changed, true), 1e-12);
        INDArray gradient = gradient(net, data);
        assertEquals(0, Samples.distance(gradient, gradient(net, changed)), 1e-12);
        assertTrue(gradient.amaxNumber().doubleValue() > 1e-3);
    }

    private static INDArray gradient(MultiLayerNetwork net, DataSet data) {
        net.setLayerMaskArrays(data.getFeaturesMaskArray(), null);
        net.setInput(data.getFeatures());
        net.setLabels(data.getLabels());
        net.computeGradientAndScore();
        net.clearLayerMaskArrays();
        return net.gradient().gradient().dup();
    }

    private static INDArray labels(MultiLayerNetwork net, INDArray x, INDArray mask) {
        return Samples.gaussian(3, net.output(x, false, mask, null).shape());
    }

    private static MultiLayerNetwork classifier(ConvolutionalListaLayer layer, RNNFormat format) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .list()
                .layer(layer)
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .dataFormat(format)
                        .build())
                .setInputType(InputType.recurrent(CHANNELS, TIME, format))
                .build());
        net.init();
        net.params().addi(Samples.gaussian(9, net.params().shape()).muli(0.03));
        return net;
    }

    /** Masks of positions are those of DL4J's own layer of the same geometry. */
    @Test
    void theMaskThatIsHandedOnIsDl4js() {
        INDArray mask = Nd4j.create(MASK);
        for (int[] kernelStridePadding : new int[][] {{3, 1, 0}, {3, 2, 0}, {4, 3, 0}, {3, 2, 1}}) {
            for (ConvolutionMode mode : List.of(ConvolutionMode.Same, ConvolutionMode.Truncate)) {
                int padding = mode == ConvolutionMode.Same ? 0 : kernelStridePadding[2];
                MultiLayerNetwork own = network(
                        InputType.recurrent(CHANNELS, TIME),
                        new ConvolutionalListaLayer.Builder(kernelStridePadding[0])
                                .stride(kernelStridePadding[1])
                                .padding(padding)
                                .convolutionMode(mode)
                                .nOut(4)
                                .penalty(new L1Penalty(0.1))
                                .build());
                MultiLayerNetwork theirs = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                        .dataType(DataType.DOUBLE)
                        .list()
                        .layer(new Convolution1DLayer.Builder(kernelStridePadding[0])
                                .stride(kernelStridePadding[1])
                                .padding(padding)
                                .convolutionMode(mode)
                                .nOut(4)
                                .build())
                        .setInputType(InputType.recurrent(CHANNELS, TIME))
                        .build());
                theirs.init();
                INDArray expected = theirs.getLayer(0)
                        .feedForwardMaskArray(mask, null, BATCH)
                        .getFirst();
                INDArray found =
                        own.getLayer(0).feedForwardMaskArray(mask, null, BATCH).getFirst();
                assertEquals(expected, found.reshape(expected.shape()));
            }
        }
    }

    @Test
    void belowPoolingOverTimeSequencesMayHaveAnyLength() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new ConvolutionalListaLayer.Builder(3)
                        .nOut(4)
                        .penalty(new L1Penalty(0.1))
                        .build())
                .layer(new GlobalPoolingLayer(PoolingType.MAX))
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(CHANNELS))
                .build());
        net.init();
        for (int time : new int[] {5, 12}) {
            assertArrayEquals(
                    new long[] {BATCH, 3},
                    net.output(Samples.gaussian(1, BATCH, CHANNELS, time)).shape());
        }
    }

    @ParameterizedTest
    @EnumSource(RNNFormat.class)
    void numberOfOutputsIsReplaced(RNNFormat format) {
        MultiLayerNetwork net = classifier(
                options(new ConvolutionalListaLayer.Builder(3), "same").build(), format);
        MultiLayerNetwork other = new TransferLearning.Builder(net)
                .nOutReplace(0, 6, WeightInit.XAVIER)
                .build();
        INDArray code = other.feedForward(sequences(format)).get(1);
        assertEquals(6, code.size(format == RNNFormat.NWC ? 2 : 1));
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertThrows(DL4JInvalidConfigException.class, () -> new ConvolutionalListaLayer.Builder(3)
                .dataFormat(CNN2DFormat.NCHW)
                .nOut(4)
                .penalty(new L1Penalty(0.1))
                .build());
        assertThrows(DL4JInvalidConfigException.class, () -> new ConvolutionalListaLayer.Builder(3, 3)
                .dataFormat(RNNFormat.NCW)
                .nOut(4)
                .penalty(new L1Penalty(0.1))
                .build());
        ConvolutionalListaLayer layer = new ConvolutionalListaLayer.Builder(3)
                .nOut(4)
                .penalty(new L1Penalty(0.1))
                .build();
        DL4JInvalidConfigException e = assertThrows(
                DL4JInvalidConfigException.class, () -> layer.getOutputType(0, InputType.convolutional(4, 4, 2)));
        assertTrue(e.getMessage().contains("input type must be recurrent"), e.getMessage());
        MultiLayerNetwork net = ofSequences("same", RNNFormat.NCW);
        INDArray wrong = Samples.gaussian(1, BATCH, CHANNELS + 1, TIME);
        DL4JInvalidInputException input = assertThrows(DL4JInvalidInputException.class, () -> net.output(wrong));
        assertTrue(input.getMessage().contains("sequences [batch, 2, time]"), input.getMessage());
    }
}
