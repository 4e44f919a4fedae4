package io.github.dl4jsparse.internal.math;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Views of consecutive rows, without a copy.
 * <p>ND4J 1.0.0-M2.1's own {@code get(interval, all)} returns an empty array for the last rows of a matrix that is
 * itself a view with an offset, as every parameter of a network is; this class does not use it.
 * <p>Shapes: {@code matrix: [rows, columns]}; a view of {@code n} rows is {@code [n, columns]}.
 */
public final class Rows {
    private Rows() {}

    /**
     * The rows from {@code start} to {@code start + count}.
     *
     * @param matrix in c order, or any order where all rows are taken. Shared, not copied.
     * @throws IllegalArgumentException if the array is no matrix or does not have these rows
     */
    public static INDArray of(INDArray matrix, long start, long count) {
        if (matrix.rank() != 2 || start < 0 || count < 1 || start + count > matrix.size(0)) {
            throw Args.failure(
                    "matrix", "one with the rows " + start + " to " + (start + count), Arrays.toString(matrix.shape()));
        }
        if (count == matrix.size(0)) {
            return matrix;
        }
        long[] shape = {count, matrix.size(1)};
        return Nd4j.create(
                matrix.data(), shape, matrix.stride(), matrix.offset() + start * matrix.stride(0), matrix.ordering());
    }

    /**
     * A dense array as a matrix: the array itself where it is one.
     *
     * @param array   in c order. Shared, not copied.
     * @param columns of the matrix
     */
    public static INDArray matrix(INDArray array, long columns) {
        return array.rank() == 2 && array.size(1) == columns
                ? array
                : array.reshape('c', array.length() / columns, columns);
    }

    /**
     * A copy of some columns, in bulk; ND4J copies element by element.
     *
     * @param matrix FLOAT or DOUBLE, in c order without gaps. Not modified.
     * @return {@code [rows, count]}, a new array
     */
    public static INDArray columns(INDArray matrix, long first, long count) {
        int rows = Math.toIntExact(matrix.size(0));
        int columns = Math.toIntExact(matrix.size(1));
        int n = Math.toIntExact(count);
        INDArray copy = Nd4j.createUninitialized(matrix.dataType(), rows, count);
        HostMemory from = new HostMemory(matrix);
        HostMemory to = new HostMemory(copy);
        for (int row = 0; row < rows; row++) {
            to.put(row * n, from, row * columns + (int) first, n);
        }
        return copy;
    }

    /** The block with an index, of blocks of {@code size} rows each; indices are taken modulo the number of blocks. */
    public static INDArray block(INDArray stack, long index, long size) {
        return of(stack, (index * size) % stack.size(0), size);
    }
}
