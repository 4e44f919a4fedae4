package io.github.dl4jsparse.nn.normalization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.data.LocalContrastNormalization;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

@ExtendWith(DoublePrecision.class)
class LocalContrastLayerTest {
    private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

    private static LocalContrastLayer.Builder builder() {
        return new LocalContrastLayer.Builder().window(3).deviation(0.9).name("contrast");
    }

    private static ConvolutionLayer below(CNN2DFormat format) {
        return new ConvolutionLayer.Builder(2, 2)
                .nOut(3)
                .dataFormat(format)
                .activation(Activation.TANH)
                .build();
    }

    private static OutputLayer classifier() {
        return new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build();
    }

    private static NeuralNetConfiguration.Builder settings(DataType type) {
        return new NeuralNetConfiguration.Builder().seed(3).dataType(type).updater(new NoOp());
    }

    private static MultiLayerNetwork stack(CNN2DFormat format, DataType type) {
        MultiLayerNetwork net = new MultiLayerNetwork(settings(type)
                .list()
                .layer(below(format))
                .layer(builder().build())
                .layer(classifier())
                .setInputType(InputType.convolutional(6, 5, 2, format))
                .build());
        net.init();
        return net;
    }

    private static ComputationGraph graph(CNN2DFormat format) {
        ComputationGraph net = new ComputationGraph(settings(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(6, 5, 2, format))
                .addLayer("below", below(format), "in")
                .addLayer("contrast", builder().build(), "below")
                .addLayer("out", classifier(), "contrast")
                .setOutputs("out")
                .build());
        net.init();
        return net;
    }

    private static List<AnyNetwork> networks(CNN2DFormat format) {
        return List.of(new AnyNetwork.Stack(stack(format, DataType.DOUBLE)), new AnyNetwork.Graph(graph(format)));
    }

    private static INDArray input(CNN2DFormat format) {
        return format == CNN2DFormat.NHWC ? Samples.gaussian(2, 2, 6, 5, 2) : Samples.gaussian(2, 2, 2, 6, 5);
    }

