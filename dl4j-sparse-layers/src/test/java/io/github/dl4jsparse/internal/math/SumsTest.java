package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SumsTest {
    /** Few rows and many, which are summed by different kernels. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1024, 2000})
    void columnsAreSummed(int rows) {
        INDArray matrix = Samples.gaussian(1, rows, 5);
        INDArray sums = Nd4j.valueArrayOf(new long[] {1, 5}, 9.0, DataType.DOUBLE);
        Sums.columns(matrix, sums);
        for (int j = 0; j < 5; j++) {
            double expected = 0;
            for (int i = 0; i < rows; i++) {
                expected += matrix.getDouble(i, j);
            }
            assertEquals(expected, sums.getDouble(j), 1e-10);
        }
    }
}
