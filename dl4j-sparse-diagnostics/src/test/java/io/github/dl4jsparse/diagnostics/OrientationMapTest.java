package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OrientationMapTest {
    /** Gabor filters, the i-th with stripes along pi i / n. */
    private static INDArray gabors(int n, int side) {
        double[][] filters = new double[side * side][n];
        for (int i = 0; i < n; i++) {
            double theta = Math.PI * (i + 0.5) / n;
            for (int p = 0; p < side * side; p++) {
                double x = p % side - (side - 1) / 2.0;
                double y = p / side - (side - 1) / 2.0;
                double across = y * Math.cos(theta) - x * Math.sin(theta);
                filters[p][i] = Math.exp(-(x * x + y * y) / 12) * Math.cos(across);
            }
        }
        return Nd4j.create(filters);
    }

    /** A map whose units prefer as many orientations, evenly. */
    static OrientationMap ofGabors(int height, int width) {
        return OrientationMap.of(MapGrid.torus(height, width), gabors(height * width, 13), 13, 13);
    }

    /** What physiology does: the vector sum of the energy of the responses to gratings of every orientation. */
    private static double byGratings(double[] filter, int side) {
        double re = 0;
        double im = 0;
        for (int j = 0; j < 36; j++) {
            double theta = Math.PI * j / 36;
            double even = 0;
            double odd = 0;
            for (int p = 0; p < filter.length; p++) {
                double across = p / side * Math.cos(theta) - p % side * Math.sin(theta);
                even += filter[p] * Math.cos(across);
                odd += filter[p] * Math.sin(across);
            }
            re += (even * even + odd * odd) * Math.cos(2 * theta);
            im += (even * even + odd * odd) * Math.sin(2 * theta);
        }
        return OrientationField.orientation(re, im);
    }

    @Test
    void agreesWithResponsesToGratings() {
        OrientationMap map = OrientationMap.of(MapGrid.torus(4, 6), gabors(24, 13), 13, 13);
        double[][] filters = gabors(24, 13).transpose().dup('c').toDoubleMatrix();
        for (int i = 0; i < 24; i++) {
            assertEquals(0, OrientationDifference.between(byGratings(filters[i], 13), map.orientations()[i]), 0.065);
        }
        assertEquals(1, map.orientedFraction());
        assertEquals(1, map.coverage(), 1e-12);
    }

    @Test
    void constantFiltersHaveNoOrientation() {
        OrientationMap map = OrientationMap.of(MapGrid.bordered(2, 3), Nd4j.ones(25, 6), 5, 5);
        assertEquals(0, map.orientedFraction());
        assertTrue(Double.isNaN(map.coverage()));
        assertEquals(0, map.field().strength(3));
        assertTrue(Double.isNaN(map.field().orientation(3)));
        assertEquals(1, map.difference(99, 1).pValue());
        assertThrows(
                IllegalArgumentException.class,
                () -> OrientationMap.of(MapGrid.bordered(2, 2), Nd4j.ones(25, 6), 5, 5));
    }

    @Test
    void smoothMapsDifferFromShuffledOnes() {
        OrientationField field = RandomFields.ring(20, 2, 0.7, 5);
        double[] theta = new double[400];
        for (int i = 0; i < 400; i++) {
            theta[i] = field.orientation(i);
        }
        OrientationDifference smooth = OrientationDifference.of(field.grid(), theta, 999, 1);
        assertTrue(smooth.ratio() < 0.6, () -> "ratio " + smooth.ratio());
        assertEquals(0.001, smooth.pValue(), 1e-12);
        assertEquals(Math.PI / 4, smooth.overallMean(), 0.05);
    }

    @Test
    void chanceGivesEveryPValue() {
        MapGrid grid = MapGrid.torus(8, 8);
        double mean = 0;
        for (int seed = 0; seed < 100; seed++) {
            OrientationDifference random = OrientationDifference.of(grid, RandomFields.unrelated(64, seed), 99, seed);
            assertEquals(1, random.ratio(), 0.35);
            mean += random.pValue() / 100;
        }
        assertEquals(0.5, mean, 0.1);
    }

    @Test
    void smoothingIsTheMeanUnderAGaussian() {
        MapGrid torus = MapGrid.torus(7, 9);
        double[] re = Samples.gaussian(1, 63).toDoubleVector();
        double[] im = Samples.gaussian(2, 63).toDoubleVector();
        OrientationField smooth = OrientationField.of(torus, re, im).smoothed(1.1);
        double sum = 0;
        double weights = 0;
        for (int dy = -14; dy <= 14; dy++) {
            for (int dx = -14; dx <= 14; dx++) {
                double weight = Math.exp(-(dy * dy + dx * dx) / (2 * 1.1 * 1.1));
                sum += weight * re[torus.unit(2 + dy, 8 + dx)];
                weights += weight;
            }
        }
        assertEquals(sum / weights, smooth.real()[torus.unit(2, 8)], 1e-5);
        double[] ones = new double[63];
        Arrays.fill(ones, 1);
        double[] flat = OrientationField.of(MapGrid.bordered(7, 9), ones, im)
                .smoothed(2)
                .real();
        for (double value : flat) {
            assertEquals(1, value, 1e-12);
        }
    }
}
