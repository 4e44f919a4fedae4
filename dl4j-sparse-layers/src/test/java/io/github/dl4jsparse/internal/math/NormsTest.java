package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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

    /** The last two sizes take more than one piece, and one is whole pieces. */
    @ParameterizedTest
    @ValueSource(ints = {1, 35, 1000, 65_536, 70_001})
    void absoluteIsTheSumOfTheMagnitudesWhereverTheyLieInMemory(int length) {
        INDArray x = Samples.gaussian(3, 1, length);
        double sum = DoubleStream.of(x.toDoubleVector()).map(Math::abs).sum();
        for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
            INDArray typed = x.castTo(type);
            double first = Norms.absolute(typed);
            assertEquals(sum, first, (type == DataType.DOUBLE ? 1e-12 : 1e-5) * sum);
            for (int offset = 0; offset < 8; offset++) {
                INDArray moved = Nd4j.createUninitialized(type, 1, length + 8)
                        .get(NDArrayIndex.all(), NDArrayIndex.interval(offset, offset + length));
                moved.assign(typed);
                assertEquals(first, Norms.absolute(moved), "to the last bit, at offset " + offset);
                assertEquals(Norms.squared(typed), Norms.squared(moved), "to the last bit, at offset " + offset);
            }
        }
    }

    @Test
    void absoluteOfEveryOrderAndOfAViewWithGaps() {
        INDArray x = Samples.gaussian(1, 5, 7);
        double sum = x.norm1Number().doubleValue();
        assertEquals(sum, Norms.absolute(x.dup('f')), 1e-12);
        assertEquals(sum, Norms.absolute(x.transpose()), 1e-12);
        INDArray view = x.get(NDArrayIndex.interval(1, 4), NDArrayIndex.interval(2, 5));
        assertEquals(view.dup().norm1Number().doubleValue(), Norms.absolute(view), 1e-12);
        assertEquals(1, Norms.absolute(Nd4j.scalar(-1.0)));
        assertTrue(Double.isNaN(Norms.absolute(Nd4j.createFromArray(1, Double.NaN))));
    }

    private static double[] oracle(INDArray matrix, boolean rows) {
        double[][] x = Samples.rows(rows ? matrix : matrix.transpose());
        double[] norms = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (double value : x[i]) {
                norms[i] += value * value;
            }
            norms[i] = Math.sqrt(norms[i]);
        }
        return norms;
    }

    /** The sizes are on both sides of the one from which on another kernel takes over. */
    @ParameterizedTest
    @CsvSource({"3, 7", "784, 100", "100, 784", "40, 2000", "2000, 40"})
    void rowsAndColumnsEqualPlainLoopsInEveryOrderAndType(int rows, int columns) {
        INDArray x = Samples.gaussian(2, rows, columns);
        x.getRow(1).assign(0);
        double[] byRow = oracle(x, true);
        double[] byColumn = oracle(x, false);
        for (INDArray same : List.of(x, x.dup('f'), x.transpose().dup('c').transpose())) {
            assertArrayEquals(byRow, Norms.rows(same), 1e-11);
            assertArrayEquals(byColumn, Norms.columns(same), 1e-11);
            INDArray single = same.castTo(DataType.FLOAT);
            assertArrayEquals(byRow, Norms.rows(single), 1e-5 * Math.sqrt(columns));
            assertArrayEquals(byColumn, Norms.columns(single), 1e-5 * Math.sqrt(rows));
        }
        assertEquals(0, Norms.rows(x)[1], "no rounding makes a norm of a row of zeros");
        assertEquals(0, Samples.distance(Samples.gaussian(2, rows, columns).getRow(0), x.getRow(0)));
    }

    @Test
    void rowsAndColumnsOfAViewWithGaps() {
        INDArray view = Samples.gaussian(1, 300, 320).get(NDArrayIndex.interval(1, 290), NDArrayIndex.interval(2, 317));
        assertArrayEquals(oracle(view, true), Norms.rows(view), 1e-12);
        assertArrayEquals(oracle(view, false), Norms.columns(view), 1e-12);
    }

    @Test
    void changingSizesShareTheScratchMemory() {
        for (int size : new int[] {260, 400, 300, 260}) {
            INDArray x = Samples.gaussian(size, size, size);
            assertArrayEquals(oracle(x, true), Norms.rows(x), 1e-11);
            assertArrayEquals(oracle(x, false), Norms.columns(x), 1e-11);
        }
    }

    @Test
    void otherRanksAreRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> Norms.rows(Samples.gaussian(1, 2, 3, 4)))
                .getMessage();
        assertEquals("matrix must be of rank 2, got [2, 3, 4]", message);
        assertThrows(IllegalArgumentException.class, () -> Norms.columns(null));
    }

    /** The norm in 40 digits, where nothing over- or underflows. */
    private static double norm(INDArray vector) {
        MathContext digits = new MathContext(40);
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < vector.length(); i++) {
            BigDecimal value = new BigDecimal(vector.getDouble(i));
            sum = sum.add(value.multiply(value, digits), digits);
        }
        return sum.sqrt(digits).doubleValue();
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT,1", "FLOAT,1e19", "FLOAT,1e37", "FLOAT,1e-20", "FLOAT,1e-37",
        "DOUBLE,1", "DOUBLE,1e200", "DOUBLE,1e305", "DOUBLE,1e-200", "DOUBLE,1e-306"
    })
    void squaresNeverOverOrUnderflow(DataType type, double scale) {
        double tolerance = type == DataType.FLOAT ? 1e-6 : 1e-14;
        for (int columns : new int[] {5, 22000}) {
            INDArray x = Samples.gaussian(7, 3, columns).mul(scale).castTo(type);
            double norm = norm(x.dup().reshape(x.length()));
            assertEquals(1, Norms.of(x) / norm, tolerance);
            assertEquals(1, Norms.of(HostArrays.doubles(x), 0, (int) x.length()) / norm, tolerance);
            if (norm * norm > 1e-280 && norm * norm < 1e300) {
                assertEquals(1, Norms.squared(x) / norm / norm, 2 * tolerance);
            }
            double[] rows = Norms.rows(x);
            double[] columnsOfTranspose = Norms.columns(x.transpose());
            for (int i = 0; i < 3; i++) {
                double expected = norm(x.getRow(i).dup());
                assertEquals(1, rows[i] / expected, tolerance);
                assertEquals(1, columnsOfTranspose[i] / expected, tolerance);
            }
        }
    }

    @Test
    void zeroNanAndInfiniteStayWhatTheyAre() {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray x = Nd4j.create(
                            new double[][] {{0, 0}, {Double.NaN, 1}, {Double.POSITIVE_INFINITY, 1}, {1e-30, 0}})
                    .castTo(type);
            double[] rows = Norms.rows(x);
            assertEquals(0, rows[0]);
            assertTrue(Double.isNaN(rows[1]));
            assertEquals(Double.POSITIVE_INFINITY, rows[2]);
            assertEquals(1, rows[3] / 1e-30, 1e-6);
            for (int i = 0; i < 4; i++) {
                assertEquals(rows[i], Norms.of(x.getRow(i)), 1e-37);
                assertEquals(rows[i], Norms.of(HostArrays.doubles(x), 2 * i, 2), 1e-37);
            }
        }
    }

    @Test
    void squaredRowsAreSummedInDoublePrecision() {
        INDArray x = Nd4j.create(new float[][] {{3e-25f, 4e-25f}, {1e25f, 0}, {1, 1e-5f}});
        double[] squares = Norms.squaredRows(x);
        assertEquals(1, squares[0] / 25e-50, 1e-6);
        assertEquals(1, squares[1] / 1e50, 1e-6);
        assertEquals(1 + 1e-10, squares[2], 1e-15);
    }
}
