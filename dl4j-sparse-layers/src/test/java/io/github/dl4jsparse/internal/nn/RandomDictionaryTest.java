package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.internal.math.Norms;
import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RandomDictionaryTest {
    private static DenseLayer layer(WeightInit init) {
        return new DenseLayer.Builder().name("code").weightInit(init).build();
    }

    @Test
    void atomsHaveNormOneInTheTypeAskedFor() {
        double[] ones = new double[5];
        Arrays.fill(ones, 1);
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray dictionary = RandomDictionary.draw(layer(WeightInit.XAVIER), 7, 5, type);
            assertEquals(type, dictionary.dataType());
            assertArrayEquals(new long[] {7, 5}, dictionary.shape());
            assertArrayEquals(ones, Norms.columns(dictionary), 1e-6);
        }
    }

    @Test
    void seedOfNd4jDecides() {
        Nd4j.getRandom().setSeed(3);
        INDArray first = RandomDictionary.draw(layer(WeightInit.NORMAL), 7, 5, DataType.FLOAT);
        Nd4j.getRandom().setSeed(3);
        assertEquals(first, RandomDictionary.draw(layer(WeightInit.NORMAL), 7, 5, DataType.FLOAT));
    }

    @Test
    void atomsOfZerosAreRefused() {
        DenseLayer zero = layer(WeightInit.ZERO);
        String message = assertThrows(
                        DL4JInvalidConfigException.class, () -> RandomDictionary.draw(zero, 7, 5, DataType.FLOAT))
                .getMessage();
        assertEquals(
                "weightInit must give every atom of the dictionary a norm > 0, got a zero column"
                        + " (layer \"code\", DenseLayer)",
                message);
    }
}
