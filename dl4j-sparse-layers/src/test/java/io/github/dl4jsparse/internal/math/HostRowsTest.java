package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class HostRowsTest {
    /** The sum of a row beside each of its elements times the first element of another matrix. */
    private static void function(double[][] rows, double[] result) {
        for (int i = 0; i < rows[0].length; i++) {
            result[0] += rows[0][i];
            result[i + 1] = rows[0][i] * rows[1][0];
            rows[0][i] = 0;
        }
    }

    private static void assertMapped(INDArray first, INDArray second, double tolerance) {
        INDArray firstBefore = first.dup();
        INDArray actual = HostRows.map((int) first.size(1) + 1, HostRowsTest::function, first, second);
        assertEquals(first.dataType(), actual.dataType());
        assertEquals('c', actual.ordering());
        assertEquals(firstBefore, first);
        double[][] left = Samples.rows(first);
        double[][] right = Samples.rows(second);
        double[][] expected = new double[left.length][left[0].length + 1];
        for (int i = 0; i < left.length; i++) {
            function(new double[][] {left[i], right[i]}, expected[i]);
        }
        assertEquals(0, Samples.distance(Nd4j.create(expected), actual), tolerance);
    }

    @ParameterizedTest
    @CsvSource({"DOUBLE, 3, 1e-15", "FLOAT, 3, 1e-5", "HALF, 3, 1e-1", "DOUBLE, 3000, 1e-15", "FLOAT, 3000, 1e-5"})
    void rowsOfEveryTypeOrderAndNumberAreMapped(DataType type, int rows, double tolerance) {
        INDArray first = Samples.gaussian(type, 1, rows, 7);
        INDArray second = Samples.gaussian(type, 2, rows, 2);
        assertMapped(first, second, tolerance);
        assertMapped(first.dup('f'), second.dup('f'), tolerance);
    }

    @Test
    void viewsAreMapped() {
        INDArray wide = Samples.gaussian(3, 8, 9);
        INDArray view = wide.get(NDArrayIndex.interval(2, 5), NDArrayIndex.interval(4, 8));
        assertMapped(view, Samples.gaussian(4, 3, 1), 1e-15);
        assertMapped(wide.transpose(), Samples.gaussian(5, 9, 2), 1e-15);
    }

    @Test
    void badArgumentsAreRefused() {
        INDArray three = Samples.gaussian(1, 3, 2);
        INDArray two = Samples.gaussian(2, 2, 2);
        HostRows.RowFunction nothing = (rows, result) -> {};
        String message = assertThrows(IllegalArgumentException.class, () -> HostRows.map(1, nothing, three, two))
                .getMessage();
        assertEquals("matrix must be one of 3 rows, got [2, 2]", message);
        assertThrows(IllegalArgumentException.class, () -> HostRows.map(0, nothing, three));
        assertThrows(IllegalArgumentException.class, () -> HostRows.map(1, nothing));
        assertThrows(IllegalArgumentException.class, () -> HostRows.map(1, nothing, Nd4j.ones(2, 3, 4)));
    }

    @Test
    void failureOfTheFunctionIsThrown() {
        INDArray matrix = Samples.gaussian(1, 3000, 7);
        assertThrows(
                IllegalStateException.class,
                () -> HostRows.map(
                        1,
                        (rows, result) -> {
                            throw new IllegalStateException("expected");
                        },
                        matrix));
    }
}
