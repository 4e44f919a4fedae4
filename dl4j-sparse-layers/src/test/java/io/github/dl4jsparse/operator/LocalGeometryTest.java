package io.github.dl4jsparse.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LocalGeometryTest {
    @Test
    void sizesOfTheMap() {
        LocalGeometry inside = new LocalGeometry(2, 9, 13, 5, 2, 3, false);
        assertEquals(3, inside.outHeight());
        assertEquals(5, inside.outWidth());
        assertEquals(15, inside.positions());
        assertEquals(50, inside.patch());
        LocalGeometry torus = new LocalGeometry(2, 8, 12, 5, 2, 3, true);
        assertEquals(4, torus.outHeight());
        assertEquals(6, torus.outWidth());
    }

    @Test
    void coverageIsTheShareOfPatches() {
        // along a side of 4, patches of 3 see 1, 2, 2, 1 times; along one of 3, once each
        LocalGeometry inside = new LocalGeometry(1, 4, 3, 3, 1, 1, false);
        assertArrayEquals(new double[] {0.5, 0.5, 0.5, 1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5}, inside.coverage(), 1e-15);
        for (double share : new LocalGeometry(1, 4, 6, 4, 2, 1, true).coverage()) {
            assertEquals(1, share);
        }
    }

    /** Units 0 and 1 of a position lie side by side, units 2 and 3 below them. */
    @Test
    void sheetPutsTheUnitsOfAPlaceSideBySide() {
        LocalGeometry geometry = new LocalGeometry(1, 2, 3, 1, 1, 4, true);
        assertArrayEquals(
                new int[] {
                    0, 6, 1, 7, 2, 8, //
                    12, 18, 13, 19, 14, 20, //
                    3, 9, 4, 10, 5, 11, //
                    15, 21, 16, 22, 17, 23
                },
                geometry.sheet(2));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, new LocalGeometry(1, 2, 3, 1, 1, 1, true).sheet(1));
        String message = assertThrows(IllegalArgumentException.class, () -> geometry.sheet(3))
                .getMessage();
        assertEquals("unitRows must be a divisor of the 4 units at a position, got 3", message);
    }

    @Test
    void imagesSmallerThanThePatchAreRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new LocalGeometry(1, 8, 4, 5, 1, 1, true))
                .getMessage();
        assertEquals("width must be at least 5, got 4", message);
        assertThrows(IllegalArgumentException.class, () -> new LocalGeometry(0, 8, 8, 5, 1, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new LocalGeometry(1, 8, 8, 5, 1, 0, true));
    }
}
