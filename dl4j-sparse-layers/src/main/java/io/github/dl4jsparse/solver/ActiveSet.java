package io.github.dl4jsparse.solver;

import java.util.Arrays;

/**
 * The active blocks of one example, with their part of the Gram matrix in contiguous memory, so that a pass over them
 * stays in the L1 cache. All values are in double precision.
 */
final class ActiveSet {
    /** The largest number of passes of a round; the next round continues. */
    private static final int MAX_PASSES = 1000;

    private final BlockProblem problem;
    private final boolean[] contained;
    private int[] blocks = new int[64];
    private int count;
    /**
     * Units of the active blocks; for each also its code, c, the slope {@code c - H z} and its row of the Gram matrix.
     */
    private int[] units = new int[64];

    private double[] code = new double[64];
    private double[] linear = new double[64];
    private double[] slope = new double[64];
    private double[][] gram = new double[64][64];
    /** The code at the last call of {@link #takeChanges}. */
    private double[] known = new double[64];
    /** The inverse of the curvature, for an L1 norm. */
    private double[] inverse = new double[64];

    private int size;
    private final double[] moved;

    ActiveSet(BlockProblem problem) {
        this.problem = problem;
        contained = new boolean[problem.blocks];
        int largest = 1;
        for (int b = 0; b < problem.blocks; b++) {
            largest = Math.max(largest, problem.size(b));
        }
        moved = new double[largest];
    }

    void clear() {
        for (int k = 0; k < count; k++) {
            contained[blocks[k]] = false;
        }
        count = 0;
        size = 0;
    }

    int count() {
        return count;
    }

    /** The number of active units. */
    int size() {
        return size;
    }

    boolean contains(int block) {
        return contained[block];
    }

