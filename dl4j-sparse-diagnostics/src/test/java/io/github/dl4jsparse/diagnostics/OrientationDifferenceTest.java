package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OrientationDifferenceTest {
    @Test
    void differenceIsTheAngleBetweenLines() {
        assertEquals(0.2, OrientationDifference.between(0.1, Math.PI - 0.1), 1e-12);
        assertEquals(Math.PI / 2, OrientationDifference.between(0, Math.PI / 2), 1e-12);
        assertEquals(0, OrientationDifference.between(0.3, 0.3 + Math.PI), 1e-12);
    }

    /** Three units in a row with orientations 0, .2, .5: neighbours differ by .2 and .3, all pairs by .2, .3, .5. */
    @Test
    void meansAreThoseOfThePairs() {
        OrientationDifference difference =
                OrientationDifference.of(MapGrid.bordered(1, 3), new double[] {0, 0.2, 0.5}, 99, 1);
        assertEquals(0.25, difference.neighbourMean(), 1e-12);
        assertEquals(1 / 3.0, difference.overallMean(), 1e-12);
        assertEquals(0.75, difference.ratio(), 1e-12);
        // of the six arrangements, two are as smooth
        assertEquals(1 / 3.0, difference.pValue(), 0.15);
    }

    @Test
    void unitsWithoutOrientationDoNotCount() {
        OrientationDifference difference =
                OrientationDifference.of(MapGrid.bordered(1, 4), new double[] {0, 0.2, Double.NaN, 1}, 99, 1);
        assertEquals(0.2, difference.neighbourMean(), 1e-12);
        assertEquals((0.2 + 0.8 + 1) / 3, difference.overallMean(), 1e-12);
    }

    @Test
    void unrelatedOrientationsHaveARatioOfOne() {
        double[] unrelated = RandomFields.unrelated(900, 4);
        OrientationDifference difference = OrientationDifference.of(MapGrid.torus(30, 30), unrelated, 199, 2);
        assertEquals(1, difference.ratio(), 0.05);
        assertTrue(difference.pValue() > 0.01, () -> "p " + difference.pValue());
    }

    @Test
    void oneOrientationTellsNothing() {
        OrientationDifference difference =
                OrientationDifference.of(MapGrid.torus(3, 3), new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, 99, 1);
        assertTrue(Double.isNaN(difference.ratio()));
        assertEquals(1, difference.pValue());
        assertThrows(
                IllegalArgumentException.class,
                () -> OrientationDifference.of(MapGrid.torus(3, 3), new double[9], 0, 1));
    }
}
