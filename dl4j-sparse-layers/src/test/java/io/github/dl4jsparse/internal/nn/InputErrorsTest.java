package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class InputErrorsTest {
    private static String message(int index, long... shape) {
        return InputErrors.input(
                        "a matrix [batch, 3]", 2, Nd4j.zeros(DataType.FLOAT, shape), "set nIn", index, "(here)")
                .getMessage();
    }

    @Test
    void firstLayerGetsTheRemedyAlone() {
        assertEquals("input must be a matrix [batch, 3], got [2, 4]; set nIn (here)", message(0, 2, 4));
    }

    @Test
    void upperLayerIsToldOfTheLayerBelow() {
        assertEquals(
                "input must be a matrix [batch, 3], got [2, 4]; a layer above another takes the output of the layer below it, "
                        + "not the network's input, so give UnsupervisedStage.of(net, layer).input(features).getFeatures(); "
                        + "otherwise set nIn (here)",
                message(1, 2, 4));
    }

    @Test
    void singleExampleIsToBeReshaped() {
        assertEquals(
                "input must be a matrix [batch, 3], got [3]; for one example give input.reshape(1, 3); otherwise set nIn (here)",
                message(0, 3));
    }

    @Test
    void missingArraysAreNamed() {
        assertEquals(
                "input must be a matrix, got null; set nIn (here)",
                InputErrors.input("a matrix", 2, null, "set nIn", 0, "(here)").getMessage());
        assertEquals(
                "code must be a matrix, got null; give what encode returns for a batch (here)",
                InputErrors.code("a matrix", null, "(here)").getMessage());
    }

    @Test
    void oneImageIsGivenItsBatchOfOne() {
        String message = InputErrors.input("images", 4, Nd4j.zeros(DataType.FLOAT, 2, 6, 5), "set it", 0, "(here)")
                .getMessage();
        assertEquals(
                "input must be images, got [2, 6, 5]; for one example give input.reshape(1, 2, 6, 5); otherwise set it"
                        + " (here)",
                message);
    }
}
