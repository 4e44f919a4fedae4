package io.github.dl4jsparse.internal.math;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;

/**
 * Projection onto the symmetric matrices whose entries are between zero and a cap, some of them fixed at zero, and
 * whose column sums all equal a given sum, or are at most it.
 * <p>\[ \arg\min_S \tfrac12 \lVert S - V \rVert_F^2 \quad \text{with} \quad S = S^{\top}, \quad 0 \le S_{ij} \le \beta, \quad
 * \sum_j S_{ij} = \alpha, \quad S_{ij} = 0 \text{ where not free} \]
 * \[ S_{ij} = \mathrm{clip}(\tfrac12 (V_{ij} + V_{ji}) - \tau_i - \tau_j, 0, \beta) \]
 * where the numbers tau, one a column, minimise a convex function: Newton's method with a line search finds them, each
 * step by conjugate gradients; where a step fails, each tau in turn is set by bisection. All entries are exactly within
 * their bounds and exactly symmetric, and sums agree up to rounding. Where column sums may be less, no tau is negative,
 * and a column with a smaller sum has tau zero.
 * <p>Reference: Qi and Sun, A quadratically convergent Newton method for computing the nearest correlation matrix, SIAM J. Matrix
 * Analysis 28, 2006, for the method; the set is their affine one with bounds.
 */
public final class SymmetricCappedSimplex {
    private static final int MAX_STEPS = 2000;
    private static final int BISECTIONS = 64;
    /** For values up to this multiple of the cap, few steps suffice from any start. */
    private static final double NEAR = 4;

    /** The relative error of a column sum at which the search ends. */
    private static final double PRECISION = 1e-11;

    private final int size;
    private final boolean[] free;
    private final double sum;
    private final double cap;
    private final boolean atMost;

    /**
     * Matrices whose columns have exactly the sum.
     *
     * @param size number of rows and of columns
     * @param free whether each entry may differ from zero, row by row; symmetric, false on the diagonal. Not modified.
     * @param sum  alpha, finite and &gt; 0
     * @param cap  beta, finite and &gt; 0
     * @throws IllegalArgumentException if no such matrix exists; names the column that can't reach its sum, where there is one
     */
    public SymmetricCappedSimplex(int size, boolean[] free, double sum, double cap) {
        this(size, free, sum, cap, false);
    }

    /**
     * Matrices whose columns have the sum, or at most the sum.
     *
     * @param size   number of rows and of columns
     * @param free   whether each entry may differ from zero, row by row; symmetric, false on the diagonal. Not modified.
     * @param sum    alpha, finite and &gt; 0
     * @param cap    beta, finite and &gt; 0
     * @param atMost whether a column may have less than the sum; zero is then always one of the matrices
     * @throws IllegalArgumentException if no such matrix exists; names the column that can't reach its sum, where there is one
     */
    public SymmetricCappedSimplex(int size, boolean[] free, double sum, double cap, boolean atMost) {
        this.atMost = atMost;
        this.size = size;
        this.free = free.clone();
        this.sum = Args.positive("column sum", sum);
        this.cap = Args.positive("largest entry", cap);
        for (int i = 0; i < size && !atMost; i++) {
            int count = 0;
            for (int j = 0; j < size; j++) {
                count += free[i * size + j] ? 1 : 0;
            }
            if (!(sum <= cap * count * (1 + 1e-12))) {
                throw Args.failure(
                        "column sum",
                        "at most the largest entry " + cap + " times the " + count + " free entries of column " + i,
                        sum);
            }
        }
        double[] start = new double[size * size];
        if (!atMost && !search(start, new double[size])) {
            throw Args.failure("column sum", "one that all columns can have with these zeros", sum);
        }
    }

