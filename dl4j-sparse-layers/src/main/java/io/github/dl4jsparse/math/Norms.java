package io.github.dl4jsparse.math;

import io.github.dl4jsparse.check.Args;
import java.util.Arrays;
import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Norms of whole arrays, of rows and of columns, by the fastest kernel that the backend has for them.
 * <p>\[ \lVert x \rVert_2 = m \sqrt{\sum_i (x_i / m)^2}, \qquad m = \max_i |x_i| \]
 * where the division by m is left out unless squares of this type over- or underflow: single precision then goes on in double
 * precision, whose squares hold every number of it.
 * <p>Shapes: as said by each method; FLOAT and DOUBLE by fast kernels, other types in double precision.
 */
public final class Norms {
    /** Norms below this count as zero; the smallest power of ten that both float and its inverse hold with room. */
    public static final double SMALLEST = 1e-30;

    /** From this size on two passes of vectorised kernels take less time than ND4J's one of a sum in sequence. */
    private static final long LARGE = 1 << 16;

    /** Entries whose signs stay in the processor's cache until they are used. */
    private static final long PIECE = 1 << 15;

    private Norms() {}

    /**
     * The squared Euclidean norm of all entries.
     * <p>\[ \lVert x \rVert_2^2 = \sum_i x_i^2 \]
     * where the sum is one BLAS dot product, ten times as fast as ND4J's reduction.
     *
     * @param x of any shape. Not modified.
     * @return infinite or 0 only where the sum itself is beyond double precision
     */
    public static double squared(INDArray x) {
        DataType type = x.dataType();
        if (isBlas(type)) {
            INDArray contiguous = x.elementWiseStride() == 1 ? x : x.dup();
            double sum = Nd4j.getBlasWrapper().dot(contiguous, contiguous);
            if (type == DataType.DOUBLE || isExact(sum, type)) {
                return sum;
            }
        }
        return squared(x.castTo(DataType.DOUBLE));
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
        double largest = x.amaxNumber().doubleValue();
        return isScale(largest) ? largest * Math.sqrt(squared(scaled(x, largest))) : largest;
    }

