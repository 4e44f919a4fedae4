package io.github.dl4jsparse.shrinkage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.testkit.ShrinkageContract;
import org.junit.jupiter.api.Test;

class JumpReluShrinkageTest extends ShrinkageContract {
    @Override
    protected Shrinkage shrinkage() {
        return new JumpReluShrinkage(0.01);
    }

    @Override
    protected Shrinkage otherShrinkage() {
        return new JumpReluShrinkage(0.02);
    }

    @Override
    protected Penalty penalty() {
        return new L1Penalty(0.6);
    }

    @Override
    protected boolean startsAsProximalOperator() {
        return false;
    }

    @Override
    protected boolean hasThresholdDerivative() {
        return false;
    }

    @Test
    void activeUnitsKeepTheirDrive() {
        double[] code = {1, 0.5, 0.25, -2};
        new JumpReluShrinkage(0.1).shrink(0, code, new double[] {0.5, 0.5, 0.2, 0.5});
        assertArrayEquals(new double[] {1, 0, 0.25, 0}, code);
    }

    @Test
    void startHasTheActiveUnitsOfTheNonNegativeShrinkage() {
        for (long seed = 1; seed <= 20; seed++) {
            double[] code = shrunk(drive(seed), shrinkage().startThresholds(units(), 0.5, penalty()));
            double[] other = drive(seed);
            Shrinkage.NON_NEGATIVE.shrink(0, other, Shrinkage.NON_NEGATIVE.startThresholds(units(), 0.5, penalty()));
            for (int i = 0; i < units(); i++) {
                assertEquals(other[i] == 0, code[i] == 0);
            }
        }
    }

    /**
     * The mean over drives that are uniform on an interval of length 1 has the derivative {@code -theta g}: what the threshold cuts
     * off, {@code v} near theta, times the density of drives there.
     */
    @Test
    void meanOfTheEstimateIsTheDerivativeOfTheMean() {
        int drives = 100_000;
        double theta = 0.4;
        double[] sum = new double[1];
        for (int i = 0; i < drives; i++) {
            double[] v = {(i + 0.5) / drives};
            double[] code = {v[0] <= theta ? 0 : v[0]};
            new JumpReluShrinkage(0.05).backward(0, v, code, new double[] {theta}, new double[] {3}, sum);
        }
        assertEquals(-3 * theta, sum[0] / drives, 1e-4);
    }

    @Test
    void badBandwidthIsRefused() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            String message = assertThrows(IllegalArgumentException.class, () -> new JumpReluShrinkage(bad))
                    .getMessage();
            assertEquals("bandwidth must be finite and > 0, got " + bad, message);
        }
    }
}
