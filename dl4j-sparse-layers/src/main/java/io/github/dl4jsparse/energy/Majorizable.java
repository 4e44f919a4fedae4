package io.github.dl4jsparse.energy;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A penalty that is majorised, at any code, by a separable quadratic function that equals it there: a solver that
 * minimises the quadratic instead never increases the energy.
 * <p>\[ \mathrm{penalty}(z') \le \mathrm{penalty}(z) + \tfrac12 \sum_j q_j(z) \, (z_j'^2 - z_j^2) \]
 * <p>Reference: Hunter and Lange, A tutorial on MM algorithms, The American Statistician 58, 2004.
 */
public interface Majorizable extends Penalty {
    /**
     * The curvatures q of the quadratic majoriser at a code.
     *
     * @param code z, {@code [batch, nCode]}. Not modified.
     * @return of the shape of the code, &gt;= 0, a new array
     */
    INDArray curvature(INDArray code);
}
