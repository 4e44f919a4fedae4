package io.github.dl4jsparse.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class NormsTest {
    private static double oracle(INDArray x) {
        double sum = 0;
        for (double[] row : Samples.rows(x)) {
            for (double value : row) {
                sum += value * value;
            }
        }
        return sum;
    }

    @Test
    void equalsTheSumOfSquaresInEveryOrderAndType() {
        INDArray x = Samples.gaussian(1, 5, 7);
        assertEquals(oracle(x), Norms.squared(x), 1e-12);
        assertEquals(oracle(x), Norms.squared(x.dup('f')), 1e-12);
        assertEquals(oracle(x), Norms.squared(x.transpose()), 1e-12);
        assertEquals(oracle(x), Norms.squared(x.castTo(DataType.FLOAT)), 1e-4);
    }

    @Test
    void equalsTheSumOfSquaresOfAViewWithGaps() {
        INDArray view = Samples.gaussian(1, 5, 7).get(NDArrayIndex.interval(1, 4), NDArrayIndex.interval(2, 5));
        assertEquals(oracle(view), Norms.squared(view), 1e-12);
    }
}
