package io.github.dl4jsparse.solver;

import java.util.Arrays;

/**
 * The blocks on which one example is solved, with their part of the Gram matrix side by side, so that a pass over them
 * stays in the fastest cache.
 */
final class ActiveSet {
    /** Passes after which a round ends in any case; the next round goes on. */
    private static final int MAX_PASSES = 1000;

    private final BlockProblem problem;
    private final boolean[] contained;
    private int[] blocks = new int[64];
    private int count;
    /** Units of the active blocks. */
    private int[] units = new int[64];

    private int size;
    private double[] gram = new double[64 * 64];
    private int stride = 64;
    private double[] slope = new double[64];
    /** The code of all units that the slope was last computed with, once it was. */
    private final double[] known;

    private boolean fresh;
    private final double[] moved;
    private final double[] before;

    ActiveSet(BlockProblem problem) {
        this.problem = problem;
        contained = new boolean[problem.blocks];
        known = new double[problem.units];
        moved = new double[problem.units];
        before = new double[problem.units];
    }

    void clear() {
        for (int k = 0; k < count; k++) {
            contained[blocks[k]] = false;
        }
        for (int a = 0; a < size; a++) {
            known[units[a]] = 0;
        }
        count = 0;
        size = 0;
        fresh = true;
    }

    int count() {
        return count;
    }

    boolean contains(int block) {
        return contained[block];
    }

    /** Adds a block and its rows and columns of the Gram matrix. */
    void add(int block) {
        contained[block] = true;
        if (count == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * count);
        }
        blocks[count++] = block;
        int from = size;
        int to = size + problem.size(block);
        reserve(to);
        for (int a = from; a < to; a++) {
            units[a] = problem.starts[block] + a - from;
        }
        size = to;
        for (int a = from; a < to; a++) {
            int row = units[a] * problem.units;
            for (int c = 0; c < to; c++) {
                double value = problem.gram[row + units[c]];
                gram[a * stride + c] = value;
                gram[c * stride + a] = value;
            }
        }
    }

    private void reserve(int wanted) {
        if (wanted <= stride) {
            return;
        }
        int wider = Math.max(wanted, 2 * stride);
        double[] larger = new double[wider * wider];
        for (int a = 0; a < size; a++) {
            System.arraycopy(gram, a * stride, larger, a * wider, size);
        }
        gram = larger;
        stride = wider;
        units = Arrays.copyOf(units, wider);
        slope = new double[wider];
    }

    /** {@code slope = linear - H code}, from what it was at the last call and what has changed in the active units. */
    void refreshSlope(double[] code, double[] linear, double[] target) {
        if (fresh) {
            System.arraycopy(linear, 0, target, 0, linear.length);
            fresh = false;
        }
        for (int a = 0; a < size; a++) {
            int unit = units[a];
            double change = code[unit] - known[unit];
            if (change != 0) {
                problem.subtractRow(unit, change, target);
                known[unit] = code[unit];
            }
        }
    }

    /**
     * Passes over the active blocks until one pass lowers the energy by less than a bound.
     *
     * @param code       of all units. Modified in place on the active ones.
     * @param fullSlope  of all units, of the code as it comes. Not modified.
     * @param sufficient energy
     */
    void solve(double[] code, double[] fullSlope, double sufficient) {
        for (int a = 0; a < size; a++) {
            slope[a] = fullSlope[units[a]];
        }
        double decrease = Double.POSITIVE_INFINITY;
        for (int pass = 0; pass < MAX_PASSES && decrease > sufficient; pass++) {
            decrease = pass(code);
        }
    }

    /** One pass; returns a lower bound of the decrease of the energy. */
    private double pass(double[] code) {
        double decrease = 0;
        int from = 0;
        for (int k = 0; k < count; k++) {
            int block = blocks[k];
            int length = problem.size(block);
            decrease += length == 1 ? updateUnit(block, from, code) : updateBlock(block, from, length, code);
            from += length;
        }
        return decrease;
    }

    private double updateUnit(int block, int a, double[] code) {
        int unit = units[a];
        double curvature = problem.curvature[block];
        double old = code[unit];
        moved[0] = old + slope[a] / curvature;
        problem.penalty.proxBlock(block, moved, 0, 1, 1 / curvature);
        double change = moved[0] - old;
        if (change == 0) {
            return 0;
        }
        code[unit] = moved[0];
        subtract(a, change);
        return 0.5 * curvature * change * change;
    }

    private double updateBlock(int block, int from, int length, double[] code) {
        int start = problem.starts[block];
        double curvature = problem.curvature[block];
        for (int i = 0; i < length; i++) {
            before[i] = code[start + i];
            moved[i] = before[i] + slope[from + i] / curvature;
        }
        problem.penalty.proxBlock(block, moved, 0, length, 1 / curvature);
        double squares = 0;
        for (int i = 0; i < length; i++) {
            double change = moved[i] - before[i];
            if (change != 0) {
                code[start + i] = moved[i];
                squares += change * change;
                subtract(from + i, change);
            }
        }
        return 0.5 * curvature * squares;
    }

    /** {@code slope -= change * (row of the active Gram matrix)}. */
    private void subtract(int row, double change) {
        int base = row * stride;
        for (int c = 0; c < size; c++) {
            slope[c] -= change * gram[base + c];
        }
    }
}
