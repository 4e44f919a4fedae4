package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.spi.SparseLayerBuilder;
import io.github.dl4jsparse.testkit.Samples;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;

class ReshapedInputTest {
    private static final InputType FLAT = InputType.convolutionalFlat(6, 5, 1);
    private static final InputType IMAGES = InputType.convolutional(6, 5, 1);

    private static MultiLayerNetwork network(Layer layer, InputType type) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(layer)
                .layer(new OutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(type)
                .build());
        net.init();
        return net;
    }

    private static SparseLayerBuilder<?> maps() {
        return new ConvolutionalListaLayer.Builder(3, 3).nOut(4);
    }

    /** Layers, an input type that is reshaped for them, and one that is not, with the shape of its data. */
    static Stream<Arguments> layers() {
        return Stream.of(
                Arguments.of(maps(), FLAT, IMAGES, new long[] {2, 1, 6, 5}),
                Arguments.of(new ListaLayer.Builder().nOut(4), IMAGES, FLAT, new long[] {2, 30}),
                Arguments.of(new SparseCodingLayer.Builder().nOut(4), IMAGES, FLAT, new long[] {2, 30}));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aLayerWithoutInputGradientTakesItsOwnShapeOnly(
            SparseLayerBuilder<?> builder, InputType reshaped, InputType own, long[] shape) {
        Layer layer = builder.inputGradient(false).build();
        String message = assertThrows(DL4JInvalidConfigException.class, () -> network(layer, reshaped))
                .getMessage();
        assertTrue(message.startsWith("inputGradient must be on where"), message);
        assertTrue(message.contains("PreProcessor") && message.contains("leave it on"), message);
        DataSet data = new DataSet(
                Samples.gaussian(DataType.FLOAT, 1, shape), Samples.oneHot(2, 3).castTo(DataType.FLOAT));
        assertDoesNotThrow(() -> network(layer, own).fit(data));
        assertDoesNotThrow(() -> network(builder.inputGradient(true).build(), reshaped));
    }
}