    /**
     * Adds a block.
     *
     * @param allLinear c of all units. Not modified.
     * @param start     the code of all units to begin with; null for zeros. Not modified.
     */
    void add(int block, double[] allLinear, double[] start) {
        contained[block] = true;
        if (count == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * count);
        }
        blocks[count++] = block;
        reserve(size + problem.size(block));
        inverse[size] = 1 / problem.curvature[block];
        for (int unit = problem.starts[block]; unit < problem.starts[block + 1]; unit++) {
            addUnit(unit, allLinear[unit], start == null ? 0 : start[unit]);
        }
    }

    private void addUnit(int unit, double itsLinear, double itsCode) {
        int a = size++;
        double[] all = problem.gram[unit];
        double[] row = gram[a];
        double image = 0;
        for (int c = 0; c < a; c++) {
            double value = all[units[c]];
            row[c] = value;
            gram[c][a] = value;
            image += value * code[c];
        }
        row[a] = all[unit];
        units[a] = unit;
        linear[a] = itsLinear;
        code[a] = itsCode;
        known[a] = 0;
        slope[a] = itsLinear - image;
        if (itsCode != 0) {
            subtract(a, itsCode);
        }
    }

    private void reserve(int wanted) {
        int room = units.length;
        if (wanted <= room) {
            return;
        }
        int wider = Math.max(wanted, 2 * room);
        gram = Arrays.copyOf(gram, wider);
        for (int a = 0; a < wider; a++) {
            gram[a] = a < room ? Arrays.copyOf(gram[a], wider) : new double[wider];
        }
        units = Arrays.copyOf(units, wider);
        code = Arrays.copyOf(code, wider);
        linear = Arrays.copyOf(linear, wider);
        slope = Arrays.copyOf(slope, wider);
        known = Arrays.copyOf(known, wider);
        inverse = Arrays.copyOf(inverse, wider);
    }

    /**
     * The units whose code has changed since the last call.
     *
     * @param changed overwritten with their indices
     * @param by      overwritten with the changes
     * @return how many
     */
    int takeChanges(int[] changed, double[] by) {
        int number = 0;
        for (int a = 0; a < size; a++) {
            double change = code[a] - known[a];
            if (change != 0) {
                changed[number] = units[a];
                by[number++] = change;
                known[a] = code[a];
            }
        }
        return number;
    }

    /** Counts the next changes from codes of zero. */
    void forgetChanges() {
        Arrays.fill(known, 0, size, 0);
    }

    /** Replaces the slopes by those of all units. */
    void correctSlope(double[] all) {
        for (int a = 0; a < size; a++) {
            slope[a] = all[units[a]];
        }
    }

    /** {@code <c, z>}. */
    double onLinear() {
        return dot(linear);
    }

    /** {@code <q, z>}. */
    double onSlope() {
        return dot(slope);
    }

    private double dot(double[] other) {
        double sum = 0;
        for (int a = 0; a < size; a++) {
            sum += code[a] * other[a];
        }
        return sum;
    }

    /** The penalty of the code. */
    double penalty() {
        double sum = 0;
        int from = 0;
        for (int k = 0; k < count; k++) {
            int length = problem.size(blocks[k]);
            sum += problem.penalty.blockValue(blocks[k], code, from, length);
            from += length;
        }
        return sum;
    }

    /** Writes the code of the active units into that of all units, block by block. */
    void copyCode(double[] all) {
        for (int a = 0; a < size; a++) {
            all[units[a]] = code[a];
        }
    }

    /** Writes zeros at the same positions. */
    void clearCode(double[] all) {
        for (int a = 0; a < size; a++) {
            all[units[a]] = 0;
        }
    }

    /** Writes the code of the active units into a batch, in the decoder's order. */
    void copyCode(double[] codes, int base) {
        for (int a = 0; a < size; a++) {
            codes[base + problem.members[units[a]]] = code[a];
        }
    }

    /**
     * Passes over the active blocks until one pass lowers the energy by less than a bound.
     *
     * @param sufficient energy
     */
    void solve(double sufficient) {
        double decrease = Double.POSITIVE_INFINITY;
        for (int pass = 0; pass < MAX_PASSES && decrease > sufficient; pass++) {
            decrease = problem.isPlain() ? passOverUnits() : passOverBlocks();
        }
    }

    /** One pass for an L1 norm; returns a lower bound of the decrease of the energy. */
    private double passOverUnits() {
        double decrease = 0;
        double lambda = problem.lambda;
        boolean nonNegative = problem.nonNegative;
        for (int a = 0; a < size; a++) {
            double old = code[a];
            double drive = slope[a];
            if (old == 0 && drive <= lambda && (nonNegative || drive >= -lambda)) {
                continue;
            }
            double target = old + drive * inverse[a];
            double threshold = lambda * inverse[a];
            double next = nonNegative ? positive(target, threshold) : soft(target, threshold);
            double change = next - old;
            if (change != 0) {
                code[a] = next;
                subtract(a, change);
                decrease += 0.5 * change * change / inverse[a];
            }
        }
        return decrease;
    }

    /** The soft threshold, and NaN of NaN. */
    private static double soft(double value, double threshold) {
        if (Math.abs(value) <= threshold) {
            return 0;
        }
        return value > 0 ? value - threshold : value + threshold;
    }

    private static double positive(double value, double threshold) {
        return value <= threshold ? 0 : value - threshold;
    }

    /** One pass for any penalty. */
    private double passOverBlocks() {
        double decrease = 0;
        int from = 0;
        for (int k = 0; k < count; k++) {
            int length = problem.size(blocks[k]);
            decrease += updateBlock(blocks[k], from, length);
            from += length;
        }
        return decrease;
    }

    private double updateBlock(int block, int from, int length) {
        double curvature = problem.curvature[block];
        for (int i = 0; i < length; i++) {
            moved[i] = code[from + i] + slope[from + i] / curvature;
        }
        problem.penalty.proxBlock(block, moved, 0, length, 1 / curvature);
        double squares = 0;
        for (int i = 0; i < length; i++) {
            double change = moved[i] - code[from + i];
            if (change != 0) {
                code[from + i] = moved[i];
                squares += change * change;
                subtract(from + i, change);
            }
        }
        return 0.5 * curvature * squares;
    }

    /** {@code slope -= change * (row of the active Gram matrix)}. */
    private void subtract(int a, double change) {
        double[] row = gram[a];
        double[] target = slope;
        int length = size;
        for (int c = 0; c < length; c++) {
            target[c] -= change * row[c];
        }
    }
}
