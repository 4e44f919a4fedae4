package io.github.dl4jsparse.internal.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.spi.TransposeLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The setters of parameters; the laws for every layer and tool are in {@code LayerParametersContract}. */
class ParameterLayerTest {
    private static final double[][] NUMBERS = {{1, 2}, {3, 4}, {5, 6}};

    private final MultiLayerNetwork net = network();
    private final ParameterLayer<?> layer = (ParameterLayer<?>) net.getLayer(0);

    /** A layer with a dictionary of 3 x 2 numbers. */
    private static MultiLayerNetwork network() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new TransposeLayer.Builder()
                        .nIn(3)
                        .nOut(2)
                        .penalty(new L1Penalty(0.1))
                        .name("code")
                        .build())
                .layer(new LossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        net.init();
        return net;
    }

    private void assertNumbers() {
        assertArrayEquals(NUMBERS, layer.getParam("D").castTo(DataType.DOUBLE).toDoubleMatrix());
        assertArrayEquals(
                new double[] {1, 2, 3, 4, 5, 6}, net.params().dup('c').data().asDouble());
    }

    @Test
    void aFlatArrayIsInTheOrderOfTheNetworks() {
        layer.setParams(Nd4j.createFromArray(1f, 2, 3, 4, 5, 6));
        assertNumbers();
    }

    @Test
    void aFlatArrayMayBeARowOrAViewOfAnyOrderAndPrecision() {
        INDArray column = Nd4j.createFromArray(new double[][] {{1, 2, 3, 4, 5, 6}, {0, 0, 0, 0, 0, 0}})
                .dup('f')
                .getRow(0, true);
        layer.setParams(column);
        assertNumbers();
    }

    @Test
    void aTableAndASingleParameterAreCopiedInAnyOrder() {
        INDArray numbers = Nd4j.createFromArray(NUMBERS).dup('f');
        layer.setParamTable(Map.of("D", numbers));
        assertNumbers();
        net.params().assign(0);
        layer.setParam("D", numbers.transpose().dup('c').transpose());
        assertNumbers();
        numbers.assign(7);
        assertNumbers();
        layer.setParam("D", Nd4j.createFromArray(NUMBERS).reshape(1, 3, 2));
        assertNumbers();
    }

    @Test
    void whatDoesNotFitIsRefusedWithRuleValueAndPlace() {
        INDArray before = net.params().dup();
        assertRefused(() -> layer.setParams(Nd4j.ones(5)), "a flat array of 6 numbers", "shape [5]");
        assertRefused(() -> layer.setParams(null), "a flat array of 6 numbers", "null");
        assertRefused(() -> layer.setParam("E", Nd4j.ones(3, 2)), "named one of [D]", "\"E\"");
        assertRefused(() -> layer.setParam("D", Nd4j.ones(2, 3)), "of the shape [3, 2] of \"D\"", "[2, 3]");
        assertRefused(() -> layer.setParam("D", null), "of the shape [3, 2] of \"D\"", "null");
        assertRefused(() -> layer.setParamTable(Map.of()), "named [D]", "[]");
        assertRefused(() -> layer.setParamTable(Map.of("D", Nd4j.ones(6))), "of the shape [3, 2] of \"D\"", "[6]");
        assertEquals(before, net.params());
    }

    private static void assertRefused(Executable call, String rule, String value) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(rule) && message.contains("got ") && message.contains(value), message);
        assertTrue(message.contains("TransposeLayer") && message.contains("layer name: code"), message);
    }

    @Test
    void aCloneHasCopies() {
        layer.setParams(Nd4j.createFromArray(1f, 2, 3, 4, 5, 6));
        org.deeplearning4j.nn.api.Layer copy = layer.clone();
        assertEquals(0, Samples.distance(layer.getParam("D"), copy.getParam("D")));
        copy.params().assign(0);
        assertNumbers();
    }
}
