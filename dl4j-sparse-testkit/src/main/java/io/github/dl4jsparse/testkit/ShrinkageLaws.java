package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.Subdifferentiable;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The mathematics of a {@link Shrinkage}; {@link ShrinkageContract} includes these tests.
 * <p>With the thresholds it starts from a shrinkage must beat random changes of its own answer,
 * \[ \tfrac12 \lVert z - v \rVert^2 + t \, \mathrm{penalty}(z) \le \tfrac12 \lVert z' - v \rVert^2 + t \, \mathrm{penalty}(z') \]
 * and {@code (v - z) / t} must be in the penalty's sub-differential at z. Its gradients agree with central differences at random
 * points, which are away from kinks almost surely.
 */
abstract class ShrinkageLaws {
    private static final double H = 1e-6;
    private static final int POINTS = 40;
    private static final int COMPETITORS = 200;

    /** The shrinkage under test. */
    protected abstract Shrinkage shrinkage();

    /** A penalty that the shrinkage starts from, of a weight above zero. */
    protected abstract Penalty penalty();

    /** Whether the shrinkage is the proximal operator of {@link #penalty} at its start. */
    protected boolean startsAsProximalOperator() {
        return true;
    }

    /** Whether the gradient by the thresholds is the derivative, not an estimate of another kind. */
    protected boolean hasThresholdDerivative() {
        return true;
    }

    /** How far {@code (v - z) / t} may be from the sub-differential; more for a proximal operator that iterates. */
    protected double certificateTolerance() {
        return 1e-10;
    }

    /** The number of units of a code. */
    protected int units() {
        return 6;
    }

    /** The code of a drive, of which differences are taken; override it for a proximal operator that iterates. */
    protected double[] shrunk(double[] v, double[] thresholds) {
        double[] code = v.clone();
        shrinkage().shrink(0, code, thresholds);
        return code;
    }

    abstract double[] drive(long seed);

    abstract double[] thresholds(long seed);

    /** The gradient by the drive. */
    final double[] gradientOf(
            double[] v, double[] code, double[] thresholds, double[] ofCode, double[] thresholdGradient) {
        double[] gradient = ofCode.clone();
        shrinkage().backward(0, v, code, thresholds, gradient, thresholdGradient);
        return gradient;
    }

    private static INDArray row(double[] values) {
        return Nd4j.create(new double[][] {values});
    }

    private double objective(double[] code, double[] v, double t) {
        double fit = 0;
        for (int i = 0; i < v.length; i++) {
            fit += (code[i] - v[i]) * (code[i] - v[i]) / 2;
        }
        return fit + t * penalty().value(row(code));
    }

    @Test
    protected void startIsTheProximalOperator() {
        assumeTrue(startsAsProximalOperator(), "no proximal operator");
        for (double t : new double[] {0.1, 0.7}) {
            double[] start = shrinkage().startThresholds(units(), t, penalty());
            for (long seed = 1; seed <= 10; seed++) {
                double[] v = drive(seed);
                double[] code = v.clone();
                shrinkage().shrink(0, code, start);
                double reached = objective(code, v, t);
                Random random = new Random(seed);
                for (int k = 0; k < COMPETITORS; k++) {
                    double size = Math.pow(10, -4.0 * k / COMPETITORS);
                    double[] rival = Arrays.stream(code)
                            .map(value -> value + (random.nextBoolean() ? size * random.nextGaussian() : 0))
                            .toArray();
                    assertTrue(reached <= objective(rival, v, t) + 1e-12, "step " + t + ", seed " + seed);
                }
                INDArray rest = row(v).sub(row(code)).divi(t);
                double distance = ((Subdifferentiable) penalty())
                        .subdifferentialDistance(row(code), rest)
                        .getDouble(0);
                assertEquals(0, distance, certificateTolerance(), "step " + t + ", seed " + seed);
            }
        }
    }

