package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnSpacingTest {
    @Test
    void unrelatedUnitsHaveNoSpacing() {
        int found = 0;
        for (int seed = 0; seed < 40; seed++) {
            MapGrid grid = MapGrid.torus(30, 30);
            ColumnSpacing spacing = ColumnSpacing.of(
                    OrientationField.ofOrientations(grid, RandomFields.unrelated(900, 70 + seed)), 199, seed);
            found += spacing.exists() ? 1 : 0;
            assertEquals(spacing.exists(), !Double.isNaN(spacing.spacing()));
        }
        assertTrue(found <= 2, found + " of 40 random maps are taken for maps");
    }

    @Test
    void fieldsOfLongWavesOnlyHaveNoSpacing() {
        int found = 0;
        for (int seed = 0; seed < 10; seed++) {
            found +=
                    ColumnSpacing.of(RandomFields.ring(40, 0, 0.7, seed), 99, 1).exists() ? 1 : 0;
        }
        assertEquals(0, found);
    }

    @ParameterizedTest
    @CsvSource({"30,5,1", "36,4,0.7", "60,6,1"})
    void findsTheSpacingOfSmallMaps(int side, double k0, double bandwidth) {
        for (int seed = 0; seed < 5; seed++) {
            ColumnSpacing spacing = ColumnSpacing.of(RandomFields.ring(side, k0, bandwidth, seed), 199, 1);
            assertTrue(spacing.exists());
            assertEquals(side / k0, spacing.spacing(), 0.15 * side / k0);
            assertEquals(1.0 / 200, spacing.pValue(), 1e-12);
        }
    }

    @Test
    void constantFieldsAndTinyMapsHaveNone() {
        MapGrid grid = MapGrid.torus(16, 12);
        ColumnSpacing flat = ColumnSpacing.of(OrientationField.ofOrientations(grid, new double[192]), 99, 1);
        assertFalse(flat.exists());
        assertEquals(1, flat.pValue());
        assertArrayEquals(new double[8], flat.power());
        for (MapGrid tiny : new MapGrid[] {MapGrid.torus(1, 1), MapGrid.bordered(2, 3), MapGrid.torus(1, 6)}) {
            double[] theta = RandomFields.unrelated(tiny.units(), 1);
            ColumnSpacing spacing = ColumnSpacing.of(OrientationField.ofOrientations(tiny, theta), 99, 1);
            assertTrue(Double.isNaN(spacing.spacing()));
        }
    }

    @Test
    void refusesTooFewPermutations() {
        OrientationField field = RandomFields.ring(8, 2, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> ColumnSpacing.of(field, 98, 1));
        assertThrows(IllegalArgumentException.class, () -> ColumnSpacing.of(null, 99, 1));
    }

    /** The oracle sums every value at every frequency. */
    @ParameterizedTest
    @CsvSource({"1,1", "6,8", "5,7", "12,9", "16,1"})
    void transformIsTheSumOverAllPlaces(int height, int width) {
        int n = height * width;
        double[] re = Samples.gaussian(1, n).toDoubleVector();
        double[] im = Samples.gaussian(2, n).toDoubleVector();
        double[] toRe = re.clone();
        double[] toIm = im.clone();
        Fourier.transform(toRe, toIm, height, width);
        for (int k = 0; k < n; k++) {
            double sumRe = 0;
            double sumIm = 0;
            for (int p = 0; p < n; p++) {
                double phase = -2
                        * Math.PI
                        * ((double) (k / width) * (p / width) / height + (double) (k % width) * (p % width) / width);
                sumRe += re[p] * Math.cos(phase) - im[p] * Math.sin(phase);
                sumIm += re[p] * Math.sin(phase) + im[p] * Math.cos(phase);
            }
            assertEquals(sumRe, toRe[k], 1e-10);
            assertEquals(sumIm, toIm[k], 1e-10);
        }
        Fourier.inverse(toRe, toIm, height, width);
        assertArrayEquals(re, toRe, 1e-12);
        assertArrayEquals(im, toIm, 1e-12);
    }

    @Test
    void randomPhasesKeepThePowerOfEveryRing() {
        OrientationField field = RandomFields.ring(24, 4, 1, 3);
        double[] power = RadialSpectrum.of(field).power();
        double[] surrogate = RadialSpectrum.of(field.withRandomPhases(9)).power();
        assertArrayEquals(power, surrogate, 1e-9 * Arrays.stream(power).max().orElseThrow());
    }
}
