package io.github.dl4jsparse.internal.math;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Divides the rows or columns of a matrix by their Euclidean norms.
 * <p>\[ x \leftarrow x / \lVert x \rVert_2 \]
 * where x is a row or a column, of any magnitude of the type; a row or column of zeros is not changed.
 * <p>Shapes: any matrix, a view too.
 * <p>Errors: {@link IllegalArgumentException} if the array is no matrix.
 */
public final class UnitVectors {
    private UnitVectors() {}

    /**
     * Divides every row by its norm.
     *
     * @param matrix {@code [rows, columns]}. Modified in place.
     * @return {@code matrix}
     */
    public static INDArray rows(INDArray matrix) {
        double[] divisors = divisors(Norms.rows(matrix), matrix.dataType());
        if (divisors == null) {
            double[] values = HostArrays.doubles(matrix);
            scale(values, Math.toIntExact(matrix.size(1)));
            HostArrays.write(values, matrix);
            return matrix;
        }
        return matrix.diviColumnVector(
                Nd4j.createFromArray(divisors).castTo(matrix.dataType()).reshape(divisors.length, 1));
    }

    /**
     * Divides every column by its norm.
     *
     * @param matrix {@code [rows, columns]}. Modified in place.
     * @return {@code matrix}
     */
    public static INDArray columns(INDArray matrix) {
        rows(matrix.transpose());
        return matrix;
    }

    /** The divisors; null if one is so near to the limits of the type that division in two steps is needed. */
    private static double[] divisors(double[] norms, DataType type) {
        double least = type == DataType.DOUBLE ? 1e-290 : 1e-36;
        for (double norm : norms) {
            if (norm > 0 && (norm < least || norm > 1 / least)) {
                return null;
            }
        }
        return Arrays.stream(norms).map(norm -> norm == 0 ? 1 : norm).toArray();
    }

    /** Divides by the largest magnitude first. */
    private static void scale(double[] values, int length) {
        for (int from = 0; from < values.length; from += length) {
            double largest = 0;
            for (int i = from; i < from + length; i++) {
                largest = Math.max(largest, Math.abs(values[i]));
            }
            for (int i = from; i < from + length && largest > 0; i++) {
                values[i] /= largest;
            }
            double norm = Norms.of(values, from, length);
            for (int i = from; i < from + length && norm > 0; i++) {
                values[i] /= norm;
            }
        }
    }
}
