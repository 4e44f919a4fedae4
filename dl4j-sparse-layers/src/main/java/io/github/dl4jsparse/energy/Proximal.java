package io.github.dl4jsparse.energy;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A penalty whose proximal operator is known, so that zeros are exact.
 * <p>\[ \mathrm{prox}_{t}(v) = \arg\min_z \tfrac12 \lVert z - v \rVert_2^2 + t \, \mathrm{penalty}(z) \]
 * <p>Reference: Parikh and Boyd, Proximal Algorithms, Foundations and Trends in Optimization 1, 2014.
 */
public interface Proximal extends Subdifferentiable {
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
}
