package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OrientationFieldTest {
    @Test
    void halfATurnIsTheSameOrientation() {
        OrientationField field =
                OrientationField.ofOrientations(MapGrid.bordered(1, 3), new double[] {0.4, 0.4 + Math.PI, Double.NaN});
        assertEquals(0.4, field.orientation(0), 1e-12);
        assertEquals(0.4, field.orientation(1), 1e-12);
        assertTrue(Double.isNaN(field.orientation(2)));
        assertEquals(0, field.strength(2));
        assertEquals(1, field.strength(1), 1e-12);
    }

    /** A plane wave keeps its shape; a Gaussian of sigma weakens it by exp(-(2 pi sigma / wavelength)^2 / 2). */
    @Test
    void smoothingWeakensWavesByTheGaussiansTransform() {
        int side = 24;
        double[] re = new double[side * side];
        double[] im = new double[side * side];
        for (int i = 0; i < re.length; i++) {
            double phase = 2 * Math.PI * (2 * (i % side) + 3 * (i / side)) / side;
            re[i] = Math.cos(phase);
            im[i] = Math.sin(phase);
        }
        double sigma = 1.5;
        OrientationField smooth =
                OrientationField.of(MapGrid.torus(side, side), re, im).smoothed(sigma);
        double weaker = Math.exp(-sigma * sigma / 2 * 4 * Math.PI * Math.PI * (4 + 9) / (side * side));
        for (int i = 0; i < re.length; i++) {
            assertEquals(weaker * re[i], smooth.real()[i], 1e-4);
            assertEquals(weaker * im[i], smooth.imaginary()[i], 1e-4);
        }
    }

    @Test
    void smoothingKeepsAConstantAtBordersToo() {
        OrientationField field = OrientationField.of(
                MapGrid.bordered(2, 3), new double[] {2, 2, 2, 2, 2, 2}, new double[] {-1, -1, -1, -1, -1, -1});
        assertArrayEquals(field.real(), field.smoothed(2).real(), 1e-12);
        assertSame(field, field.smoothed(0));
        assertThrows(IllegalArgumentException.class, () -> field.smoothed(-1));
    }

    @Test
    void interpolationIsLinearAndWraps() {
        OrientationField field = OrientationField.of(MapGrid.torus(2, 2), new double[] {0, 1, 2, 3}, new double[4]);
        assertEquals(1.5, field.between(0.5, 0.5)[0], 1e-12);
        assertEquals(0.25, field.between(0, 1.75)[0], 1e-12);
        OrientationField bordered =
                OrientationField.of(MapGrid.bordered(2, 2), new double[] {0, 1, 2, 3}, new double[4]);
        assertEquals(1, bordered.between(0, 1.75)[0], 1e-12);
    }

    @Test
    void randomPhasesKeepThePowerOfEveryWave() {
        OrientationField field = RandomFields.ring(16, 3, 1, 5);
        OrientationField other = field.withRandomPhases(7);
        double[][] power = new double[2][256];
        OrientationField[] both = {field, other};
        for (int k = 0; k < 2; k++) {
            double[] re = both[k].real();
            double[] im = both[k].imaginary();
            Fourier.transform(re, im, 16, 16);
            for (int i = 0; i < 256; i++) {
                power[k][i] = Math.hypot(re[i], im[i]);
            }
        }
        assertArrayEquals(power[0], power[1], 1e-8);
        assertTrue(Math.abs(field.real()[5] - other.real()[5]) > 1e-3);
    }
}
