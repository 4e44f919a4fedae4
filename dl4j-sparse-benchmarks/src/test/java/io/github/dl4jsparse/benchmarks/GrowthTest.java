package io.github.dl4jsparse.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.benchmarks.Growth.Axis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static Timing timing(String size, int threads, double millis) {
        return new Timing("ListaBenchmark", "jointStep", size, threads, millis, millis, 0, 0, 0);
    }

    @Test
    void oneNumberOfASizeGrowsAlone() {
        assertEquals(
                List.of(
                        "16x784x400x11",
                        "32x784x400x11",
                        "64x784x400x11",
                        "128x784x400x11",
                        "256x784x400x11",
                        "512x784x400x11"),
                Axis.BATCH.sizes());
        assertEquals("128x784x1600x11", Axis.UNITS.sizes().get(4));
        assertEquals("128x784x400x2", Axis.STEPS.sizes().get(0));
    }

    @Test
    void aCurveHasTheTimesOfItsAxisAndThreads() {
        List<Timing> timings = List.of(
                timing("64x784x400x11", 1, 12),
                timing("128x784x400x11", 1, 20),
                timing("128x784x400x11", 2, 11),
                timing("128x784x800x11", 1, 70));
        assertEquals(Map.of(64, 12.0, 128, 20.0), Axis.BATCH.curve(timings, 1));
        assertEquals(Map.of(400, 20.0, 800, 70.0), Axis.UNITS.curve(timings, 1));
        assertEquals(Map.of(11, 11.0), Axis.STEPS.curve(timings, 2));
    }
}
