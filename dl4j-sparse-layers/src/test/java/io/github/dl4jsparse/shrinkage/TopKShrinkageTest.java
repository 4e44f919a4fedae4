package io.github.dl4jsparse.shrinkage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.TopKPenalty;
import io.github.dl4jsparse.testkit.ShrinkageContract;
import org.junit.jupiter.api.Test;

class TopKShrinkageTest extends ShrinkageContract {
    @Override
    protected Shrinkage shrinkage() {
        return new TopKShrinkage(2);
    }

    @Override
    protected Shrinkage otherShrinkage() {
        return new TopKShrinkage(3);
    }

    @Override
    protected Penalty penalty() {
        return new TopKPenalty(2);
    }

    @Test
    void smallestNumbersStayWhereMagnitudesAreEqual() {
        double[] code = {1, -2, 1, 1, -1, 2};
        new TopKShrinkage(3).shrink(0, code, new double[0]);
        assertArrayEquals(new double[] {1, -2, 0, 0, 0, 2}, code);
    }

    @Test
    void bestOfAllSupportsOfKUnits() {
        for (long seed = 1; seed <= 20; seed++) {
            double[] v = drive(seed);
            double[] code = shrunk(v, new double[0]);
            double best = Double.POSITIVE_INFINITY;
            for (int i = 0; i < v.length; i++) {
                for (int j = 0; j < i; j++) {
                    best = Math.min(best, error(v, i, j));
                }
            }
            double reached = 0;
            for (int i = 0; i < v.length; i++) {
                reached += (v[i] - code[i]) * (v[i] - code[i]);
            }
            assertEquals(best, reached, 1e-14);
        }
    }

    private static double error(double[] v, int i, int j) {
        double sum = 0;
        for (int unit = 0; unit < v.length; unit++) {
            sum += unit == i || unit == j ? 0 : v[unit] * v[unit];
        }
        return sum;
    }

    @Test
    void lessThanOneUnitIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new TopKShrinkage(0))
                .getMessage();
        assertEquals("k must be at least 1, got 0", message);
    }
}
