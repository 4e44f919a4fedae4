package io.github.dl4jsparse.solver;

/**
 * The slope {@code q = c - H z} of all units of one example, kept up to date while the active units change. On request
 * it starts in single precision, which is sufficient to select units and halves the memory traffic, and is converted to
 * double precision for the certificate.
 */
final class FullSlope {
    private final BlockProblem problem;
    private final double[] linear;
    private final double[] exact;
    private final float[] rough;
    private boolean isRough;
    private int[] units = new int[64];
    private double[] factors = new double[64];

    /** @param linear c, which the caller overwrites for each example */
    FullSlope(BlockProblem problem, double[] linear) {
        this.problem = problem;
        this.linear = linear;
        exact = new double[problem.units];
        rough = new float[problem.single == null ? 0 : problem.units];
    }

    /** Whether the slope is still in single precision. */
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

    /** Starts from a code of zeros, in single precision if c is within its range. */
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

    /** Whether c, or its excess over the weight of an L1 norm, is well within the range of single precision. */
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

    /** Updates the slope by the changes of active units since the last call. */
    void refresh(ActiveSet active) {
        reserve(active.size());
        int changed = active.takeChanges(units, factors);
        if (isRough) {
            RowUpdates.subtract(problem.single, units, factors, changed, rough);
        } else {
            RowUpdates.subtract(problem.gram, units, factors, changed, exact);
        }
    }

    /** Recomputes the slope in double precision. */
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
