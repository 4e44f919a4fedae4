package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.parallel.SparseThreads;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.memory.MemoryUseMode;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

@ExtendWith(DoublePrecision.class)
class ConvolutionalDecoderLayerTest {
    private static final int HEIGHT = 5;
    private static final int WIDTH = 4;

    private static ConvolutionalDecoderLayer.Builder layer() {
        return new ConvolutionalDecoderLayer.Builder(5, 3).stride(3, 2).nOut(2);
    }

    private static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp());
    }

    private static ConvolutionLayer below(CNN2DFormat format) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(3)
                .convolutionMode(ConvolutionMode.Same)
                .dataFormat(format)
                .activation(Activation.TANH)
                .build();
    }

    private static MultiLayerConfiguration configuration(
            ConvolutionalDecoderLayer.Builder layer,
            CNN2DFormat format,
            UnaryOperator<NeuralNetConfiguration.Builder> settings) {
        return settings.apply(settings())
                .list()
                .layer(below(format))
                .layer(layer.build())
                .layer(new CnnLossLayer.Builder(LossFunction.MSE)
                        .format(format)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.convolutional(HEIGHT, WIDTH, 2, format))
                .build();
    }

    private static MultiLayerNetwork network(
            ConvolutionalDecoderLayer.Builder layer,
            CNN2DFormat format,
            UnaryOperator<NeuralNetConfiguration.Builder> settings) {
        MultiLayerNetwork net = new MultiLayerNetwork(configuration(layer, format, settings));
        net.init();
        return net;
    }

    private static INDArray images(long seed, CNN2DFormat format, long channels, long height, long width) {
        INDArray first = Samples.gaussian(seed, 2, channels, height, width);
        return format == CNN2DFormat.NCHW ? first : first.permute(0, 2, 3, 1).dup('c');
    }

    static Stream<Arguments> choices() {
        UnaryOperator<NeuralNetConfiguration.Builder> plain = s -> s;
        UnaryOperator<NeuralNetConfiguration.Builder> penalties =
                s -> s.l1(0.02).l2(0.03);
        UnaryOperator<NeuralNetConfiguration.Builder> sums = s -> s.miniBatch(false);
        return Stream.of(plain, penalties, sums)
                .flatMap(s -> Stream.of(CNN2DFormat.values()).map(format -> Arguments.of(s, format)));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void gradientsAreThoseOfFiniteDifferences(
            UnaryOperator<NeuralNetConfiguration.Builder> settings, CNN2DFormat format) {
        // a loss of vectors: gradients of DL4J's CnnLossLayer are not those of its score for NHWC, and without division
        // by the batch
        MultiLayerNetwork net = new MultiLayerNetwork(settings.apply(settings())
                .list()
                .layer(below(format))
                .layer(layer().build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build())
                .setInputType(InputType.convolutional(HEIGHT, WIDTH, 2, format))
                .build());
        net.init();
        assertTrue(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig()
                .net(net)
                .input(images(1, format, 2, HEIGHT, WIDTH))
                .labels(Samples.gaussian(2, 2, 3))
                .epsilon(1e-6)
                .maxRelError(1e-4)
                .minAbsoluteError(1e-8)));
    }

    @ParameterizedTest
    @CsvSource({"5, 3, 1, 1", "5, 3, 3, 2", "4, 4, 2, 1", "7, 7, 2, 2"})
    void imagesAreThoseOfADecoder(int kernelHeight, int kernelWidth, int down, int across) {
        ConvolutionalListaLayer encoder = new ConvolutionalListaLayer.Builder(kernelHeight, kernelWidth)
                .stride(down, across)
                .nOut(6)
                .penalty(new L1Penalty(0.1))
                .build();
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(encoder)
                .layer(new ConvolutionalDecoderLayer.Builder(kernelHeight, kernelWidth)
                        .stride(down, across)
                        .nOut(2)
                        .build())
                .setInputType(InputType.convolutional(6 * down, 5 * across, 2))
                .build());
        net.init();
        net.getLayer(1)
                .setParam(ConvolutionalDecoderLayer.DICTIONARY, net.getLayer(0).getParam(ListaConf.DECODER));
        INDArray x = Samples.gaussian(1, 2, 2, 6 * down, 5 * across);
        INDArray expected = ((UnsupervisedLayer) net.getLayer(0)).reconstruct(x);
        assertTrue(expected.norm2Number().doubleValue() > 0.1);
        assertTrue(expected.equalsWithEps(net.output(x), 1e-12));
    }

    /** Where DL4J centres filters as this layer does. */
    @Test
    void imagesAreThoseOfDeconvolution2D() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new ConvolutionalDecoderLayer.Builder(3, 3).nOut(2).build())
                .setInputType(InputType.convolutional(HEIGHT, WIDTH, 4))
                .build());
        net.init();
        MultiLayerNetwork theirs = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new Deconvolution2D.Builder(3, 3)
                        .nOut(2)
                        .hasBias(false)
                        .convolutionMode(ConvolutionMode.Same)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.convolutional(HEIGHT, WIDTH, 4))
                .build());
        theirs.init();
        INDArray own = net.getLayer(0).getParam(ConvolutionalDecoderLayer.DICTIONARY);
        theirs.getLayer(0).getParam("W").assign(own.reshape('c', 3, 3, 2, 4).permute(3, 2, 0, 1));
        INDArray x = Samples.gaussian(1, 2, 4, HEIGHT, WIDTH);
        assertTrue(theirs.output(x).equalsWithEps(net.output(x), 1e-12));
    }

    @Test
    void theOrderOfTheAxesChangesNothing() {
        MultiLayerNetwork first = network(layer(), CNN2DFormat.NCHW, s -> s);
        MultiLayerNetwork last = network(layer(), CNN2DFormat.NHWC, s -> s);
        INDArray x = images(1, CNN2DFormat.NCHW, 2, HEIGHT, WIDTH);
        INDArray made = first.output(x);
        assertArrayEquals(new long[] {2, 2, 3 * HEIGHT, 2 * WIDTH}, made.shape());
        assertEquals(
                made,
                last.output(x.permute(0, 2, 3, 1).dup('c')).permute(0, 3, 1, 2).dup('c'));
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        INDArray x = Samples.gaussian(1, 8, 2, HEIGHT, WIDTH);
        INDArray y = Samples.gaussian(2, 8, 2, 3 * HEIGHT, 2 * WIDTH);
        INDArray[] params = new INDArray[2];
        int before = SparseThreads.get();
        try {
            for (int threads = 1; threads <= 2; threads++) {
                SparseThreads.set(threads);
                MultiLayerNetwork net = network(layer(), CNN2DFormat.NCHW, s -> s.updater(new Adam(1e-2)));
                net.fit(new DataSet(x, y));
                net.fit(new DataSet(x, y));
                params[threads - 1] = net.params().dup();
            }
        } finally {
            SparseThreads.set(before);
        }
        assertEquals(params[0], params[1]);
    }

    @Test
    void trainingReachesATarget() {
        MultiLayerNetwork net = network(layer(), CNN2DFormat.NCHW, s -> s.updater(new Adam(1e-2)));
        DataSet data = new DataSet(
                images(1, CNN2DFormat.NCHW, 2, HEIGHT, WIDTH),
                images(2, CNN2DFormat.NCHW, 2, 3 * HEIGHT, 2 * WIDTH).muli(0.3));
        double before = net.score(data);
        for (int i = 0; i < 200; i++) {
            net.fit(data);
        }
        assertTrue(net.score(data) < 0.5 * before, net.score(data) + " of " + before);
    }

    @Test
    void dropoutAndNoiseOnWeightsAreThoseOfTraining() {
        for (ConvolutionalDecoderLayer.Builder layer :
                new ConvolutionalDecoderLayer.Builder[] {layer().dropOut(0.5), layer().weightNoise(new DropConnect(0.5))
                }) {
            MultiLayerNetwork net = network(layer, CNN2DFormat.NCHW, s -> s.updater(new Adam(1e-2)));
            INDArray x = images(1, CNN2DFormat.NCHW, 2, HEIGHT, WIDTH);
            INDArray served = net.output(x);
            assertEquals(served, net.output(x));
            assertTrue(Samples.distance(net.output(x, true), served) > 1e-3);
            net.fit(new DataSet(x, images(2, CNN2DFormat.NCHW, 2, 3 * HEIGHT, 2 * WIDTH)));
            assertTrue(Samples.distance(net.output(x), served) > 1e-4);
        }
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void whatIsSavedIsTheSame(CNN2DFormat format, @TempDir Path folder) throws IOException {
        MultiLayerNetwork net = network(layer(), format, s -> s.updater(new Adam(1e-2)));
        INDArray x = images(1, format, 2, HEIGHT, WIDTH);
        ModelFile.save(folder.resolve("net.zip"), net);
        assertEquals(
                net.output(x),
                ModelFile.restoreNetwork(folder.resolve("net.zip")).output(x));
        assertEquals(net.output(x), net.clone().output(x));
        assertEquals(net.output(x), net.toComputationGraph().outputSingle(x));
        MultiLayerConfiguration conf = net.getLayerWiseConfigurations();
        assertEquals(conf, MultiLayerConfiguration.fromJson(conf.toJson()));
        Layer copy = ((ConvolutionalDecoderLayerImpl) net.getLayer(1)).clone();
        assertEquals(
                net.getLayer(1).getParam(ConvolutionalDecoderLayer.DICTIONARY),
                copy.getParam(ConvolutionalDecoderLayer.DICTIONARY));
        assertTrue(net.getLayerWiseConfigurations()
                        .getMemoryReport(InputType.convolutional(HEIGHT, WIDTH, 2, format))
                        .getTotalMemoryBytes(2, MemoryUseMode.TRAINING, CacheMode.NONE, DataType.DOUBLE)
                > 0);
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                Arguments.of("kernel height", (Runnable) () ->
                        new ConvolutionalDecoderLayer.Builder(0, 3).nOut(1).build()),
                Arguments.of(
                        "stride width", (Runnable) () -> layer().stride(1, 4).build()),
                Arguments.of(
                        "stride height", (Runnable) () -> layer().stride(0, 1).build()),
                Arguments.of("nOut", (Runnable) () -> layer().nOut(0).build()),
                Arguments.of("activation", (Runnable)
                        () -> layer().activation(Activation.RELU).build()),
                Arguments.of("biasUpdater", (Runnable)
                        () -> layer().biasUpdater(new Adam(1)).build()));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void badValuesAreRefused(String start, Runnable build) {
        DL4JInvalidConfigException e = assertThrows(DL4JInvalidConfigException.class, build::run);
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
    }

    @Test
    void otherInputIsRefused() {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .list()
                .layer(layer().name("image").build());
        DL4JInvalidConfigException e =
                assertThrows(DL4JInvalidConfigException.class, () -> list.setInputType(InputType.feedForward(12))
                        .build());
        assertTrue(e.getMessage().contains("convolutional") && e.getMessage().contains("image"), e.getMessage());
        MultiLayerNetwork net = network(layer(), CNN2DFormat.NCHW, s -> s);
        INDArray wrong = Samples.gaussian(1, 2, 7, HEIGHT, WIDTH);
        DL4JInvalidInputException bad = assertThrows(DL4JInvalidInputException.class, () -> net.getLayer(1)
                .activate(wrong, false, LayerWorkspaceMgr.noWorkspaces()));
        assertTrue(bad.getMessage().contains("[2, 7, 5, 4]"), bad.getMessage());
    }
}
