package io.github.dl4jsparse.energy;

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
     * @param step t, finite and &gt;= 0; 0 changes only codes that the penalty does not allow
     * @return {@code code}
     * @throws IllegalArgumentException if the step is negative or not finite
     */
    INDArray prox(INDArray code, double step);
}
