package io.github.dl4jsparse.energy;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A penalty whose proximal operator is known, so that zeros are exact and a solver can say how good its answer is.
 * <p>\[ \mathrm{prox}_{t}(v) = \arg\min_z \tfrac12 \lVert z - v \rVert_2^2 + t \, \mathrm{penalty}(z) \]
 * <p>Reference: Parikh and Boyd, Proximal Algorithms, Foundations and Trends in Optimization 1, 2014.
 */
public interface Proximal extends Penalty {
    /**
     * Replaces every code of a batch by its proximal point.
     *
     * @param code {@code [batch, nCode]}. Modified in place.
     * @param step t, finite and &gt;= 0; 0 changes nothing but what the penalty forbids
     * @return {@code code}
     * @throws IllegalArgumentException if the step is negative or not finite
     */
    INDArray prox(INDArray code, double step);

    /**
     * The Euclidean distance of a point to the sub-differential of the penalty, which is zero exactly where the code is a
     * minimiser and the point is minus the gradient of the rest of the energy.
     * <p>\[ \mathrm{dist}(u, \partial\,\mathrm{penalty}(z)) = \min_{\xi \in \partial\,\mathrm{penalty}(z)} \lVert u - \xi \rVert_2 \]
     *
     * @param code  z, {@code [batch, nCode]}. Not modified.
     * @param point u, of the shape of the code. Not modified.
     * @return {@code [batch, 1]}, a new array
     */
    INDArray subdifferentialDistance(INDArray code, INDArray point);

    /**
     * The dual norm of points, where the penalty is a norm (or a gauge) whose dual is known in closed form.
     * <p>\[ \Omega^{\circ}(u) = \max_{\mathrm{penalty}(z) \le 1} \langle u, z \rangle \]
     * A solver's duality gap comes from it, and the largest useful weight: the zero code is a minimiser exactly if the dual
     * norm of {@code D'x} is at most 1.
     *
     * @param point u, {@code [batch, nCode]}. Not modified.
     * @return {@code [batch, 1]}, a new array; empty where there is no closed form
     */
    default Optional<INDArray> dualNorms(INDArray point) {
        return Optional.empty();
    }

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
