package io.github.dl4jsparse.nn.lista;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The part of one unrolled step after its matrix product: adds the drive and the point, and shrinks.
 * <p>\[ z = \eta_\theta(u + d + r), \qquad \delta = \eta'(v)\,(g + r') \]
 * where u is the product of the step, d the drive, r the point v of the step if the product leaves out the identity, g
 * the gradient with respect to the code, and r' the delta of the next step if the product leaves out the identity.
 * <p>Shapes: all {@code [rows, nCode]} in c order, dense. NaN gives NaN.
 */
interface ShrinkingStep {
    /**
     * Prepares a drive for its steps.
     *
     * @param drive {@code E x} at the start, d at the end
     */
    void prepare(INDArray drive);

    /**
     * The first step of an encoder with a drive, which has no product.
     *
     * @param drive d. Not modified.
     * @param code  overwritten with z
     * @param kept  overwritten with the argument of the shrinkage; null if it is not needed
     */
    void first(INDArray drive, INDArray code, INDArray kept);

    /**
     * A step with a product.
     *
     * @param code    u at the start, z at the end
     * @param drive   d, or null. Not modified.
     * @param leftOut r, or null. Not modified.
     * @param kept    overwritten with the argument of the shrinkage; null if it is not needed
     */
    void next(INDArray code, INDArray drive, INDArray leftOut, INDArray kept);

    /**
     * The gradient of a step.
     *
     * @param delta         g at the start, delta at the end
     * @param driveGradient sum of the deltas; null where there is no drive
     * @param first         whether this is the first step that is back-propagated to the drive, whose gradient is then
     *      overwritten, else added to
     * @param code          z. Not modified.
     * @param leftOut       r', or null. Not modified.
     * @param kept          the argument of the shrinkage; null where it was not stored. Not modified.
     * @return the gradient of the thresholds of this step; null where it is minus the sums of the gradient of the drive over all steps
     *         that share it
     */
    double[] back(
            INDArray delta, INDArray driveGradient, boolean first, INDArray code, INDArray leftOut, INDArray kept);
}
