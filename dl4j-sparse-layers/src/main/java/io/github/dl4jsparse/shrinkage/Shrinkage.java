package io.github.dl4jsparse.shrinkage;

import io.github.dl4jsparse.energy.Penalty;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * The non-linearity of an unrolled step: maps the drive of the units to a sparse code, with thresholds that are
 * learned.
 * <p>\[ z = \eta_\theta(v), \qquad \frac{dL}{dv} = \Big(\frac{\partial \eta}{\partial v}\Big)^{\!\top} \frac{dL}{dz}, \qquad
 * \frac{dL}{d\theta} = \Big(\frac{\partial \eta}{\partial \theta}\Big)^{\!\top} \frac{dL}{dz} \]
 * where v is the drive and theta holds the thresholds of the step. With its start thresholds it is the proximal
 * operator of a penalty, so that an untrained unrolled encoder is a solver for that penalty.
 * <p>Shapes: one code at a time, {@code v, z: [units]}, {@code theta: [thresholds(units)]}, in double precision. Zeros
 * are exact, and their derivative is zero; NaN gives NaN.
 * <p>Implementations are immutable, name their parameters in JSON, compare by value, may be called from several threads at
 * once, and inherit {@code ShrinkageContract}'s tests.
 * <p>Reference: Gregor and LeCun, Learning fast approximations of sparse coding, ICML 2010.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface Shrinkage extends ShrinkageShape {
    /** {@code max(0, v - theta)}. */
    Shrinkage NON_NEGATIVE = new NonNegativeShrinkage();

    /** {@code sign(v) max(0, |v| - theta)}. */
    Shrinkage SOFT = new SoftShrinkage();

    /**
     * The thresholds with which this is, or best approximates, the proximal operator of {@code step} times a penalty: 0
     * where the penalty is not separable over units.
     *
     * @param units   the number of units of a code
     * @param step    of the proximal operator, finite and &gt;= 0
     * @param penalty of the energy that the codes are to minimise
     * @return {@code [thresholds(units)]}, a new array
     * @throws IllegalArgumentException if the shrinkage or the penalty is made for another number of units, or the
     *      penalty needs another kind of shrinkage
     */
    double[] startThresholds(int units, double step, Penalty penalty);

    /**
     * The thresholds of units that shrink by the proximal operator of a penalty: its own times the step.
     *
     * @return {@code [units]}, a new array; 0 where the penalty shrinks no unit by itself
     * @throws IllegalArgumentException if the step is negative or not finite, or the penalty is missing or made for another number
     *                                  of units
     */
    static double[] unitThresholds(int units, double step, Penalty penalty) {
        return StartThresholds.ofUnits(units, step, penalty);
    }

    /**
     * Replaces the drive of one code by the code.
     *
     * @param step       index of the unrolled step, from 0 on
     * @param v          {@code [units]}. Modified in place.
     * @param thresholds {@code [thresholds(units)]}. Not modified.
     */
    void shrink(int step, double[] v, double[] thresholds);

    /**
     * Back-propagates the gradient of one code to its drive and to the thresholds.
     *
     * @param step              index of the unrolled step, from 0 on
     * @param v                 the drive, {@code [units]}; may be null unless {@link #needsDrive}. Not modified.
     * @param code              the result of {@link #shrink}, {@code [units]}. Not modified.
     * @param thresholds        {@code [thresholds(units)]}. Not modified.
     * @param gradient          the gradient with respect to the code, overwritten with that with respect to the drive,
     *      {@code [units]}. Modified in place.
     * @param thresholdGradient the gradient with respect to the thresholds is added to it, {@code [thresholds(units)]}.
     *      Modified in place.
     */
    void backward(
            int step,
            double @Nullable [] v,
            double[] code,
            double[] thresholds,
            double[] gradient,
            double[] thresholdGradient);
}
