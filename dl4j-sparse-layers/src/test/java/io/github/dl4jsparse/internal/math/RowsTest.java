package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class RowsTest {
    private static final int ROWS = 6;
    private static final int COLUMNS = 3;

    /** A matrix as networks keep their parameters: the middle of a longer vector. */
    private static INDArray parameterView() {
        INDArray flat = Samples.gaussian(1, 5 + ROWS * COLUMNS + 4);
        return flat.get(NDArrayIndex.interval(5, 5 + ROWS * COLUMNS)).reshape('c', ROWS, COLUMNS);
    }

    @ParameterizedTest
    @CsvSource({"0,2", "2,3", "4,2", "5,1", "0,6", "0,1", "3,3"})
    void rowsOfAViewWithOffset(int start, int count) {
        INDArray matrix = parameterView();
        double[][] all = Samples.rows(matrix);
        INDArray rows = Rows.of(matrix, start, count);
        assertArrayEquals(new long[] {count, COLUMNS}, rows.shape());
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                assertEquals(all[start + i][j], rows.getDouble(i, j), "row " + i + ", column " + j);
            }
        }
    }

    @Test
    void lastRowsOfAViewAreWrittenThrough() {
        INDArray flat = Nd4j.zeros(org.nd4j.linalg.api.buffer.DataType.DOUBLE, 4 + ROWS * COLUMNS);
        INDArray matrix = flat.get(NDArrayIndex.interval(4, 4 + ROWS * COLUMNS)).reshape('c', ROWS, COLUMNS);
        Rows.of(matrix, 4, 2).assign(7);
        for (int i = 0; i < flat.length(); i++) {
            assertEquals(i >= 4 + 4 * COLUMNS ? 7 : 0, flat.getDouble(i), "element " + i);
        }
    }

    @Test
    void rowsTakePartInProducts() {
        INDArray matrix = parameterView();
        double[][] all = Samples.rows(matrix);
        INDArray vector = Samples.gaussian(2, COLUMNS, 1);
        INDArray product = Nd4j.gemm(Rows.of(matrix, 3, 3), vector, false, false);
        for (int i = 0; i < 3; i++) {
            double expected = 0;
            for (int j = 0; j < COLUMNS; j++) {
                expected += all[3 + i][j] * vector.getDouble(j, 0);
            }
            assertEquals(expected, product.getDouble(i, 0), 1e-14);
        }
    }

    @Test
    void rowsOfRowsKeepTheirPlace() {
        INDArray matrix = parameterView();
        double[][] all = Samples.rows(matrix);
        assertEquals(all[4][1], Rows.of(Rows.of(matrix, 2, 4), 2, 1).getDouble(0, 1));
    }

    @Test
    void allRowsAreTheMatrixItselfInEitherOrder() {
        INDArray f = parameterView().dup('f');
        assertSame(f, Rows.of(f, 0, ROWS));
    }

    @Test
    void blocksStartAgainPastTheEnd() {
        INDArray stack = parameterView();
        double[][] all = Samples.rows(stack);
        for (int k = 0; k < 7; k++) {
            INDArray block = Rows.block(stack, k, 2);
            assertArrayEquals(all[2 * k % ROWS], Samples.rows(block)[0], "block " + k);
            assertArrayEquals(all[2 * k % ROWS + 1], Samples.rows(block)[1], "block " + k);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1,2", "0,0", "5,2", "6,1", "0,7"})
    void rowsThatAreNotThereAreRefused(int start, int count) {
        String message = assertThrows(IllegalArgumentException.class, () -> Rows.of(parameterView(), start, count))
                .getMessage();
        assertEquals("matrix must be one with the rows " + start + " to " + (start + count) + ", got [6, 3]", message);
    }

    @Test
    void vectorIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Rows.of(Samples.gaussian(1, 6), 0, 1));
    }

    @Test
    void aDenseArrayIsAMatrixWithoutACopy() {
        INDArray images = Nd4j.arange(24).reshape('c', 2, 3, 4);
        INDArray matrix = Rows.matrix(images, 12);
        assertArrayEquals(new long[] {2, 12}, matrix.shape());
        matrix.putScalar(1, 11, -1);
        assertEquals(-1, images.getDouble(1, 2, 3));
        assertSame(matrix, Rows.matrix(matrix, 12));
    }
}