    /**
     * Projects a matrix.
     *
     * @param values V, row by row. Modified in place.
     * @return whether the search ended with all sums right to rounding; otherwise it reached its limit of steps, and
     *      the sums are approximate
     */
    public boolean project(double[] values) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                double mean = (values[i * size + j] + values[j * size + i]) / 2;
                values[i * size + j] = mean;
                values[j * size + i] = mean;
            }
        }
        double[] tau = new double[size];
        // the first guess has the right sums if no bound is active
        double greatest = 0;
        for (int i = 0; i < size; i++) {
            double total = 0;
            int count = 0;
            for (int j = 0; j < size; j++) {
                if (free[i * size + j]) {
                    total += values[i * size + j];
                    greatest = Math.max(greatest, Math.abs(values[i * size + j]));
                    count++;
                }
            }
            tau[i] = within((total - sum) / (2 * Math.max(1, count)));
        }
        boolean found = follow(values, tau, greatest / cap);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                int at = i * size + j;
                values[at] = free[at] ? clip(values[at] - (tau[i] + tau[j])) : 0;
            }
        }
        return found;
    }

    /**
     * Finds tau for values that may be much greater than the cap, by continuation: for a small multiple of the values
     * first, which is doubled step by step.
     */
    private boolean follow(double[] values, double[] tau, double greatest) {
        double part = 1;
        while (part * greatest > NEAR) {
            part /= 2;
        }
        double[] scaled = new double[values.length];
        for (int i = 0; i < size; i++) {
            tau[i] *= part;
        }
        for (; part < 1; part *= 2) {
            for (int at = 0; at < values.length; at++) {
                scaled[at] = part * values[at];
            }
            search(scaled, tau);
            for (int i = 0; i < size; i++) {
                tau[i] *= 2;
            }
        }
        return search(values, tau);
    }

    private double within(double tau) {
        return atMost ? Math.max(0, tau) : tau;
    }

    private double clip(double value) {
        return Math.max(0, Math.min(cap, value));
    }

    /** Moves tau to the minimum; returns whether all sums are right there. */
    private boolean search(double[] values, double[] tau) {
        double[] excess = new double[size];
        boolean[] inside = new boolean[size * size];
        double[] step = new double[size];
        double[] moved = new double[size];
        double value = value(values, tau, excess, inside);
        for (int k = 0; k < MAX_STEPS; k++) {
            boolean[] fixed = fix(tau, excess);
            double worst = greatest(excess);
            if (worst <= PRECISION * sum) {
                return true;
            }
            newtonStep(inside, fixed, excess, Math.min(1, worst / sum), step);
            double slope = -dot(excess, step);
            double length = 1;
            double next;
            boolean better;
            do {
                for (int i = 0; i < size; i++) {
                    moved[i] = within(tau[i] + length * step[i]);
                }
                next = value(values, moved, excess, inside);
                fix(moved, excess);
                length /= 2;
                better = isBetter(value, next, 1e-4 * length * slope, worst, greatest(excess));
            } while (!better && length > 1e-10);
            if (better) {
                System.arraycopy(moved, 0, tau, 0, size);
                value = next;
            }
            if (!better || greatest(excess) > worst / 2) {
                // far from the minimum the quadratic model of Newton's method is inaccurate
                sweep(values, tau);
                value = value(values, tau, excess, inside);
            }
        }
        return false;
    }

    /** The tau that stay zero, as their column sums are below the bound. */
    private boolean[] fix(double[] tau, double[] excess) {
        boolean[] fixed = new boolean[size];
        for (int i = 0; i < size && atMost; i++) {
            fixed[i] = tau[i] == 0 && excess[i] <= 0;
            excess[i] = fixed[i] ? 0 : excess[i];
        }
        return fixed;
    }

    /** Sets the sum of one column after the other by bisection, which minimises along each tau. */
    private void sweep(double[] values, double[] tau) {
        for (int i = 0; i < size; i++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < size; j++) {
                if (free[i * size + j]) {
                    low = Math.min(low, values[i * size + j] - tau[j] - cap);
                    high = Math.max(high, values[i * size + j] - tau[j]);
                }
            }
            // below zero, so that a column that never reaches the sum ends at zero itself
            low = atMost ? Math.min(low, -cap) : low;
            for (int k = 0; k < BISECTIONS; k++) {
                double middle = (low + high) / 2;
                double total = 0;
                for (int j = 0; j < size; j++) {
                    total += free[i * size + j] ? clip(values[i * size + j] - (tau[j] + middle)) : 0;
                }
                low = total > sum ? middle : low;
                high = total > sum ? high : middle;
            }
            // a column without free entries has bounds that are not finite
            tau[i] = low <= high ? within((low + high) / 2) : 0;
        }
    }

    private static boolean isBetter(double value, double next, double wanted, double worst, double nextWorst) {
        // near the minimum, rounding of the value hides further decrease; the sums decide
        boolean hidden = Math.abs(next - value) <= 1e-12 * Math.abs(value);
        return next <= value + wanted && !hidden || hidden && nextWorst < worst / 2;
    }

    private static double greatest(double[] excess) {
        double worst = 0;
        for (double e : excess) {
            worst = Math.max(worst, Math.abs(e));
        }
        return worst;
    }

    /** The convex function of tau, the excess of each column over its sum, and which entries are within their bounds. */
    private double value(double[] values, double[] tau, double[] excess, boolean[] inside) {
        double value = 0;
        for (int i = 0; i < size; i++) {
            double total = 0;
            for (int j = 0; j < size; j++) {
                int at = i * size + j;
                if (free[at]) {
                    double u = values[at] - (tau[i] + tau[j]);
                    double entry = clip(u);
                    total += entry;
                    value += (u - entry / 2) * entry / 2;
                    inside[at] = u > 0 && u < cap;
                }
            }
            excess[i] = total - sum;
            value += sum * tau[i];
        }
        return value;
    }

    /** Solves {@code (diag(k) + K) step = excess} with K the inside entries and k their number in each row. */
    private void newtonStep(boolean[] inside, boolean[] fixed, double[] excess, double far, double[] step) {
        double[] diagonal = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                diagonal[i] += inside[i * size + j] ? 1 : 0;
            }
            // a column with all entries at a bound has no curvature: its step is its excess
            diagonal[i] = Math.max(diagonal[i], 1) + 1e-3 * far + 1e-10;
        }
        double[] rest = excess.clone();
        double[] direction = excess.clone();
        double[] image = new double[size];
        Arrays.fill(step, 0);
        double squares = dot(rest, rest);
        double enough = squares * 1e-12 * far * far + 1e-300;
        for (int k = 0; k < 2 * size + 10 && squares > enough; k++) {
            for (int i = 0; i < size; i++) {
                double total = diagonal[i] * direction[i];
                for (int j = 0; j < size; j++) {
                    if (inside[i * size + j]) {
                        total += direction[j];
                    }
                }
                image[i] = fixed[i] ? 0 : total;
            }
            double length = squares / dot(direction, image);
            for (int i = 0; i < size; i++) {
                step[i] += length * direction[i];
                rest[i] -= length * image[i];
            }
            double next = dot(rest, rest);
            for (int i = 0; i < size; i++) {
                direction[i] = rest[i] + next / squares * direction[i];
            }
            squares = next;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
