package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class EnergyTrendTest {
    private static EnergyTrend of(int count, IntToDoubleFunction energy) {
        EnergyTrend trend = new EnergyTrend();
        for (int i = 0; i < count; i++) {
            trend.add(energy.applyAsDouble(i));
        }
        return trend;
    }

    @Test
    void comparesTheLatestHundredWithTheFirst() {
        EnergyTrend trend = of(1234, i -> i);
        assertEquals(100, trend.compared());
        assertEquals(49.5, trend.start(), 1e-12);
        assertEquals(1183.5, trend.latest(), 1e-12);
        assertTrue(trend.isRisen());
        assertTrue(trend.isDoubled());
    }

    @Test
    void ofFewerThanTwoHundredTheHalvesAreCompared() {
        EnergyTrend trend = of(31, i -> i);
        assertEquals(15, trend.compared());
        assertEquals(7, trend.start(), 1e-12);
        assertEquals(23, trend.latest(), 1e-12);
        assertFalse(of(0, i -> i).isRisen());
        assertFalse(of(1, i -> i).isRisen());
        assertTrue(of(2, i -> i + 1).isRisen());
        assertFalse(of(2, i -> 1 + 0.09 * i).isRisen());
    }

    @Test
    void fallingAndConstantEnergiesHaveNotRisen() {
        assertFalse(of(1000, i -> 1 / (1.0 + i)).isRisen());
        assertFalse(of(1000, i -> 3).isRisen());
        assertFalse(of(1000, i -> 0).isRisen());
        assertFalse(of(1000, i -> 3 + i * 1e-5).isRisen(), "less than 1 %");
    }

    /** Of 2,000 trainings at a minimum, with batches that differ by half, none is taken for a rise; one of 60 % is. */
    @Test
    void whatDiffersByChanceIsNoRise() {
        Random random = new Random(11);
        for (int run = 0; run < 2000; run++) {
            int count = 20 + random.nextInt(400);
            assertFalse(of(count, i -> Math.exp(0.3 * random.nextGaussian())).isRisen());
        }
        assertTrue(
                of(400, i -> (i < 200 ? 1 : 1.6) + 0.5 * random.nextGaussian()).isRisen());
    }

    /** As Adam(1) does: from .5 to 1e7 with the first updates, then down to 300. */
    @Test
    void anExplosionAtTheStartIsNoHighStart() {
        EnergyTrend trend = of(60, i -> i == 0 ? 0.5 : 300 + 1e7 / (i * i));
        assertTrue(trend.isRisen());
        assertTrue(trend.isDoubled());
        assertEquals(0.5, trend.initial());
        assertFalse(of(60, i -> i == 0 ? 0.5 : 0.3 + 10.0 / (i * i)).isRisen());
    }

    @Test
    void whatIsNoNumberHasRisen() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            EnergyTrend trend = of(300, i -> i < 299 ? 1 : bad);
            assertTrue(trend.isRisen());
            assertTrue(trend.isDoubled());
        }
    }
}
