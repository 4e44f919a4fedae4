package io.github.dl4jsparse.internal.math;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.parallel.Blocks;
import io.github.dl4jsparse.internal.parallel.Tasks;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Norms of whole arrays, of rows and of columns, whose bits do not depend on the number of threads.
 * <p>\[ \lVert x \rVert_2 = m \sqrt{\sum_i (x_i / m)^2}, \qquad m = \max_i |x_i| \]
 * where the division by m is left out unless squares of this type over- or underflow: single precision is then computed
 * in double precision, in which squares of all its values are representable.
 * <p>Shapes: as said by each method; FLOAT and DOUBLE by fast kernels, other types in double precision.
 */
public final class Norms {
    /** Norms below this count as zero; a power of ten that is, like its inverse, well within the range of float. */
    public static final double SMALLEST = 1e-30;

    /** The largest length of a dot product that BLAS computes on one thread. */
    private static final long SHORT = 1 << 13;

    private Norms() {}

    /**
     * The squared Euclidean norm of all entries.
     * <p>\[ \lVert x \rVert_2^2 = \sum_i x_i^2 \]
     * where the sum of a block of entries is one BLAS dot product.
     *
     * @param x of any shape. Not modified.
     * @return infinite or 0 only where the sum itself is beyond double precision
     */
    public static double squared(INDArray x) {
        DataType type = x.dataType();
        if (isBlas(type)) {
            double sum = dots(x.elementWiseStride() == 1 ? x : x.dup());
            if (type == DataType.DOUBLE || isExact(sum, type)) {
                return sum;
            }
        }
        return squared(x.castTo(DataType.DOUBLE));
    }

    private static double dots(INDArray contiguous) {
        if (contiguous.length() <= SHORT || Tasks.isWithin()) {
            return Nd4j.getBlasWrapper().dot(contiguous, contiguous);
        }
        INDArray column = contiguous.reshape(contiguous.ordering(), contiguous.length(), 1);
        Blocks blocks = RowBlocks.of(contiguous.length(), 1, RowBlocks.CHEAP);
        double[] dots = new double[blocks.count()];
        // in a task, products have one thread
        blocks.forEach(block -> {
            INDArray part = RowBlocks.examples(column, blocks, block);
            dots[block] = Nd4j.getBlasWrapper().dot(part, part);
        });
        return Arrays.stream(dots).sum();
    }

    /**
     * The Euclidean norm of all entries.
     *
     * @param x of any shape. Not modified.
     * @return infinite only where the norm itself is, and 0 only for zeros
     */
    public static double of(INDArray x) {
        double square = squared(x);
        if (isExact(square, DataType.DOUBLE)) {
            return Math.sqrt(square);
        }
        double largest = largest(x);
        return isScale(largest) ? largest * Math.sqrt(squared(scaled(x, largest))) : largest;
    }

    /**
     * The Euclidean norm of consecutive elements.
     *
     * @param values Not modified.
     * @param from   index of the first
     * @param count  how many
     * @return infinite only where the norm itself is, and 0 only for zeros
     */
    public static double of(double[] values, int from, int count) {
        double sum = squares(values, from, count);
        if (isExact(sum, DataType.DOUBLE)) {
            return Math.sqrt(sum);
        }
        double largest = 0;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        if (!isScale(largest)) {
            return largest;
        }
        sum = 0;
        for (int i = from; i < from + count; i++) {
            double part = values[i] / largest;
            sum += part * part;
        }
        return largest * Math.sqrt(sum);
    }

