package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PinwheelBaselineTest {
    /** A narrow ring has pi pinwheels per squared spacing, on average, and four of five neighbours of the other sign. */
    @Test
    void randomPhasesOfARingHavePi() {
        OrientationField field = RandomFields.ring(96, 8, 0.5, 3);
        PinwheelBaseline baseline = PinwheelBaseline.of(field, 0, 40, 1);
        double density = Arrays.stream(baseline.densities(12)).average().orElseThrow();
        assertEquals(Math.PI, density, 0.15);
        assertEquals(0.8, baseline.oppositeNeighbours(), 0.04);
        assertEquals(baseline.meanCount() * 144 / 9216, density, 1e-9);
    }

    @Test
    void drawsFollowFromTheSeed() {
        OrientationField field = RandomFields.ring(32, 3, 1, 3);
        int[] counts = PinwheelBaseline.of(field, 1, 10, 5).counts();
        assertEquals(10, counts.length);
        assertArrayEquals(counts, PinwheelBaseline.of(field, 1, 10, 5).counts());
        assertTrue(!Arrays.equals(counts, PinwheelBaseline.of(field, 1, 10, 6).counts()));
    }

    @Test
    void badArgumentsAreRefused() {
        OrientationField field = RandomFields.ring(8, 2, 1, 3);
        assertThrows(IllegalArgumentException.class, () -> PinwheelBaseline.of(field, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> PinwheelBaseline.of(field, -1, 1, 1));
    }
}
