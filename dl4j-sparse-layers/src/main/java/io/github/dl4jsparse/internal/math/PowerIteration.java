package io.github.dl4jsparse.internal.math;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Estimates the largest eigenvalue of a symmetric positive semi-definite operator.
 * <p>\[ v \leftarrow A v / \lVert A v \rVert_2, \qquad \lambda \approx \lVert A v \rVert_2 \]
 * where A is given as a function. The estimate approaches the eigenvalue from below, so multiply it by
 * {@link #SAFETY} where an upper bound is wanted.
 * <p>Shapes: A maps an array to one of the same shape and must not modify its argument.
 * <p>Reference: Golub and Van Loan, Matrix Computations, 4th edition, section 8.2, 2013.
 */
public final class PowerIteration {
    /** Factor that makes an upper bound of a converged estimate. */
    public static final double SAFETY = 1.001;

    private static final int MAX_ROUNDS = 1000;
    private static final double TOLERANCE = 1e-7;

    private PowerIteration() {}

    /**
     * Iterates until the estimate changes by less than {@code tolerance} of itself.
     *
     * @param operator      A, symmetric and positive semi-definite
     * @param start         the vector to start from, not zero. Not modified.
     * @param maxIterations the most products with A, at least 1
     * @param tolerance     relative change at which to stop, &gt; 0
     * @return the estimate; 0 where A maps the start to zero
     */
    public static double largestEigenvalue(
            UnaryOperator<INDArray> operator, INDArray start, int maxIterations, double tolerance) {
        Args.atLeast("maxIterations", maxIterations, 1);
        Args.positive("tolerance", tolerance);
        INDArray v = unit(start, Args.positive("norm of start", Norms.of(start)));
        double estimate = 0;
        for (int i = 0; i < maxIterations; i++) {
            INDArray next = operator.apply(v);
            double norm = Norms.of(next);
            if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
                return norm;
            }
            v = unit(next, norm);
            if (Math.abs(norm - estimate) <= tolerance * norm) {
                return norm;
            }
            estimate = norm;
        }
        return estimate;
    }

    /** Divides in two steps, as the inverse of a norm near the limits of the type over- or underflows. */
    private static INDArray unit(INDArray vector, double norm) {
        double half = Math.sqrt(norm);
        return vector.div(half).divi(half);
    }

    /**
     * An upper bound of the largest eigenvalue of {@code W' W}, the square of the spectral norm of W.
     *
     * @param weights {@code W: [rows, columns]}. Not modified.
     */
    public static double squaredSpectralNorm(INDArray weights) {
        // Works on the smaller Gram matrix; a fixed random start is almost surely orthogonal to no eigenvector.
        INDArray w = weights.rows() < weights.columns() ? weights.transpose() : weights;
        double largest = w.amaxNumber().doubleValue();
        boolean isFloat = w.dataType() == DataType.FLOAT;
        if (largest > 0 && (largest < (isFloat ? 1e-8 : 1e-100) || largest > (isFloat ? 1e8 : 1e100))) {
            // products of such entries, or of the rows of their Gram matrix, may overflow
            INDArray scaled = w.castTo(DataType.DOUBLE).div(largest);
            return squaredSpectralNorm(scaled) * largest * largest;
        }
        INDArray gram = Nd4j.gemm(w, w, true, false);
        return upperBound(gram::mmul, gram.dataType(), gram.rows(), 1);
    }

    /**
     * An upper bound of the largest eigenvalue of an operator, from a random start with a fixed seed.
     *
     * @param operator symmetric and positive semi-definite
     * @param type     of the arrays that it maps
     * @param shape    of the arrays that it maps
     */
    public static double upperBound(UnaryOperator<INDArray> operator, DataType type, long... shape) {
        double[] values = new Random(1)
                .doubles(Arrays.stream(shape).reduce(1, (a, b) -> a * b), 0.5, 1.5)
                .toArray();
        INDArray start = Nd4j.create(values, shape, DataType.DOUBLE).castTo(type);
        return SAFETY * largestEigenvalue(operator, start, MAX_ROUNDS, TOLERANCE);
    }

    /**
     * An upper bound of the largest eigenvalue of operators that differ from row to row, from random starts with a
     * fixed seed.
     * <p>\[ v_b \leftarrow A_b v_b / \lVert A_b v_b \rVert_2, \qquad \lambda = \max_b \lVert A_b v_b \rVert_2 \]
     *
     * @param operator maps every row by its own symmetric and positive semi-definite {@code A_b}
     * @param type     of the arrays that it maps
     * @param rows     of those arrays
     * @param columns  of those arrays
     */
    public static double upperBoundOfRows(UnaryOperator<INDArray> operator, DataType type, long rows, long columns) {
        double[] values = new Random(1).doubles(columns, 0.5, 1.5).toArray();
        INDArray start = Nd4j.create(values, new long[] {1, columns}, DataType.DOUBLE);
        INDArray v =
                start.div(Norms.of(start)).castTo(type).repeat(0, (int) rows).dup('c');
        double[] estimates = new double[(int) rows];
        for (int i = 0; i < MAX_ROUNDS; i++) {
            INDArray next = operator.apply(v);
            double[] norms = Norms.rows(next);
            boolean settled = true;
            for (int b = 0; b < norms.length; b++) {
                settled &= Math.abs(norms[b] - estimates[b]) <= TOLERANCE * norms[b] || Double.isNaN(norms[b]);
            }
            estimates = norms;
            INDArray factors = Nd4j.createFromArray(
                            Arrays.stream(norms).map(n -> n > 0 ? 1 / n : 0).toArray())
                    .reshape(rows, 1);
            v = next.muliColumnVector(factors.castTo(type));
            if (settled) {
                break;
            }
        }
        return SAFETY * Arrays.stream(estimates).max().orElse(0);
    }
}