    @Test
    protected void startOfStepZeroChangesNothingThatIsAllowed() {
        assumeTrue(startsAsProximalOperator(), "no proximal operator");
        double[] start = shrinkage().startThresholds(units(), 0, penalty());
        double[] code = drive(50);
        shrinkage().shrink(0, code, start);
        double[] again = code.clone();
        shrinkage().shrink(0, again, start);
        assertArrayEquals(code, again);
        for (int i = 0; i < code.length; i++) {
            assertTrue(code[i] == drive(50)[i] || code[i] == 0);
        }
    }

    private double loss(double[] v, double[] thresholds, double[] weights) {
        double[] code = shrunk(v, thresholds);
        double sum = 0;
        for (int i = 0; i < code.length; i++) {
            sum += weights[i] * code[i];
        }
        return sum;
    }

    private static double[] moved(double[] values, int i, double change) {
        double[] result = values.clone();
        result[i] += change;
        return result;
    }

    @Test
    protected void gradientsAgreeWithDifferences() {
        int zeros = 0;
        int active = 0;
        for (long seed = 100; seed < 100 + POINTS; seed++) {
            double[] v = drive(seed);
            double[] thresholds = thresholds(seed);
            double[] weights = drive(seed + 1000);
            double[] code = shrunk(v, thresholds);
            double[] ofThresholds = new double[thresholds.length];
            double[] gradient = gradientOf(v, code, thresholds, weights, ofThresholds);
            for (int i = 0; i < v.length; i++) {
                double difference =
                        loss(moved(v, i, H), thresholds, weights) - loss(moved(v, i, -H), thresholds, weights);
                assertEquals(difference / (2 * H), gradient[i], 2e-7, "seed " + seed + ", unit " + i);
                zeros += code[i] == 0 ? 1 : 0;
                active += code[i] == 0 ? 0 : 1;
            }
            for (int i = 0; i < thresholds.length && hasThresholdDerivative(); i++) {
                double difference =
                        loss(v, moved(thresholds, i, H), weights) - loss(v, moved(thresholds, i, -H), weights);
                assertEquals(difference / (2 * H), ofThresholds[i], 1e-6, "seed " + seed + ", threshold " + i);
            }
        }
        assertTrue(zeros >= POINTS && active >= POINTS, zeros + " zeros, " + active + " active units");
    }

    @Test
    protected void zeroUnitsGiveNothingBack() {
        double[] thresholds = shrinkage().startThresholds(units(), 0.7, penalty());
        double[] gradient = gradientOf(
                new double[units()], new double[units()], thresholds, drive(1), new double[thresholds.length]);
        for (int i = 0; i < units(); i++) {
            boolean isFree = shrunk(moved(new double[units()], i, 1e-9), thresholds)[i] != 0;
            assertTrue(isFree || gradient[i] == 0, "unit " + i);
        }
    }

    @Test
    protected void codesAreNegativeOnlyIfSigned() {
        boolean isNegative = false;
        for (long seed = 1; seed <= 50; seed++) {
            double[] code = shrunk(drive(seed), thresholds(seed));
            isNegative |= Arrays.stream(code).anyMatch(value -> value < 0);
        }
        assertEquals(shrinkage().isSigned(), isNegative);
    }

    @Test
    protected void notANumberGoesThrough() {
        double[] v = drive(2);
        v[1] = Double.NaN;
        double[] thresholds = thresholds(2);
        double[] code = v.clone();
        shrinkage().shrink(0, code, thresholds);
        assertTrue(Double.isNaN(code[1]), Arrays.toString(code));
        double[] gradient = gradientOf(v, code, thresholds, drive(3), new double[thresholds.length]);
        assertTrue(gradient[1] != 0, "the gradient of NaN is lost");
    }

    @Test
    protected void gradientOfNaNIsNotLost() {
        double[] thresholds = thresholds(4);
        double[] code = shrunk(drive(4), thresholds);
        int active = 0;
        while (code[active] == 0) {
            active++;
        }
        double[] ofCode = drive(5);
        ofCode[active] = Double.NaN;
        double[] gradient = gradientOf(drive(4), code, thresholds, ofCode, new double[thresholds.length]);
        assertTrue(Double.isNaN(gradient[active]), Arrays.toString(gradient));
    }
}
