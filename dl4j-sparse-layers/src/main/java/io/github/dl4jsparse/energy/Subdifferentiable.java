package io.github.dl4jsparse.energy;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A penalty whose sub-differential and Hessian (on active units) are known, so that a solver can certify its solution
 * and a minimiser can be differentiated.
 * <p>Reference: Rockafellar and Wets, Variational Analysis, chapter 8, 1998.
 */
public interface Subdifferentiable extends Penalty {
    // abstract again: at a kink the gradient alone does not determine it
    @Override
    INDArray subdifferentialDistance(INDArray code, INDArray point);

    /**
     * Adds the product of the Hessian of the penalty with a direction, on the units that are not zero; zero units are
     * left out. Implicit differentiation of a minimiser needs it.
     * <p>\[ H_{AA}\, d_A, \qquad A = \{ i : z_i \ne 0 \} \]
     *
     * @param code      z, {@code [batch, nCode]}. Not modified.
     * @param direction d, of the shape of the code, zero where the code is. Not modified.
     * @param result    of the shape of the code. Modified in place.
     */
    void addHessianProduct(INDArray code, INDArray direction, INDArray result);
}
