package io.github.dl4jsparse.internal.math;

/**
 * Shrinks every unit of a code towards zero by a threshold of its own; units below it become exactly zero.
 * <p>\[ h_b(v) = \max(0, v - b) \quad\text{or}\quad h_b(v) = \mathrm{sign}(v)\,\max(0, |v| - b) \]
 * where v is the drive of the units and b holds one threshold a unit. Its derivative is 1 where the result is not zero,
 * else 0. NaN gives NaN.
 * <p>Shapes: v and b have the same index; the loops are vectorised.
 * <p>Reference: Daubechies, Defrise and De Mol, An iterative thresholding algorithm for linear inverse problems with a
 * sparsity constraint, CPAM 57, 2004.
 */
public enum Thresholding {
    /** {@code max(0, v - b)}: rectified linear units with a bias of -b. The derivative at the kink is 0. */
    NON_NEGATIVE {
        @Override
        public void shrink(float[] v, float[] b, int n) {
            for (int i = 0; i < n; i++) {
                v[i] = Math.max(0, v[i] - b[i]);
            }
        }

        @Override
        public void shrink(double[] v, double[] b, int n) {
            for (int i = 0; i < n; i++) {
                v[i] = Math.max(0, v[i] - b[i]);
            }
        }
    },

    /** {@code sign(v) max(0, |v| - b)}: the proximal operator of b |z|. Needs b &gt;= 0. The derivative at a kink is 0. */
    SOFT {
        @Override
        public void shrink(float[] v, float[] b, int n) {
            for (int i = 0; i < n; i++) {
                v[i] = Math.max(0, v[i] - b[i]) + Math.min(0, v[i] + b[i]);
            }
        }

        @Override
        public void shrink(double[] v, double[] b, int n) {
            for (int i = 0; i < n; i++) {
                v[i] = Math.max(0, v[i] - b[i]) + Math.min(0, v[i] + b[i]);
            }
        }
    };

    /**
     * Shrinks units.
     *
     * @param v modified in place
     * @param b thresholds. Not modified.
     * @param n units, from the first on
     */
    public abstract void shrink(float[] v, float[] b, int n);

    /** The same in double precision. */
    public abstract void shrink(double[] v, double[] b, int n);
}