    /**
     * The Euclidean norm of a run of numbers.
     *
     * @param values Not modified.
     * @param from   index of the first
     * @param count  how many
     * @return infinite only where the norm itself is, and 0 only for zeros
     */
    public static double of(double[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += values[i] * values[i];
        }
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

    /** Whether a sum of squares is as exact as its type: neither it nor what it lost can matter. */
    private static boolean isExact(double sum, DataType type) {
        boolean isFloat = type == DataType.FLOAT;
        return Double.isNaN(sum) || (sum > (isFloat ? 1e-28 : 1e-280) && sum < (isFloat ? 1e37 : 1e300));
    }

    /** Whether numbers can be divided by their largest magnitude. */
    private static boolean isScale(double largest) {
        return largest > 0 && largest < Double.POSITIVE_INFINITY;
    }

    /** In two steps, as the inverse of the smallest numbers is infinite. */
    private static INDArray scaled(INDArray x, double largest) {
        double half = Math.sqrt(largest);
        return x.castTo(DataType.DOUBLE).div(half).divi(half);
    }

    private static boolean isBlas(DataType type) {
        return type == DataType.FLOAT || type == DataType.DOUBLE;
    }

    /**
     * The sum of the magnitudes of all entries.
     * <p>\[ \lVert x \rVert_1 = \sum_i |x_i| = x \cdot \mathrm{sign}(x) \]
     * where the product with the signs takes one BLAS dot product a piece, in memory that is kept and reused. It gives the
     * same number to the last bit wherever the array lies in memory; OpenBLAS's own {@code asum} does not, as it sums the
     * entries before the first aligned address apart.
     *
     * @param x of any shape. Not modified.
     */
    public static double absolute(INDArray x) {
        INDArray contiguous = x.elementWiseStride() == 1 ? x : x.dup();
        INDArray column = contiguous.reshape(contiguous.ordering(), x.length(), 1);
        return Scratch.get("NORMS", () -> {
            INDArray room = Nd4j.createUninitialized(x.dataType(), Math.min(PIECE, x.length()), 1);
            double sum = 0;
            for (long start = 0; start < x.length(); start += PIECE) {
                long count = Math.min(PIECE, x.length() - start);
                INDArray piece = Rows.of(column, start, count);
                INDArray signs = Rows.of(room, 0, count);
                Nd4j.exec(new Sign(piece, signs));
                sum += Nd4j.getBlasWrapper().dot(piece, signs);
            }
            return sum;
        });
    }

    /**
     * The Euclidean norm of every row.
     *
     * @param matrix {@code [rows, columns]}. Not modified.
     * @return a number a row, computed in the type of the matrix where its squares hold
     * @throws IllegalArgumentException if the array is no matrix
     */
    public static double[] rows(INDArray matrix) {
        return along(matrix, 1);
    }

    /**
     * The Euclidean norm of every column.
     *
     * @param matrix {@code [rows, columns]}. Not modified.
     * @return a number a column, computed in the type of the matrix where its squares hold
     * @throws IllegalArgumentException if the array is no matrix
     */
    public static double[] columns(INDArray matrix) {
        return along(matrix, 0);
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
        return squares(matrix.castTo(DataType.DOUBLE), 1);
    }

    /**
     * An array whose entries can be squared in its type.
     *
     * @param x Not modified.
     * @return {@code x} itself, or in double precision where squares of single precision would over- or underflow
     */
    public static INDArray squarable(INDArray x) {
        double largest = x.amaxNumber().doubleValue();
        return largest == 0 || (largest > 1e-10 && largest < 1e15) ? x : x.castTo(DataType.DOUBLE);
    }

    private static void requireMatrix(INDArray matrix) {
        if (Args.given("matrix", matrix).rank() != 2) {
            throw Args.failure("matrix", "of rank 2", Arrays.toString(matrix.shape()));
        }
    }

    private static double[] along(INDArray matrix, int dimension) {
        requireMatrix(matrix);
        DataType type = matrix.dataType();
        if (!isBlas(type)) {
            return along(matrix.castTo(DataType.DOUBLE), dimension);
        }
        double[] norms = fast(matrix, dimension);
        for (double norm : norms) {
            if (!isExact(norm * norm, type)) {
                return type == DataType.FLOAT
                        ? along(matrix.castTo(DataType.DOUBLE), dimension)
                        : exact(matrix, dimension);
            }
        }
        return norms;
    }

    private static double[] exact(INDArray matrix, int dimension) {
        double[] values = HostArrays.doubles(dimension == 1 ? matrix : matrix.transpose());
        double[] norms = new double[Math.toIntExact(matrix.size(1 - dimension))];
        int length = Math.toIntExact(matrix.size(dimension));
        for (int i = 0; i < norms.length; i++) {
            norms[i] = of(values, i * length, length);
        }
        return norms;
    }

    private static double[] fast(INDArray matrix, int dimension) {
        if (matrix.length() < LARGE) {
            return matrix.norm2(dimension).toDoubleVector();
        }
        double[] norms = squares(matrix, dimension);
        for (int i = 0; i < norms.length; i++) {
            norms[i] = Math.sqrt(norms[i]);
        }
        return norms;
    }

    /** The squared norms as a product of the squared entries with a vector of ones, in memory that is kept and reused. */
    private static double[] squares(INDArray matrix, int dimension) {
        return Scratch.get("NORMS", () -> {
            DataType type = matrix.dataType();
            INDArray squares = Nd4j.createUninitialized(type, matrix.shape(), matrix.ordering());
            matrix.mul(matrix, squares);
            INDArray ones =
                    Nd4j.createUninitialized(type, matrix.size(dimension)).assign(1);
            INDArray sums = Nd4j.createUninitialized(type, matrix.size(1 - dimension));
            MMulTranspose transpose =
                    MMulTranspose.builder().transposeA(dimension == 0).build();
            Nd4j.exec(new Mmul(squares, ones, sums, transpose));
            return sums.toDoubleVector();
        });
    }
}
