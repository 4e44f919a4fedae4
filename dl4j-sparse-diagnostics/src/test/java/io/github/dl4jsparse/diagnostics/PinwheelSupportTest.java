package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PinwheelSupportTest {
    private static final int SIDE = 30;

    private static PinwheelSupport support(OrientationField field) {
        return PinwheelSupport.of(field, 1, PinwheelSupport.SHUFFLES, 1);
    }

    /** The orientations of a field, each off by a normal angle. */
    private static OrientationField noisy(OrientationField field, double deviation, long seed) {
        Random random = new Random(seed);
        double[] orientations = new double[field.grid().units()];
        Arrays.setAll(orientations, unit -> field.orientation(unit) + deviation * random.nextGaussian());
        return OrientationField.ofOrientations(field.grid(), orientations);
    }

    @Test
    void keepsThePinwheelsOfAnOrderedMap() {
        for (int seed = 1; seed <= 5; seed++) {
            PinwheelSupport found = support(noisy(RandomFields.ring(SIDE, 2, 0.5, seed), 0.2, seed));
            int all = found.pinwheels().count();
            int kept = found.significant(PinwheelSupport.LEVEL).count();
            assertTrue(all > 0 && kept >= 0.9 * all, kept + " of " + all);
        }
    }

    /** Twenty maps without order have hundreds of pinwheels: at the level 1 / 100 about one of a hundred is kept. */
    @Test
    void keepsOfAMapWithoutOrderAsManyAsTheLevelSays() {
        MapGrid grid = MapGrid.torus(SIDE, SIDE);
        int all = 0;
        int usual = 0;
        int tenth = 0;
        for (int seed = 1; seed <= 20; seed++) {
            PinwheelSupport found =
                    support(OrientationField.ofOrientations(grid, RandomFields.unrelated(grid.units(), seed)));
            all += found.pinwheels().count();
            usual += found.significant(PinwheelSupport.LEVEL).count();
            tenth += found.significant(0.1).count();
        }
        assertTrue(all > 300, "pinwheels " + all);
        assertTrue(usual <= 0.01 * all, usual + " of " + all);
        assertEquals(0.1, (double) tenth / all, 0.04);
    }

    @Test
    void agreementIsOneWhereUnitsAreAsTheirSurroundings() {
        MapGrid grid = MapGrid.bordered(9, 9);
        double[] orientations = new double[grid.units()];
        Arrays.setAll(orientations, unit -> Math.atan2(unit / 9 - 4.5, unit % 9 - 3.5) / 2);
        PinwheelSupport found = support(OrientationField.ofOrientations(grid, orientations));
        assertEquals(1, found.pinwheels().count());
        assertTrue(found.agreements()[0] > 0.9, Arrays.toString(found.agreements()));
    }

    @Test
    void aMapWithoutOrientationsHasNone() {
        MapGrid grid = MapGrid.torus(4, 4);
        double[] none = new double[grid.units()];
        Arrays.fill(none, Double.NaN);
        PinwheelSupport found = support(OrientationField.ofOrientations(grid, none));
        assertEquals(0, found.significant(1).count());
    }

    @Test
    void shufflesFollowFromTheSeed() {
        OrientationField field = noisy(RandomFields.ring(SIDE, 3, 0.5, 3), 0.7, 3);
        assertArrayEquals(support(field).pValues(), support(field).pValues());
    }

    @Test
    void badArgumentsAreRefused() {
        OrientationField field = RandomFields.ring(8, 2, 1, 3);
        assertThrows(IllegalArgumentException.class, () -> PinwheelSupport.of(null, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> PinwheelSupport.of(field, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> PinwheelSupport.of(field, 1, 0, 1));
        PinwheelSupport found = PinwheelSupport.of(field, 1, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> found.significant(1.1));
    }
}
