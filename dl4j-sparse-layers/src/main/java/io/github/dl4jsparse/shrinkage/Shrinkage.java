package io.github.dl4jsparse.shrinkage;

import io.github.dl4jsparse.energy.Penalty;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * The non-linearity of an unrolled step: makes a sparse code of the drive of the units, with thresholds that are learned.
 * <p>\[ z = \eta_\theta(v), \qquad \frac{dL}{dv} = \Big(\frac{\partial \eta}{\partial v}\Big)^{\!\top} \frac{dL}{dz}, \qquad
 * \frac{dL}{d\theta} = \Big(\frac{\partial \eta}{\partial \theta}\Big)^{\!\top} \frac{dL}{dz} \]
 * where v is the drive and theta holds the thresholds of the step. With the thresholds it starts from it is the proximal operator
 * of a penalty, so that an unrolled encoder is the solver of that penalty before it is trained.
 * <p>Shapes: one code at a time, {@code v, z: [units]}, {@code theta: [thresholds(units)]}, in double precision. What falls to zero
 * is exactly zero, and its derivative is zero; NaN goes through.
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
     * The thresholds with which this is the proximal operator of {@code step} times a penalty, or as near to it as this kind can
     * be: thresholds of 0 where the penalty shrinks no unit by itself.
     *
     * @param units   the number of units of a code
     * @param step    of the proximal operator, finite and &gt;= 0
     * @param penalty of the energy that the codes are to minimise
     * @return {@code [thresholds(units)]}, a new array
     * @throws IllegalArgumentException if the shrinkage or the penalty is made for another number of units, or the penalty asks for
     *                                  another kind of shrinkage
     */
    double[] startThresholds(int units, double step, Penalty penalty);

    /**
     * Replaces the drive of one code by the code.
     *
     * @param step       number of the unrolled step, from 0 on
     * @param v          {@code [units]}. Modified in place.
     * @param thresholds {@code [thresholds(units)]}. Not modified.
     */
    void shrink(int step, double[] v, double[] thresholds);

    /**
     * Takes the gradient of one code back to its drive and to the thresholds.
     *
     * @param step              number of the unrolled step, from 0 on
     * @param v                 the drive, {@code [units]}; may be null unless {@link #needsDrive}. Not modified.
     * @param code              what {@link #shrink} made of it, {@code [units]}. Not modified.
     * @param thresholds        {@code [thresholds(units)]}. Not modified.
     * @param gradient          the gradient by the code, which becomes that by the drive, {@code [units]}. Modified in place.
     * @param thresholdGradient the gradient by the thresholds is added to it, {@code [thresholds(units)]}. Modified in place.
     */
    void backward(
            int step, double[] v, double[] code, double[] thresholds, double[] gradient, double[] thresholdGradient);
}
