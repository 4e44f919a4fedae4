package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.BlockSeparable;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.parallel.Blocks;
import io.github.dl4jsparse.solver.Solution.Certificate;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The part of coordinate descent that all examples of a batch share: the Gram matrix with the units of each block
 * consecutive, and the curvature of every block.
 */
final class BlockProblem {
    /** Curvatures between this and its inverse have inverses and products within the range of single precision. */
    private static final double SMALL = 1e-12;
    /** Rows of the Gram matrix that one thread copies. */
    private static final int ROWS = 128;

    final BlockSeparable penalty;
    final int units;
    final int blocks;
    /** First unit of each block, in the order of {@link #members}. */
    final int[] starts;
    /** The decoder's index of each unit, block by block. */
    final int[] members;
    /** Whether that is the decoder's order. */
    private final boolean isOrdered;
    /** H, rows and columns block by block; each row is an array, whose loops the JIT compiler vectorises. */
    final double[][] gram;
    /** The same in single precision; null where it would over- or underflow. */
    final float[][] single;
    /** The largest eigenvalue of each diagonal block; 0 for atoms of zeros. */
    final double[] curvature;
    /** The one weight of an L1 norm, whose updates are computed without a call of the penalty; 0 for other penalties. */
    final double lambda;
    /** Whether the penalty has a dual norm, so that certificates are duality gaps. */
    final boolean hasDualNorm;
    /** Whether that L1 norm is the non-negative one. */
    final boolean nonNegative;

    /**
     * @param decoderGram {@code D'D} in double precision. Not modified.
     */
    BlockProblem(INDArray decoderGram, double predictionWeight, BlockSeparable penalty) {
        this.penalty = penalty;
        units = decoderGram.rows();
        Groups groups = penalty.blocks(units);
        blocks = groups.count();
        starts = groups.offsets();
        members = groups.members();
        isOrdered = isInOrder();
        gram = ordered(HostArrays.doubles(decoderGram));
        curvature = new double[blocks];
        for (int i = 0; i < units; i++) {
            gram[i][i] += predictionWeight;
        }
        boolean isModerate = true;
        for (int b = 0; b < blocks; b++) {
            curvature[b] = largestEigenvalue(starts[b], size(b));
            isModerate &= curvature[b] == 0 || (curvature[b] > SMALL && curvature[b] < 1 / SMALL);
        }
        single = isModerate ? rounded() : null;
        Optional<L1Penalty> plain = penalty.asL1().filter(l1 -> l1.weight().isOne() && single != null);
        lambda = plain.map(l1 -> l1.weight().of(0)).orElse(0.0);
        hasDualNorm = penalty.dualNorms(Nd4j.zeros(DataType.DOUBLE, 1, units)).isPresent();
        nonNegative = plain.map(L1Penalty::nonNegative).orElse(false);
    }

    private boolean isInOrder() {
        for (int i = 0; i < units; i++) {
            if (members[i] != i) {
                return false;
            }
        }
        return true;
    }

    private double[][] ordered(double[] original) {
        double[][] result = new double[units][units];
        forEachRow(i -> order(original, members[i] * units, result[i]));
        return result;
    }

    private float[][] rounded() {
        float[][] result = new float[units][units];
        forEachRow(i -> round(gram[i], result[i]));
        return result;
    }

    private static void round(double[] values, float[] rounded) {
        for (int j = 0; j < rounded.length; j++) {
            rounded[j] = (float) values[j];
        }
    }

    private void forEachRow(IntConsumer work) {
        Blocks parts = Blocks.of(units, ROWS);
        parts.forEach(b -> {
            for (long i = parts.first(b); i < parts.first(b) + parts.size(b); i++) {
                work.accept((int) i);
            }
        });
    }

    /** Whether the penalty is an L1 norm of one weight above 0. */
    boolean isPlain() {
        return lambda > 0;
    }

    /** The kind of a row's certificate. */
    Certificate certificate() {
        return hasDualNorm ? Certificate.DUALITY_GAP : Certificate.SUBGRADIENT_DISTANCE;
    }

    /** Copies a row of a batch from the decoder's order to that of the blocks. */
    void order(double[] batch, int base, double[] row) {
        if (isOrdered) {
            System.arraycopy(batch, base, row, 0, units);
            return;
        }
        for (int i = 0; i < units; i++) {
            row[i] = batch[base + members[i]];
        }
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
            System.arraycopy(gram[start + i], start, power, i * size, size);
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
}
