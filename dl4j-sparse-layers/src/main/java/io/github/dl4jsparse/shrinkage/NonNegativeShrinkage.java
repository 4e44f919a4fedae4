package io.github.dl4jsparse.shrinkage;

import io.github.dl4jsparse.internal.math.Thresholding;

/**
 * Non-negative shrinkage: rectified linear units with a bias of minus the threshold.
 * <p>\[ \eta_\theta(v)_i = \max(0, v_i - \theta_i) \]
 * It is the proximal operator of {@code sum theta_i z_i} on codes that may not be negative; thresholds may be. The derivative at the
 * kink is 0.
 * <p>Shapes: one threshold a unit.
 * <p>Reference: Daubechies, Defrise and De Mol, An iterative thresholding algorithm for linear inverse problems with a
 * sparsity constraint, CPAM 57, 2004.
 */
record NonNegativeShrinkage() implements UnitShrinkage {
    private static final long serialVersionUID = 1;

    @Override
    public boolean isSigned() {
        return false;
    }

    @Override
    public boolean needsNonNegativeThresholds() {
        return false;
    }

    @Override
    public boolean isOfDifference() {
        return true;
    }

    @Override
    public void shrink(float[] v, float[] thresholds, int n) {
        Thresholding.NON_NEGATIVE.shrink(v, thresholds, n);
    }

    @Override
    public void shrink(double[] v, double[] thresholds, int n) {
        Thresholding.NON_NEGATIVE.shrink(v, thresholds, n);
    }
}
