package io.github.dl4jsparse.nn.lista;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one unrolled step does once its product is there: it adds the drive and the code before, and shrinks.
 * <p>\[ z = \eta_\theta(u + d + r), \qquad \delta = \eta'(v)\,(g + r') \]
 * where u is the product of the step, d the drive, r the point that the step starts from if the product leaves it out, g the
 * gradient with respect to the code, and r' the later delta if the product leaves it out.
 * <p>Shapes: all {@code [rows, nCode]} in c order, dense. NaN goes through.
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
     * @param kept  overwritten with what is shrunk; null where that is not wanted
     */
    void first(INDArray drive, INDArray code, INDArray kept);

    /**
     * A step with a product.
     *
     * @param code    u at the start, z at the end
     * @param drive   d, or null. Not modified.
     * @param leftOut r, or null. Not modified.
     * @param kept    overwritten with what is shrunk; null where that is not wanted
     */
    void next(INDArray code, INDArray drive, INDArray leftOut, INDArray kept);

    /**
     * The gradient of a step.
     *
     * @param delta         g at the start, delta at the end
     * @param driveGradient sum of the deltas; null where there is no drive
     * @param first         whether this step is the first that the drive gets a gradient from: overwritten, else added to
     * @param code          z. Not modified.
     * @param leftOut       r', or null. Not modified.
     * @param kept          what was shrunk; null where it was not kept. Not modified.
     * @return the gradient of the thresholds of this step; null where it is minus the sums of the gradient of the drive over all steps
     *         that share it
     */
    double[] back(
            INDArray delta, INDArray driveGradient, boolean first, INDArray code, INDArray leftOut, INDArray kept);
}
