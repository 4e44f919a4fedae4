package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PowerIterationTest {
    /** The largest eigenvalue of W'W by Jacobi rotations: an oracle that shares nothing with power iteration. */
    static double oracle(INDArray weights) {
        double[][] w = Samples.rows(weights);
        int n = w[0].length;
        double[][] a = new double[n][n];
        for (double[] row : w) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a[i][j] += row[i] * row[j];
                }
            }
        }
        for (int sweep = 0; sweep < 60; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(a, p, q);
                }
            }
        }
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, a[i][i]);
        }
        return largest;
    }

    private static void rotate(double[][] a, int p, int q) {
        if (Math.abs(a[p][q]) < 1e-300) {
            return;
        }
        double angle = 0.5 * Math.atan2(2 * a[p][q], a[q][q] - a[p][p]);
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (int k = 0; k < a.length; k++) {
            double left = a[k][p];
            double right = a[k][q];
            a[k][p] = c * left - s * right;
            a[k][q] = s * left + c * right;
        }
        for (int k = 0; k < a.length; k++) {
            double left = a[p][k];
            double right = a[q][k];
            a[p][k] = c * left - s * right;
            a[q][k] = s * left + c * right;
        }
    }

    @Test
    void findsTheLargestOfAKnownSpectrum() {
        INDArray diagonal = Nd4j.diag(Nd4j.create(new double[] {0.5, 3, 2, 0}));
        INDArray start = Nd4j.ones(DataType.DOUBLE, 4, 1);
        assertEquals(3, PowerIteration.largestEigenvalue(diagonal::mmul, start, 200, 1e-12), 1e-9);
        assertEquals(Nd4j.ones(DataType.DOUBLE, 4, 1), start);
    }

    @Test
    void estimateStaysBelowTheEigenvalueUntilItConverges() {
        INDArray diagonal = Nd4j.diag(Nd4j.create(new double[] {1, 3, 2.9}));
        INDArray start = Nd4j.ones(DataType.DOUBLE, 3, 1);
        double two = PowerIteration.largestEigenvalue(diagonal::mmul, start, 2, 1e-12);
        double ten = PowerIteration.largestEigenvalue(diagonal::mmul, start, 10, 1e-12);
        assertTrue(two < ten && ten < 3, two + " < " + ten + " < 3");
    }

    @Test
    void mapToZeroHasEigenvalueZero() {
        assertEquals(0, PowerIteration.largestEigenvalue(v -> v.mul(0), Samples.gaussian(1, 3, 1), 10, 1e-6));
    }

    @ParameterizedTest
    @CsvSource({"1,7,4", "2,4,7", "3,12,12", "4,1,5", "5,5,1", "6,40,9"})
    void squaredSpectralNormIsATightUpperBound(long seed, int rows, int columns) {
        INDArray weights = Samples.gaussian(seed, rows, columns);
        INDArray before = weights.dup();
        double exact = oracle(weights);
        double bound = PowerIteration.squaredSpectralNorm(weights);
        assertTrue(bound >= exact && bound <= 1.0011 * exact, bound + " is not just above " + exact);
        assertEquals(before, weights);
    }

    @Test
    void squaredSpectralNormInFloat() {
        INDArray weights = Samples.gaussian(9, 20, 30);
        double exact = oracle(weights.transpose());
        double bound = PowerIteration.squaredSpectralNorm(weights.castTo(DataType.FLOAT));
        assertTrue(bound >= exact && bound <= 1.002 * exact, bound + " is not just above " + exact);
    }

    @Test
    void isAnUpperBoundWhenTheStrongestVectorIsALinearRamp() {
        // the weak direction is (1, 2), the strong one is orthogonal to it: 4 and 1 in that basis
        double[][] gram = {{4 * 0.8 + 0.2, -4 * 0.4 + 0.4}, {-4 * 0.4 + 0.4, 4 * 0.2 + 0.8}};
        double r = Math.sqrt(gram[0][0]);
        double s = gram[0][1] / r;
        INDArray factor = Nd4j.create(new double[][] {{r, s}, {0, Math.sqrt(gram[1][1] - s * s)}});
        assertEquals(4, oracle(factor), 1e-12);
        assertTrue(PowerIteration.squaredSpectralNorm(factor) >= 4);
    }

    /** Rows with diagonal operators of their own, one of them zero: the bound is the largest entry of all. */
    @Test
    void boundOfRowsIsThatOfTheStrongestRow() {
        INDArray diagonals = Nd4j.createFromArray(new double[][] {{1, 2, 3}, {0, 0, 0}, {7, 0.1, 6.9}, {2, 5, 1}});
        double bound = PowerIteration.upperBoundOfRows(v -> v.mul(diagonals), DataType.DOUBLE, 4, 3);
        assertTrue(bound >= 7 && bound <= 7.02, bound + " is not just above 7");
        INDArray single = diagonals.castTo(DataType.FLOAT);
        double ofFloats = PowerIteration.upperBoundOfRows(v -> v.mul(single), DataType.FLOAT, 4, 3);
        assertTrue(ofFloats >= 7 && ofFloats <= 7.02, ofFloats + " is not just above 7");
        assertEquals(0, PowerIteration.upperBoundOfRows(v -> v.mul(0), DataType.DOUBLE, 4, 3));
    }

    @Test
    void badArgumentsAreRefused() {
        INDArray start = Samples.gaussian(1, 3, 1);
        assertThrows(
                IllegalArgumentException.class, () -> PowerIteration.largestEigenvalue(v -> v.dup(), start, 0, 1e-6));
        assertThrows(
                IllegalArgumentException.class,
                () -> PowerIteration.largestEigenvalue(v -> v.dup(), start, 1, Double.NaN));
        assertThrows(
                IllegalArgumentException.class,
                () -> PowerIteration.largestEigenvalue(v -> v.dup(), start.mul(0), 1, 1e-6));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT,1e9", "FLOAT,1e17", "FLOAT,1e-12", "FLOAT,1e-18", "DOUBLE,1e120", "DOUBLE,1e-120"})
    void squaredSpectralNormOfAnyMagnitude(DataType type, double scale) {
        INDArray weights = Samples.gaussian(3, 6, 8);
        double bound = PowerIteration.squaredSpectralNorm(weights.mul(scale).castTo(type)) / scale / scale;
        assertTrue(bound >= 0.9999 * oracle(weights) && bound <= 1.0012 * oracle(weights), bound + "");
        INDArray gram = weights.mmul(weights.transpose()).mul(scale).castTo(type);
        double own = PowerIteration.upperBound(gram::mmul, type, 6, 1) / scale;
        assertTrue(own >= 0.9999 * oracle(weights) && own <= 1.0012 * oracle(weights), own + "");
    }
}
