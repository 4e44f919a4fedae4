package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PlotAxisTest {
    @Test
    void roundNumbersAroundTheValues() {
        assertArrayEquals(
                new double[] {86, 88, 90, 92, 94, 96, 98},
                PlotAxis.of(new double[] {98, 87}).ticks(),
                1e-9);
        assertEquals(0, PlotAxis.of(new double[] {3, 10}).low(), "from 0, which is not far");
        assertEquals(-20, PlotAxis.of(new double[] {-13, 70}).low());
        assertEquals(0.5, new PlotAxis(2, 4, 1).share(3));
    }

    @Test
    void oneValueHasARange() {
        PlotAxis axis = PlotAxis.of(new double[] {4});
        assertEquals(true, axis.high() > axis.low());
    }

    @Test
    void stepsOfAnotherLength() {
        assertArrayEquals(
                new double[] {0, 1, 2},
                PlotAxis.of(new double[] {1, 2}).withStep(1).ticks(),
                1e-9);
        assertEquals(new PlotAxis(3, 4, 1), new PlotAxis(3, 3, 0).withStep(1));
    }
}
