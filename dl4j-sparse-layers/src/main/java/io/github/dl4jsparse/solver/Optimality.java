package io.github.dl4jsparse.solver;

/**
 * The optimality of the code of one example: its energy, its certificate, and the blocks outside of the active set that
 * a proximal step would change.
 * <p>The certificate is the {@link Certifier}'s: the duality gap where the penalty has a dual norm, else
 * \[ \Bigl( \sum_b \mathrm{dist}(q_b, \partial\,\mathrm{penalty}_b(z_b))^2 \Bigr)^{1/2} / \lVert c \rVert, \]
 * in which the term of a block outside of the active set is the length of a proximal step of size 1.
 * <p>Values of the active units alone are always in double precision; the dual norm is that of a slope in single
 * precision as long as {@link FullSlope} is rough, and then at least 1.
 */
final class Optimality {
    private final BlockProblem problem;
    private final ActiveSet active;
    private final FullSlope slope;
    private final int[] found;
    /**
     * Blocks outside of the active set that a proximal step would change; {@code violation} holds the lengths of these
     * steps.
     */
    private final int[] violators;

    private final double[] violation;
    private int count;
    private final double[] point;
    private final double[] moved;
    private double energy;
    private double certificate;
    private double dualNorm;
    private double squaredDistance;

    Optimality(BlockProblem problem, ActiveSet active, FullSlope slope) {
        this.problem = problem;
        this.active = active;
        this.slope = slope;
        found = new int[problem.units + 1];
        violators = new int[problem.blocks];
        violation = new double[problem.blocks];
        point = new double[problem.isPlain() ? 0 : problem.units];
        moved = new double[problem.units];
    }

    double energy() {
        return energy;
    }

    double certificate() {
        return certificate;
    }

    double dualNorm() {
        return dualNorm;
    }

    /**
     * Measures at the current code and slope.
     *
     * @param squares s
     * @return the number of violators
     */
    int measure(double squares) {
        if (!slope.isRough()) {
            active.correctSlope(slope.exact());
        }
        count = 0;
        squaredDistance = 0;
        if (problem.isPlain()) {
            measureUnits();
        } else {
            measureBlocks();
        }
        double onSlope = active.onSlope();
        double penalty = active.penalty();
        double residual = Math.max(0, squares - active.onLinear() - onSlope);
        energy = residual / 2 + penalty;
        certificate = problem.hasDualNorm
                ? Certifier.relativeGap(residual, onSlope, penalty, dualNorm)
                : (squaredDistance == 0 ? 0 : Math.sqrt(squaredDistance / slope.linearSquares()));
        return count;
    }

    private void measureUnits() {
        double lambda = problem.lambda;
        boolean nonNegative = problem.nonNegative;
        boolean isRough = slope.isRough();
        int exceeding = isRough
                ? Exceeding.find(slope.rough(), lambda, nonNegative, found)
                : Exceeding.find(slope.exact(), lambda, nonNegative, found);
        double largest = isRough ? lambda : Exceeding.largest(slope.exact(), nonNegative);
        for (int k = 0; k < exceeding; k++) {
            int unit = found[k];
            double magnitude = Math.abs(isRough ? slope.rough()[unit] : slope.exact()[unit]);
            largest = magnitude > largest ? magnitude : largest;
            if (!active.contains(unit) && problem.curvature[unit] > 0) {
                violators[count] = unit;
                violation[count++] = magnitude - lambda;
            }
        }
        dualNorm = largest / lambda;
    }

    private void measureBlocks() {
        if (slope.isRough()) {
            slope.widen();
        }
        double[] all = slope.exact();
        active.copyCode(point);
        double largest = 0;
        for (int b = 0; b < problem.blocks; b++) {
            int start = problem.starts[b];
            int size = problem.size(b);
            if (problem.hasDualNorm) {
                double norm = problem.penalty.blockDualNorm(b, all, start, size);
                largest = norm > largest || Double.isNaN(norm) ? norm : largest;
                if (norm <= 1 || active.contains(b)) {
                    continue;
                }
            }
            System.arraycopy(all, start, moved, start, size);
            double distance = problem.penalty.blockDistance(b, point, moved, start, size);
            squaredDistance += distance * distance;
            if (!active.contains(b) && problem.curvature[b] > 0 && distance > 0) {
                violators[count] = b;
                violation[count++] = distance;
            }
        }
        active.clearCode(point);
        dualNorm = problem.hasDualNorm ? largest : Double.NaN;
    }

    /**
     * Adds the worst violators to the active set.
     *
     * @param wanted how many; more if several are equal
     * @param linear c of all units. Not modified.
     */
    void addWorst(int wanted, double[] linear) {
        double threshold = count > wanted ? Selection.greatest(violation, count, wanted) : 0;
        for (int k = 0; k < count; k++) {
            if (violation[k] >= threshold) {
                active.add(violators[k], linear, null);
            }
        }
    }
}