    private static INDArray mapsSecond(CNN2DFormat format, INDArray x) {
        return format == CNN2DFormat.NHWC ? x.permute(0, 3, 1, 2) : x;
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void equalsTheNormaliserOfData(CNN2DFormat format) {
        List<INDArray> activations = stack(format, DataType.DOUBLE).feedForward(input(format), false);
        INDArray expected = mapsSecond(format, activations.get(1)).dup('c');
        new LocalContrastNormalization(3, 0.9).transform(expected);
        assertEquals(0, Samples.distance(expected, mapsSecond(format, activations.get(2))), 1e-14);
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void gradientsPass(CNN2DFormat format) {
        for (AnyNetwork net : networks(format)) {
            assertTrue(net.gradientsPass(input(format), Samples.oneHot(2, 3), null));
        }
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void aBatchIsItsExamples(CNN2DFormat format) {
        INDArray x = input(format);
        long[] shape = x.shape().clone();
        shape[0] = 1;
        for (AnyNetwork net : networks(format)) {
            INDArray both = net.output(x);
            for (int i = 0; i < 2; i++) {
                INDArray one = x.slice(i).dup('c').reshape('c', shape);
                assertEquals(0, Samples.distance(both.getRow(i, true), net.output(one)), 1e-13);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void savesAndLoads(CNN2DFormat format) throws Exception {
        for (AnyNetwork net : networks(format)) {
            net.copiesOfTheConfiguration().forEach(copy -> assertEquals(net.configuration(), copy));
            assertEquals(
                    0, Samples.distance(net.output(input(format)), net.saved().output(input(format))));
        }
        MultiLayerNetwork net = stack(format, DataType.DOUBLE);
        assertEquals(0, Samples.distance(net.output(input(format)), net.clone().output(input(format))));
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void singleAndDoublePrecisionAgree(CNN2DFormat format) {
        MultiLayerNetwork exact = stack(format, DataType.DOUBLE);
        MultiLayerNetwork single = stack(format, DataType.FLOAT);
        single.setParams(exact.params().castTo(DataType.FLOAT));
        INDArray x = input(format);
        INDArray labels = Samples.oneHot(2, 3);
        exact.setInput(x);
        exact.setLabels(labels);
        exact.computeGradientAndScore();
        single.setInput(x.castTo(DataType.FLOAT));
        single.setLabels(labels.castTo(DataType.FLOAT));
        single.computeGradientAndScore();
        assertEquals(DataType.FLOAT, single.output(x.castTo(DataType.FLOAT)).dataType());
        assertEquals(exact.score(), single.score(), 1e-5);
        assertEquals(
                0,
                Samples.distance(exact.gradient().gradient(), single.gradient().gradient()),
                1e-4);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void mapsWithoutContrastBecomeZeroWithGradientZero(DataType type) {
        var layer = stack(CNN2DFormat.NCHW, type).getLayer(1);
        for (double value : new double[] {0, 0.7}) {
            layer.setInput(Nd4j.zeros(type, 2, 3, 5, 4).addi(value), NONE);
            INDArray out = layer.activate(true, NONE);
            assertEquals(0, out.norm1Number().doubleValue());
            INDArray outer = Samples.gaussian(type, 4, 2, 3, 5, 4);
            assertEquals(
                    0,
                    layer.backpropGradient(outer, NONE)
                            .getSecond()
                            .norm1Number()
                            .doubleValue());
        }
    }

    @Test
    void configurationsCompareFieldByField() {
        assertEquals(builder().build(), builder().build());
        List<Consumer<LocalContrastLayer.Builder>> changes =
                List.of(b -> b.window(5), b -> b.deviation(1), b -> b.dataFormat(CNN2DFormat.NHWC));
        for (Consumer<LocalContrastLayer.Builder> change : changes) {
            LocalContrastLayer.Builder other = builder();
            change.accept(other);
            assertNotEquals(builder().build(), other.build());
        }
    }

    private static void refused(LocalContrastLayer.Builder builder, InputType input, String... words) {
        String message = assertThrows(
                        DL4JInvalidConfigException.class, () -> builder.build().getOutputType(4, input))
                .getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
        assertTrue(message.contains("\"contrast\""), message);
    }

    @Test
    void badConfigurationsAreRefusedByName() {
        InputType images = InputType.convolutional(5, 4, 3, CNN2DFormat.NCHW);
        refused(builder().window(4), images, "window must be odd and at least 3, got 4");
        refused(builder().window(1), images, "window", "got 1");
        refused(builder().deviation(0), images, "deviation", "finite and > 0", "got 0");
        refused(builder().deviation(Double.NaN), images, "deviation", "got NaN");
        refused(builder().dataFormat(CNN2DFormat.NHWC), images, "data format", "NCHW, got NHWC", "index 4");
        refused(builder(), InputType.feedForward(9), "input type", "convolutional", "index 4");
        refused(builder(), InputType.feedForward(9), "input type", "convolutional");
        refused(builder(), null, "input type", "got null");
        assertEquals(images, builder().build().getOutputType(0, images));
        assertTrue(builder().build().getMemoryReport(images) != null);
    }

    @Test
    void flattenedImagesGetTheirShape() {
        MultiLayerNetwork net = new MultiLayerNetwork(settings(DataType.DOUBLE)
                .list()
                .layer(builder().build())
                .layer(classifier())
                .setInputType(InputType.convolutionalFlat(6, 5, 2))
                .build());
        net.init();
        INDArray images = input(CNN2DFormat.NCHW);
        INDArray out = net.feedForward(images.reshape('c', 2, 60), false).get(1);
        new LocalContrastNormalization(3, 0.9).transform(images);
        assertEquals(0, Samples.distance(images, out), 1e-14);
    }

    @Test
    void badInputIsRefusedByName() {
        var layer = stack(CNN2DFormat.NCHW, DataType.DOUBLE).getLayer(1);
        layer.setInput(Nd4j.ones(DataType.DOUBLE, 2, 9), NONE);
        String message = assertThrows(DL4JInvalidInputException.class, () -> layer.activate(false, NONE))
                .getMessage();
        assertTrue(message.contains("rank 4, got [2, 9]") && message.contains("contrast"), message);
    }
}
