package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.BlockSeparable;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.math.HostArrays;

/**
 * What all examples of a batch share in coordinate descent: the Gram matrix with the units of each block side by side, and
 * the curvature of every block.
 */
final class BlockProblem {
    final BlockSeparable penalty;
    final int units;
    final int blocks;
    /** First unit of each block, in the order of {@link #members}. */
    final int[] starts;
    /** The decoder's number of each unit, block by block. */
    final int[] members;
    /** Rows and columns block by block. */
    final double[] gram;
    /** The largest eigenvalue of each diagonal block; 0 for atoms of zeros. */
    final double[] curvature;

    BlockProblem(Quadratic quadratic, double predictionWeight, BlockSeparable penalty) {
        this.penalty = penalty;
        units = quadratic.gram().rows();
        Groups groups = penalty.blocks(units);
        blocks = groups.count();
        starts = groups.offsets();
        members = groups.members();
        gram = ordered(HostArrays.doubles(quadratic.gram()));
        for (int i = 0; i < units; i++) {
            gram[i * units + i] += predictionWeight;
        }
        curvature = new double[blocks];
        for (int b = 0; b < blocks; b++) {
            curvature[b] = largestEigenvalue(starts[b], size(b));
        }
    }

    private double[] ordered(double[] original) {
        double[] result = new double[original.length];
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < units; j++) {
                result[i * units + j] = original[members[i] * units + members[j]];
            }
        }
        return result;
    }

    int size(int block) {
        return starts[block + 1] - starts[block];
    }

    /**
     * An upper bound of the largest eigenvalue of a diagonal block, exact for one unit and at most 2 % high for four.
     * <p>\[ \lambda_{\max}(A) \le \mathrm{tr}(A^{64})^{1/64} \le n^{1/64} \lambda_{\max}(A) \]
     */
    private double largestEigenvalue(int start, int size) {
        double[] power = new double[size * size];
        for (int i = 0; i < size; i++) {
            System.arraycopy(gram, (start + i) * units + start, power, i * size, size);
        }
        double scale = 1;
        double exponent = 1;
        double bound = trace(power, size);
        for (int k = 0; k < (size > 1 ? 6 : 0) && bound > 0; k++) {
            // normalised by its trace, so that nothing overflows
            double trace = trace(power, size);
            scale *= Math.pow(trace, 1 / exponent);
            power = squared(power, size, 1 / trace);
            exponent *= 2;
            bound = scale * Math.pow(trace(power, size), 1 / exponent);
        }
        return bound;
    }

    private static double trace(double[] a, int size) {
        double trace = 0;
        for (int i = 0; i < size; i++) {
            trace += a[i * size + i];
        }
        return trace;
    }

    private static double[] squared(double[] a, int size, double factor) {
        double[] result = new double[a.length];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                double value = a[i * size + k] * factor * factor;
                for (int j = 0; j < size; j++) {
                    result[i * size + j] += value * a[k * size + j];
                }
            }
        }
        return result;
    }

    /** {@code target -= factor * (row of the Gram matrix)}, over all units. */
    void subtractRow(int row, double factor, double[] target) {
        int base = row * units;
        for (int j = 0; j < target.length; j++) {
            target[j] -= factor * gram[base + j];
        }
    }
}
