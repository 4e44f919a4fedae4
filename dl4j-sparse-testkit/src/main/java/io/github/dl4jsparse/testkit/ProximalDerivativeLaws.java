package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dl4jsparse.energy.DifferentiableProximal;
import io.github.dl4jsparse.energy.RowPenalty;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The laws of every {@link DifferentiableProximal} penalty; {@link PenaltyContract} includes these tests.
 * <p>The loss is {@code L = sum c_i z_i} with random c. Its derivatives by the point and by the step agree with central differences
 * at random points, which are away from kinks almost surely, and with the implicit formula.
 */
abstract class ProximalDerivativeLaws extends ProximalLaws {
    private static final double H = 1e-6;
    private static final int POINTS = 25;

    private DifferentiableProximal differentiable() {
        assumeTrue(penalty() instanceof DifferentiableProximal, "no derivative of a proximal operator");
        return (DifferentiableProximal) penalty();
    }

    /** The proximal point of one code; override it where the operator iterates, with a point that differences can be taken of. */
    protected double[] proximalPoint(double[] v, double step) {
        double[] code = v.clone();
        differentiable().proxOf(code, step);
        return code;
    }

    private double[] numbers(long seed) {
        return Samples.gaussian(seed, 1, units()).toDoubleVector();
    }

    private double loss(double[] v, double step, double[] weights) {
        double[] code = proximalPoint(v, step);
        double sum = 0;
        for (int i = 0; i < code.length; i++) {
            sum += weights[i] * code[i];
        }
        return sum;
    }

    private double[] differences(double[] v, double step, double[] weights) {
        double[] result = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            double[] above = v.clone();
            double[] below = v.clone();
            above[i] += H;
            below[i] -= H;
            result[i] = (loss(above, step, weights) - loss(below, step, weights)) / (2 * H);
        }
        return result;
    }

    @Test
    protected void adjointOfTheProxAgreesWithDifferences() {
        int zeros = 0;
        int active = 0;
        for (double step : new double[] {0.3 * step(), step(), 3 * step()}) {
            for (long seed = 100; seed < 100 + POINTS; seed++) {
                double[] v = numbers(seed);
                double[] weights = numbers(seed + 1000);
                double[] code = proximalPoint(v, step);
                double[] gradient = weights.clone();
                double byStep = differentiable().proxAdjointOf(v, code, step, gradient);
                String at = "step " + step + ", seed " + seed;
                assertArrayEquals(differences(v, step, weights), gradient, 2e-7, at);
                double expected = (loss(v, step + H, weights) - loss(v, step - H, weights)) / (2 * H);
                assertEquals(expected, byStep, 2e-7 * Math.max(1, Math.abs(expected)), at);
                for (double value : code) {
                    zeros += value == 0 ? 1 : 0;
                    active += value == 0 ? 0 : 1;
                }
            }
        }
        assertTrue(zeros >= POINTS && active > POINTS, zeros + " zeros, " + active + " active units");
    }

    @Test
    protected void adjointOfTheProxAgreesWithTheImplicitFormula() {
        assumeTrue(penalty() instanceof RowPenalty, "not written for single codes");
        RowPenalty implicit = new WithoutFormula((RowPenalty) penalty());
        for (long seed = 200; seed < 200 + POINTS; seed++) {
            double[] v = numbers(seed);
            double[] code = proximalPoint(v, step());
            double[] expected = numbers(seed + 1000);
            double[] gradient = expected.clone();
            double byStep = implicit.proxAdjointOf(v, code, step(), expected);
            assertEquals(byStep, differentiable().proxAdjointOf(v, code, step(), gradient), 1e-9);
            assertArrayEquals(expected, gradient, 1e-9, "seed " + seed);
        }
    }

    @Test
    protected void adjointOfTheProxOfStepZeroChangesNothing() {
        double[] v = codes(300).getRow(0).toDoubleVector();
        double[] gradient = numbers(301);
        double[] slope = new double[units()];
        assumeTrue(penalty() instanceof RowPenalty, "not written for single codes");
        ((RowPenalty) penalty()).gradientOf(v, slope);
        double byStep = differentiable().proxAdjointOf(v, v.clone(), 0, gradient);
        double expected = 0;
        for (int i = 0; i < v.length; i++) {
            expected -= v[i] == 0 ? 0 : slope[i] * numbers(301)[i];
            assertEquals(v[i] == 0 ? 0 : numbers(301)[i], v[i] == 0 ? 0 : gradient[i], 1e-12);
        }
        assertEquals(expected, byStep, 1e-10 * Math.max(1, Math.abs(expected)));
    }

    @Test
    protected void adjointOfAPointThatBecomesZeroIsZero() {
        double[] gradient = numbers(302);
        double[] zero = new double[units()];
        double byStep = differentiable().proxAdjointOf(zero.clone(), zero, step(), gradient);
        assertEquals(0, byStep);
        for (double value : gradient) {
            assertTrue(value == 0 || isFree(gradient, value), "gradient " + Arrays.toString(gradient));
        }
    }

    /** A unit that no term of the penalty holds passes its gradient on. */
    private boolean isFree(double[] gradient, double value) {
        int unit = 0;
        while (gradient[unit] != value) {
            unit++;
        }
        double[] code = new double[units()];
        code[unit] = 1e-9;
        return proximalPoint(code, step())[unit] != 0;
    }

    @Test
    protected void adjointOfTheProxLetsNaNThrough() {
        double[] v = numbers(303);
        v[1] = Double.NaN;
        double[] code = v.clone();
        differentiable().proxOf(code, step());
        assertTrue(Double.isNaN(code[1]), "code " + Arrays.toString(code));
        double[] gradient = numbers(304);
        double byStep = differentiable().proxAdjointOf(v, code, step(), gradient);
        assertTrue(gradient[1] != 0 || Double.isNaN(byStep), "the gradient of NaN is lost");
    }

    @Test
    protected void gradientOfNaNIsNotLost() {
        double[] v = numbers(305);
        double[] code = proximalPoint(v, 0.3 * step());
        int active = 0;
        while (code[active] == 0) {
            active++;
        }
        double[] gradient = numbers(306);
        gradient[active] = Double.NaN;
        differentiable().proxAdjointOf(v, code, 0.3 * step(), gradient);
        assertTrue(Double.isNaN(gradient[active]), Arrays.toString(gradient));
    }
}
