package io.github.dl4jsparse.internal.math;

/** The sign of a number without a branch, so that loops over it are vectorised. */
public final class Signs {
    private static final float HUGE = 1e38f;
    private static final double LARGEST = 1e308;

    private Signs() {}

    /** 1, -1, or 0 for zero; NaN of NaN. */
    public static float of(float x) {
        // for every number except zero this exceeds 1
        return Math.max(-1, Math.min(1, x * HUGE * HUGE));
    }

    /** 1, or 0 for zero; NaN of NaN. */
    public static float ofMagnitude(float x) {
        return Math.min(1, Math.abs(x) * HUGE * HUGE);
    }

    /** 1, or 0 for zero; NaN of NaN. */
    public static double ofMagnitude(double x) {
        return Math.min(1, Math.abs(x) * LARGEST * LARGEST);
    }

    /** 1, -1, or 0 for zero; NaN of NaN. */
    public static double of(double x) {
        return Math.max(-1, Math.min(1, x * LARGEST * LARGEST));
    }
}
