package io.github.dl4jsparse.shrinkage;

import io.github.dl4jsparse.internal.math.Thresholding;

/**
 * Soft shrinkage: the proximal operator of the weighted L1 norm.
 * <p>\[ \eta_\theta(v)_i = \mathrm{sign}(v_i) \max(0, |v_i| - \theta_i), \qquad \theta_i \ge 0 \]
 * The derivative at a kink is 0.
 * <p>Shapes: one threshold a unit.
 * <p>Reference: Daubechies, Defrise and De Mol, An iterative thresholding algorithm for linear inverse problems with a
 * sparsity constraint, CPAM 57, 2004.
 */
record SoftShrinkage() implements UnitShrinkage {
    private static final long serialVersionUID = 1;

    @Override
    public void shrink(float[] v, float[] thresholds, int n) {
        Thresholding.SOFT.shrink(v, thresholds, n);
    }

    @Override
    public void shrink(double[] v, double[] thresholds, int n) {
        Thresholding.SOFT.shrink(v, thresholds, n);
    }
}
