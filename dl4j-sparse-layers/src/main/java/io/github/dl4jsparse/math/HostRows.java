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
        Source[] sources = Arrays.stream(matrices).map(Source::of).toArray(Source[]::new);
        long elements = Arrays.stream(matrices).mapToLong(INDArray::length).sum();
        Sink sink = type == DataType.DOUBLE
                ? new Doubles(new double[Math.multiplyExact(rows, columns)])
                : new Floats(new float[Math.multiplyExact(rows, columns)]);
        IntStream indices = IntStream.range(0, rows);
        (elements < PARALLEL ? indices : indices.parallel()).forEach(row -> {
            double[] result = new double[columns];
            function.apply(Arrays.stream(sources).map(source -> source.row(row)).toArray(double[][]::new), result);
            sink.put(row, result);
        });
        return sink.array(rows, columns).castTo(type);
    }

    /** All elements of a matrix as plain numbers. */
    private interface Source {
        double[] row(int index);

        static Source of(INDArray matrix) {
            int width = Math.toIntExact(matrix.size(1));
            int length = Math.toIntExact(matrix.length());
            if (matrix.dataType() == DataType.DOUBLE) {
                double[] values = new double[length];
                matrix.dup('c').data().asNioDouble().get(values);
                return index -> Arrays.copyOfRange(values, index * width, (index + 1) * width);
            }
            float[] values = new float[length];
            matrix.castTo(DataType.FLOAT).dup('c').data().asNioFloat().get(values);
            return index -> {
                double[] row = new double[width];
                for (int i = 0, from = index * width; i < width; i++) {
                    row[i] = values[from + i];
                }
                return row;
            };
        }
    }

    /** Where the rows of the result go. */
    private interface Sink {
        void put(int row, double[] values);

        INDArray array(long rows, long columns);
    }

    private record Doubles(double[] all) implements Sink {
        @Override
        public void put(int row, double[] values) {
            System.arraycopy(values, 0, all, row * values.length, values.length);
        }

        @Override
        public INDArray array(long rows, long columns) {
            return Nd4j.create(all, new long[] {rows, columns}, new long[] {columns, 1}, 'c', DataType.DOUBLE);
        }
    }

    private record Floats(float[] all) implements Sink {
        @Override
        public void put(int row, double[] values) {
            for (int i = 0, from = row * values.length; i < values.length; i++) {
                all[from + i] = (float) values[i];
            }
        }

        @Override
        public INDArray array(long rows, long columns) {
            return Nd4j.create(all, new long[] {rows, columns}, new long[] {columns, 1}, 'c', DataType.FLOAT);
        }
    }
}
