package io.github.dl4jsparse.math;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.check.Shapes;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs a function of plain numbers over every row of matrices, rows in parallel: for what no product of matrices expresses.
 * <p>The matrices are copied as a whole, once in and once out, so that the cost is that of the function. It computes in
 * double precision; the result has the type of the first matrix.
 * <p>Shapes: matrices {@code [rows, any]} with the same number of rows; the result is {@code [rows, columns]}.
 */
public final class HostRows {
    /** Fewer elements than this are not worth a second thread. */
    private static final long PARALLEL = 1 << 12;

    private HostRows() {}

    /** A function of one row of each matrix. */
    @FunctionalInterface
    public interface RowFunction {
        /**
         * Computes one row of the result. May be called from several threads at once.
         *
         * @param rows   one row of each matrix: copies, which the function may overwrite
         * @param result all zeros at the start. Modified in place.
         */
        void apply(double[][] rows, double[] result);
    }

    /**
     * Maps rows to rows.
     *
     * @param columns  the width of the result, at least 1
     * @param function what to compute
     * @param matrices of any order and floating point type. Not modified.
     * @return a new array in c order
     * @throws IllegalArgumentException if an argument is no matrix or the numbers of rows differ
     */
    public static INDArray map(int columns, RowFunction function, INDArray... matrices) {
        Args.atLeast("columns", columns, 1);
        Args.atLeast("number of matrices", matrices.length, 1);
        for (INDArray matrix : matrices) {
            Shapes.matrix("matrix", matrix, matrix.rank() == 2 ? matrix.size(1) : -1);
            if (matrix.size(0) != matrices[0].size(0)) {
                throw Args.failure(
                        "matrix", "one of " + matrices[0].size(0) + " rows", Arrays.toString(matrix.shape()));
            }
        }
        int rows = Math.toIntExact(matrices[0].size(0));
        DataType type = matrices[0].dataType();
        double[][] sources = Arrays.stream(matrices).map(HostArrays::doubles).toArray(double[][]::new);
        long elements = Arrays.stream(matrices).mapToLong(INDArray::length).sum();
        double[] results = new double[Math.multiplyExact(rows, columns)];
        IntStream indices = IntStream.range(0, rows);
        (elements < PARALLEL ? indices : indices.parallel()).forEach(row -> {
            double[] result = new double[columns];
            function.apply(rowOf(sources, row, rows), result);
            System.arraycopy(result, 0, results, row * columns, columns);
        });
        boolean single = type != DataType.DOUBLE;
        INDArray array =
                Nd4j.createUninitialized(single ? DataType.FLOAT : DataType.DOUBLE, new long[] {rows, columns}, 'c');
        HostArrays.write(results, array);
        return array.castTo(type);
    }

    private static double[][] rowOf(double[][] sources, int row, int rows) {
        double[][] copies = new double[sources.length][];
        for (int i = 0; i < copies.length; i++) {
            int width = sources[i].length / rows;
            copies[i] = Arrays.copyOfRange(sources[i], row * width, (row + 1) * width);
        }
        return copies;
    }
}
