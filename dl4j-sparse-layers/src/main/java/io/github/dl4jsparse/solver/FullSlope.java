package io.github.dl4jsparse.solver;

/**
 * The slope {@code q = c - H z} of all units of one example, kept up to date while the active units change. It begins in single
 * precision where the caller says so, which is enough to choose units by and half of the memory traffic, and becomes exact for the
 * certificate.
 */
final class FullSlope {
    private final BlockProblem problem;
    private final double[] linear;
    private final double[] exact;
    private final float[] rough;
    private boolean isRough;
    private int[] units = new int[64];
    private double[] factors = new double[64];

    /** @param linear c, in which the caller puts that of each example */
    FullSlope(BlockProblem problem, double[] linear) {
        this.problem = problem;
        this.linear = linear;
        exact = new double[problem.units];
        rough = new float[problem.single == null ? 0 : problem.units];
    }

    /** Whether the slope is in single precision so far. */
    boolean isRough() {
        return isRough;
    }

    /** q in double precision, once it is exact or {@link #widen} was called. */
    double[] exact() {
        return exact;
    }

    /** q in single precision. */
    float[] rough() {
        return rough;
    }

    /** Begins with a code of zeros, in single precision where that holds c. */
    void start(boolean roughWanted) {
        isRough = roughWanted && rough.length > 0 && isModerate();
        if (isRough) {
            for (int i = 0; i < rough.length; i++) {
                rough[i] = (float) linear[i];
            }
        } else {
            System.arraycopy(linear, 0, exact, 0, linear.length);
        }
    }

    /** {@code |c|^2}. */
    double linearSquares() {
        double sum = 0;
        for (double value : linear) {
            sum += value * value;
        }
        return sum;
    }

    /** Whether single precision holds c, or what exceeds the weight of an L1 norm, with room on both sides. */
    private boolean isModerate() {
        return isModerate(problem.isPlain() ? problem.lambda : largest());
    }

    private static boolean isModerate(double magnitude) {
        return magnitude > 1e-18 && magnitude < 1e18;
    }

    private double largest() {
        double largest = 0;
        for (double value : linear) {
            double magnitude = Math.abs(value);
            if (!(magnitude <= largest)) {
                largest = magnitude;
            }
        }
        return largest;
    }

    /** Takes in what has changed in the active units since the last call. */
    void refresh(ActiveSet active) {
        reserve(active.size());
        int changed = active.takeChanges(units, factors);
        if (isRough) {
            RowUpdates.subtract(problem.single, units, factors, changed, rough);
        } else {
            RowUpdates.subtract(problem.gram, units, factors, changed, exact);
        }
    }

    /** From here on in double precision. */
    void refine(ActiveSet active) {
        isRough = false;
        System.arraycopy(linear, 0, exact, 0, linear.length);
        active.forgetChanges();
        refresh(active);
    }

    /** Writes the slope in single precision to {@link #exact()}. */
    void widen() {
        for (int i = 0; i < rough.length; i++) {
            exact[i] = rough[i];
        }
    }

    private void reserve(int count) {
        if (count > units.length) {
            units = new int[2 * count];
            factors = new double[2 * count];
        }
    }
}
