package io.github.dl4jsparse.energy;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A penalty whose slopes at its kinks and whose curvature away from them are known, so that a solver can say how good its answer is
 * and a minimiser can be differentiated.
 * <p>Reference: Rockafellar and Wets, Variational Analysis, chapter 8, 1998.
 */
public interface Subdifferentiable extends Penalty {
    // declared again without a body: at a kink the gradient does not say it
    @Override
    INDArray subdifferentialDistance(INDArray code, INDArray point);

    /**
     * Adds the product of the Hessian of the penalty with a direction, on the units that are not zero; directions of zero
     * units contribute nothing and get nothing. Implicit differentiation of a minimiser needs it.
     * <p>\[ H_{AA}\, d_A, \qquad A = \{ i : z_i \ne 0 \} \]
     *
     * @param code      z, {@code [batch, nCode]}. Not modified.
     * @param direction d, of the shape of the code, zero where the code is. Not modified.
     * @param result    of the shape of the code. Modified in place.
     */
    void addHessianProduct(INDArray code, INDArray direction, INDArray result);
}
