package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MapGridTest {
    @Test
    void placesOutsideOfATorusAreCountedFromTheOtherSide() {
        MapGrid torus = MapGrid.torus(3, 4);
        assertEquals(12, torus.units());
        assertEquals(11, torus.unit(-1, -1));
        assertEquals(0, torus.unit(3, 4));
    }

    @Test
    void everyPairOfNeighboursIsThereOnce() {
        assertEquals(24, MapGrid.torus(3, 4).neighbours().length);
        assertEquals(2 * 4 + 3 * 3, MapGrid.bordered(3, 4).neighbours().length);
        // a ring of two has one pair, one of one none
        assertEquals(1, MapGrid.torus(1, 2).neighbours().length);
        assertEquals(4, MapGrid.torus(1, 4).neighbours().length);
        long different = Arrays.stream(MapGrid.torus(3, 4).neighbours())
                .map(pair -> Math.min(pair[0], pair[1]) * 100 + Math.max(pair[0], pair[1]))
                .distinct()
                .count();
        assertEquals(24, different);
    }

    @Test
    void distancesGoTheShorterWay() {
        assertEquals(Math.hypot(1, 2), MapGrid.torus(10, 8).distance(9.5, 7, 0.5, 1), 1e-12);
        assertEquals(Math.hypot(9, 6), MapGrid.bordered(10, 8).distance(9.5, 7, 0.5, 1), 1e-12);
    }

    @Test
    void densityCountsPerSquaredSpacing() {
        assertEquals(6 * 25 / 80.0, MapGrid.torus(10, 8).density(6, 5), 1e-12);
        assertEquals(6 * 25 / 63.0, MapGrid.bordered(10, 8).density(6, 5), 1e-12);
        assertTrue(Double.isNaN(MapGrid.bordered(1, 8).density(6, 5)));
    }

    @Test
    void badSidesAndValuesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> MapGrid.torus(0, 3));
        assertThrows(IllegalArgumentException.class, () -> MapGrid.bordered(3, 0));
        assertThrows(IllegalArgumentException.class, () -> MapGrid.torus(1 << 16, 1 << 16));
        assertThrows(IllegalArgumentException.class, () -> MapGrid.torus(2, 2).checked("values", new double[3]));
    }
}
