package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The proximal operator of norms of overlapping groups, by its dual problem.
 * <p>\[ \min_z \tfrac12 \lVert z - v \rVert^2 + r \sum_g \lVert W_g z_g \rVert
 * = \max_{\lVert \eta_g \rVert \le r} \tfrac12 \lVert v \rVert^2 - \tfrac12 \lVert v - \sum_g W_g \eta_g \rVert^2,
 * \qquad z = v - \sum_g W_g \eta_g \]
 * where W holds the square roots of the weights. The gradient step of group g has length
 * {@code 1 / max over its units j of the sum of the weights of j in all groups}, a majoriser of the dual's Hessian.
 * Momentum is reset where it points uphill.
 * <p>Reference: Beck and Teboulle, A fast iterative shrinkage-thresholding algorithm, SIAM J. Imaging Sciences 2, 2009;
 * O'Donoghue and Candes, Adaptive restart for accelerated gradient schemes, Found. Comput. Math. 15, 2015.
 */
final class OverlappingProx {
    static final int MOST_ITERATIONS = 20_000;

    private static final int CHECK_EVERY = 10;

    private final Groups groups;
    private final int[] live;
    private final double radius;
    /** The square root of the weight at each position. */
    private final double[] roots;

    private final double[] steps;
    /** For each unit the sum of its weights in all groups. */
    private final double[] totals;

    private final double[] dual;
    private double[] drive;
    private double[] code;

    /**
     * A problem for one code.
     *
     * @param isLive which groups count
     * @param radius r, &gt; 0
     */
    OverlappingProx(Groups groups, IntPredicate isLive, double radius) {
        this.groups = groups;
        this.radius = radius;
        live = IntStream.range(0, groups.count()).filter(isLive).toArray();
        int places = groups.start(groups.count());
        dual = new double[places];
        roots = new double[places];
        totals = new double[groups.units()];
        steps = new double[groups.count()];
        for (int g : live) {
            for (int i = groups.start(g); i < groups.start(g + 1); i++) {
                roots[i] = Math.sqrt(groups.weight(i));
                totals[groups.member(i)] += groups.weight(i);
            }
        }
        for (int g : live) {
            double largest = 0;
            for (int i = groups.start(g); i < groups.start(g + 1); i++) {
                largest = Math.max(largest, totals[groups.member(i)]);
            }
            steps[g] = 1 / largest;
        }
    }

    /**
     * Replaces a point by its proximal point.
     *
     * @param point     v. Modified in place.
     * @param tolerance on the duality gap, relative to the objective
     * @return whether the tolerance was reached
     */
    boolean solve(double[] point, double tolerance) {
        drive = point.clone();
        code = point;
        startFromShares();
        double[] momentum = dual.clone();
        double[] before = new double[dual.length];
        double age = 1;
        boolean solved = isSolved(tolerance);
        for (int k = 1; !solved && k <= MOST_ITERATIONS; k++) {
            System.arraycopy(dual, 0, before, 0, dual.length);
            setCode(momentum);
            step(momentum);
            double next = (1 + Math.sqrt(1 + 4 * age * age)) / 2;
            double uphill = 0;
            for (int i = 0; i < dual.length; i++) {
                uphill += (momentum[i] - dual[i]) * (dual[i] - before[i]);
            }
            double factor = uphill > 0 ? 0 : (age - 1) / next;
            age = uphill > 0 ? 1 : next;
            for (int i = 0; i < dual.length; i++) {
                momentum[i] = dual[i] + factor * (dual[i] - before[i]);
            }
            solved = k % CHECK_EVERY == 0 && isSolved(tolerance);
        }
        setCode(dual);
        setZeros();
        return solved;
    }

    /** Starts by dividing the point among the groups of each unit, which is the solution where that is zero. */
    private void startFromShares() {
        for (int g : live) {
            for (int i = groups.start(g); i < groups.start(g + 1); i++) {
                int unit = groups.member(i);
                dual[i] = roots[i] * drive[unit] / totals[unit];
            }
            project(g);
        }
    }

    private void step(double[] from) {
        for (int g : live) {
            for (int i = groups.start(g); i < groups.start(g + 1); i++) {
                dual[i] = from[i] + steps[g] * roots[i] * code[groups.member(i)];
            }
            project(g);
        }
    }

    private void project(int group) {
        double norm = dualNorm(group);
        if (norm > radius) {
            for (int i = groups.start(group); i < groups.start(group + 1); i++) {
                dual[i] *= radius / norm;
            }
        }
    }

    private double dualNorm(int group) {
        double sum = 0;
        for (int i = groups.start(group); i < groups.start(group + 1); i++) {
            sum += dual[i] * dual[i];
        }
        return Math.sqrt(sum);
    }

    private void setCode(double[] duals) {
        System.arraycopy(drive, 0, code, 0, code.length);
        for (int g : live) {
            for (int i = groups.start(g); i < groups.start(g + 1); i++) {
                code[groups.member(i)] -= roots[i] * duals[i];
            }
        }
    }

    private boolean isSolved(double tolerance) {
        setCode(dual);
        double gap = 0;
        for (int g : live) {
            double inner = 0;
            for (int i = groups.start(g); i < groups.start(g + 1); i++) {
                inner += roots[i] * code[groups.member(i)] * dual[i];
            }
            gap += radius * norm(code, g) - inner;
        }
        return gap <= tolerance * objective(code);
    }

    private double norm(double[] values, int group) {
        double sum = 0;
        for (int i = groups.start(group); i < groups.start(group + 1); i++) {
            double value = roots[i] * values[groups.member(i)];
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    private double objective(double[] values) {
        double sum = 0;
        for (int j = 0; j < values.length; j++) {
            double difference = values[j] - drive[j];
            sum += difference * difference / 2;
        }
        for (int g : live) {
            sum += radius * norm(values, g);
        }
        return sum;
    }

    /** Sets the units of groups to zero whose dual vector is inside its ball, unless that increases the objective. */
    private void setZeros() {
        double reached = objective(code) * (1 + 1e-15);
        for (double margin = 1e-8; margin < 1; margin *= 10) {
            double[] rival = code.clone();
            for (int g : live) {
                if (dualNorm(g) < radius * (1 - margin)) {
                    for (int i = groups.start(g); i < groups.start(g + 1); i++) {
                        rival[groups.member(i)] = 0;
                    }
                }
            }
            if (objective(rival) <= reached) {
                System.arraycopy(rival, 0, code, 0, code.length);
                return;
            }
        }
    }
}
