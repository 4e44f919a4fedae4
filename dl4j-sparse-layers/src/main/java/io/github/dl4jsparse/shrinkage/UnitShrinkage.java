package io.github.dl4jsparse.shrinkage;

import io.github.dl4jsparse.energy.Penalty;

/**
 * An element-wise shrinkage with a threshold for every unit, whose derivative is 1 where the code is not zero, else 0.
 * <p>\[ \frac{\partial z_i}{\partial v_i} = [z_i \ne 0], \qquad
 * \frac{\partial z_i}{\partial \theta_i} = -\mathrm{sign}(z_i) \]
 * <p>Shapes: arrays of whole batches, in either precision, in loops that are vectorised; v and the thresholds have the
 * same index.
 */
public interface UnitShrinkage extends Shrinkage {
    /**
     * Shrinks units.
     *
     * @param v          modified in place
     * @param thresholds one a unit. Not modified.
     * @param n          units, from the first on
     */
    void shrink(float[] v, float[] thresholds, int n);

    /** The same in double precision. */
    void shrink(double[] v, double[] thresholds, int n);

    /**
     * Whether the code depends on {@code v - theta} alone, so that thresholds may be subtracted from the drive instead.
     */
    default boolean isOfDifference() {
        return false;
    }

    @Override
    default double[] startThresholds(int units, double step, Penalty penalty) {
        return StartThresholds.ofUnits(thresholds(units), step, penalty);
    }

    @Override
    default void shrink(int step, double[] v, double[] thresholds) {
        shrink(v, thresholds, v.length);
    }

    @Override
    default void backward(
            int step, double[] v, double[] code, double[] thresholds, double[] gradient, double[] thresholdGradient) {
        for (int i = 0; i < code.length; i++) {
            // NaN is not zero: it is kept
            gradient[i] = code[i] == 0 ? 0 : gradient[i];
            thresholdGradient[i] -= Math.signum(code[i]) * gradient[i];
        }
    }
}