    /**
     * The sum of squares, from eight elements on in four independent sums, which the processor computes in parallel.
     */
    private static double squares(double[] values, int from, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i + 8 <= from + count; i += 4) {
            a += values[i] * values[i];
            b += values[i + 1] * values[i + 1];
            c += values[i + 2] * values[i + 2];
            d += values[i + 3] * values[i + 3];
        }
        for (; i < from + count; i++) {
            a += values[i] * values[i];
        }
        return a + b + (c + d);
    }

    /**
     * Whether a sum of squares is exact to its type: neither overflow nor underflow of squares can have affected it.
     */
    private static boolean isExact(double sum, DataType type) {
        boolean isFloat = type == DataType.FLOAT;
        return Double.isNaN(sum) || (sum > (isFloat ? 1e-28 : 1e-280) && sum < (isFloat ? 1e37 : 1e300));
    }

    /** Whether numbers can be divided by their largest magnitude. */
    private static boolean isScale(double largest) {
        return largest > 0 && largest < Double.POSITIVE_INFINITY;
    }

    /** Divides in two steps, as the inverse of the smallest numbers is infinite. */
    private static INDArray scaled(INDArray x, double largest) {
        double half = Math.sqrt(largest);
        return x.castTo(DataType.DOUBLE).div(half).divi(half);
    }

    private static boolean isBlas(DataType type) {
        return type == DataType.FLOAT || type == DataType.DOUBLE;
    }

    /**
     * The sum of the magnitudes of all entries.
     * <p>\[ \lVert x \rVert_1 = \sum_i |x_i| \]
     * Its bits depend neither on the address of the array in memory nor on the number of threads.
     *
     * @param x of any shape. Not modified.
     */
    public static double absolute(INDArray x) {
        return ElementSums.of(Norms::addMagnitudes, Norms::addMagnitudes, x);
    }

    private static void addMagnitudes(float[][] a, float[] sums, int n) {
        float[] x = a[0];
        for (int i = 0; i < n; i++) {
            sums[i] += Math.abs(x[i]);
        }
    }

    private static void addMagnitudes(double[][] a, double[] sums, int n) {
        double[] x = a[0];
        for (int i = 0; i < n; i++) {
            sums[i] += Math.abs(x[i]);
        }
    }

    private static void addSquares(float[][] a, float[] sums, int n) {
        float[] x = a[0];
        for (int i = 0; i < n; i++) {
            sums[i] += x[i] * x[i];
        }
    }

    private static void addSquares(double[][] a, double[] sums, int n) {
        double[] x = a[0];
        for (int i = 0; i < n; i++) {
            sums[i] += x[i] * x[i];
        }
    }

    /**
     * The Euclidean norm of every row.
     *
     * @param matrix {@code [rows, columns]}. Not modified.
     * @return a number a row, computed in double precision
     * @throws IllegalArgumentException if the array is no matrix
     */
    public static double[] rows(INDArray matrix) {
        requireMatrix(matrix);
        return HostRows.numbers(RowBlocks.CHEAP, rows -> of(rows[0], 0, rows[0].length), matrix);
    }

    /**
     * The Euclidean norm of every column.
     *
     * @param matrix {@code [rows, columns]}. Not modified.
     * @return a number a column, computed in the type of the matrix where its squares hold
     * @throws IllegalArgumentException if the array is no matrix
     */
    public static double[] columns(INDArray matrix) {
        requireMatrix(matrix);
        if (!HostArrays.isDense(matrix) && HostArrays.isDense(matrix.transpose())) {
            return rows(matrix.transpose());
        }
        double[] norms = ElementSums.columns(Norms::addSquares, Norms::addSquares, matrix);
        for (int j = 0; j < norms.length; j++) {
            if (!isExact(norms[j], matrix.dataType())) {
                // a norm that is zero or near the limits of the type
                return rows(matrix.transpose());
            }
            norms[j] = Math.sqrt(norms[j]);
        }
        return norms;
    }

    /**
     * The Euclidean norm of every row as a column.
     *
     * @param matrix {@code [rows, columns]}. Not modified.
     * @return {@code [rows, 1]} of the type of the matrix, a new array
     */
    public static INDArray column(INDArray matrix) {
        double[] norms = rows(matrix);
        return Nd4j.createFromArray(norms).castTo(matrix.dataType()).reshape(norms.length, 1);
    }

    /**
     * The squared Euclidean norm of every row, summed in double precision.
     *
     * @param matrix {@code [rows, columns]}. Not modified.
     */
    public static double[] squaredRows(INDArray matrix) {
        requireMatrix(matrix);
        return HostRows.numbers(RowBlocks.CHEAP, rows -> squares(rows[0], 0, rows[0].length), matrix);
    }

    /**
     * An array whose entries can be squared in its type.
     *
     * @param x Not modified.
     * @return {@code x} itself, or in double precision where squares of single precision would over- or underflow
     */
    public static INDArray squarable(INDArray x) {
        double largest = largest(x);
        return largest == 0 || (largest > 1e-10 && largest < 1e15) ? x : x.castTo(DataType.DOUBLE);
    }

    /** The largest magnitude of all entries; NaN if an entry is NaN. */
    private static double largest(INDArray x) {
        Chunks chunks = new Chunks(1, Chunks.ordered(false, x));
        double[] ofBlock = new double[chunks.blocks()];
        chunks.forEachBlock(block -> {
            if (chunks.isSingle()) {
                chunks.singles(block, (a, start, n) -> ofBlock[block] = largest(a[0], ofBlock[block], n));
            } else {
                chunks.doubles(block, (a, start, n) -> ofBlock[block] = largest(a[0], ofBlock[block], n));
            }
        });
        return largest(ofBlock, 0, ofBlock.length);
    }

    private static double largest(float[] values, double before, int n) {
        float largest = (float) before;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest;
    }

    private static double largest(double[] values, double before, int n) {
        double largest = before;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest;
    }

    private static void requireMatrix(INDArray matrix) {
        if (Args.given("matrix", matrix).rank() != 2) {
            throw Args.failure("matrix", "of rank 2", Arrays.toString(matrix.shape()));
        }
    }
}
