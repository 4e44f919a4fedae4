package io.github.dl4jsparse.internal.math;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import io.github.dl4jsparse.internal.parallel.Blocks;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs a function of Java arrays over every row of matrices, blocks of rows in parallel: for computations that are not
 * matrix products.
 * <p>Each row is copied in bulk, once in and once out, so that the cost is that of the function. It computes in double
 * precision; the result has the type of the first matrix.
 * <p>Shapes: matrices {@code [rows, any]} with the same number of rows; the result is {@code [rows, columns]}.
 */
public final class HostRows {
    private HostRows() {}

    /** A function of one row of each matrix. */
    @FunctionalInterface
    public interface RowFunction {
        /**
         * Computes one row of the result. May be called from several threads at once.
         *
         * @param rows   one row of each matrix: copies, which the function may overwrite but not keep
         * @param result all zeros at the start, not to be kept. Modified in place.
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
        DataType type = checked(matrices)[0].dataType();
        boolean isPlain = type == DataType.FLOAT || type == DataType.DOUBLE;
        INDArray result = Nd4j.createUninitialized(
                isPlain ? type : DataType.FLOAT, new long[] {matrices[0].size(0), columns}, 'c');
        run(result, Write.REPLACE, 1, function, matrices);
        return result.castTo(type);
    }

    /**
     * Maps rows to rows of an array of the caller's.
     *
     * @param target   {@code [rows, columns]} of any order and floating point type; it may be one of the matrices. Modified in place.
     * @param function what to compute
     * @param matrices of any order and floating point type. Not modified.
     * @return {@code target}
     * @throws IllegalArgumentException if an argument is no matrix or the numbers of rows differ
     */
    public static INDArray replace(INDArray target, RowFunction function, INDArray... matrices) {
        return write(target, Write.REPLACE, 1, function, matrices);
    }

    /**
     * The same for a slow function, with a task for each row.
     *
     * @param target   {@code [rows, columns]} of any order and floating point type; it may be one of the matrices. Modified in place.
     * @param function what to compute
     * @param matrices of any order and floating point type. Not modified.
     * @return {@code target}
     */
    public static INDArray replaceEach(INDArray target, RowFunction function, INDArray... matrices) {
        INDArray plain = HostArrays.plainType(checkedTarget(target, checked(matrices)));
        RowsFunction ofOne = (rows, results) -> function.apply(rows, results[0]);
        run(1, new INDArray[] {plain}, Write.REPLACE, 1, ofOne, matrices);
        return plain == target ? target : target.assign(plain);
    }

    /**
     * Adds a multiple of the mapped rows.
     *
     * @param target   {@code [rows, columns]} of any order and floating point type; it may be one of the matrices. Modified in place.
     * @param scale    of the results
     * @param function what to compute
     * @param matrices of any order and floating point type. Not modified.
     * @return {@code target}
     * @throws IllegalArgumentException if an argument is no matrix or the numbers of rows differ
     */
    public static INDArray add(INDArray target, double scale, RowFunction function, INDArray... matrices) {
        return write(target, Write.ADD, scale, function, matrices);
    }

    /** A function of one row of each matrix that has several results. */
    @FunctionalInterface
    public interface RowsFunction {
        /**
         * Computes one row of each result. May be called from several threads at once.
         *
         * @param rows    one row of each matrix: copies, which the function may overwrite but not keep
         * @param results all zeros at the start, not to be kept. Modified in place.
         */
        void apply(double[][] rows, double[][] results);
    }

    /**
     * Maps rows to rows of several arrays of the caller's.
     *
     * @param targets  {@code [rows, any]} of any order and floating point type. Modified in place.
     * @param function what to compute
     * @param matrices of any order and floating point type. Not modified.
     * @throws IllegalArgumentException if an argument is no matrix or the numbers of rows differ
     */
    public static void replace(INDArray[] targets, RowsFunction function, INDArray... matrices) {
        INDArray[] plain = new INDArray[targets.length];
        for (int i = 0; i < targets.length; i++) {
            plain[i] = HostArrays.plainType(checkedTarget(targets[i], checked(matrices)));
        }
        run(RowBlocks.DEAR, plain, Write.REPLACE, 1, function, matrices);
        for (int i = 0; i < targets.length; i++) {
            if (plain[i] != targets[i]) {
                targets[i].assign(plain[i]);
            }
        }
    }

    private static INDArray write(
            INDArray target, Write write, double scale, RowFunction function, INDArray... matrices) {
        INDArray plain = HostArrays.plainType(checkedTarget(target, checked(matrices)));
        run(plain, write, scale, function, matrices);
        return plain == target ? target : target.assign(plain);
    }

    private static INDArray checkedTarget(INDArray target, INDArray... matrices) {
        Shapes.matrix("target", target, target.rank() == 2 ? target.size(1) : -1);
        if (target.size(0) != matrices[0].size(0)) {
            throw Args.failure("target", "one of " + matrices[0].size(0) + " rows", Arrays.toString(target.shape()));
        }
        return target;
    }

    private static INDArray[] checked(INDArray... matrices) {
        Args.atLeast("number of matrices", matrices.length, 1);
        for (INDArray matrix : matrices) {
            Shapes.matrix("matrix", matrix, matrix.rank() == 2 ? matrix.size(1) : -1);
            if (matrix.size(0) != matrices[0].size(0)) {
                throw Args.failure(
                        "matrix", "one of " + matrices[0].size(0) + " rows", Arrays.toString(matrix.shape()));
            }
        }
        return matrices;
    }

    private enum Write {
        REPLACE,
        ADD
    }

    /**
     * A value for each row, in double precision.
     *
     * @param function what to compute of a row of each matrix, which it may overwrite but not keep; may be called from several
     *                 threads at once
     * @param matrices of any order and floating point type. Not modified.
     * @throws IllegalArgumentException if an argument is no matrix or the numbers of rows differ
     */
    public static double[] numbers(ToDoubleFunction<double[][]> function, INDArray... matrices) {
        return numbers(RowBlocks.DEAR, function, matrices);
    }

    static double[] numbers(long elements, ToDoubleFunction<double[][]> function, INDArray... matrices) {
        double[] numbers = new double[Math.toIntExact(checked(matrices)[0].size(0))];
        forEach(elements, () -> (row, given) -> numbers[row] = function.applyAsDouble(given), matrices);
        return numbers;
    }

    private static void run(INDArray plain, Write write, double scale, RowFunction function, INDArray... matrices) {
        RowsFunction ofOne = (rows, results) -> function.apply(rows, results[0]);
        run(RowBlocks.DEAR, new INDArray[] {plain}, write, scale, ofOne, matrices);
    }

    private static void run(
            long elements, INDArray[] plain, Write write, double scale, RowsFunction function, INDArray... matrices) {
        HostMemory[] to = Arrays.stream(plain).map(HostMemory::new).toArray(HostMemory[]::new);
        int[] columns =
                Arrays.stream(plain).mapToInt(p -> Math.toIntExact(p.size(1))).toArray();
        forEach(
                elements,
                () -> {
                    double[][] results = new double[to.length][];
                    Arrays.setAll(results, i -> new double[columns[i]]);
                    int widest = Arrays.stream(columns).max().orElse(0);
                    double[] sum = new double[write == Write.ADD ? widest : 0];
                    float[] buffer = new float[widest];
                    return (row, given) -> {
                        for (double[] result : results) {
                            Arrays.fill(result, 0);
                        }
                        function.apply(given, results);
                        for (int i = 0; i < to.length; i++) {
                            if (write == Write.ADD) {
                                add(to[i], row * columns[i], scale, results[i], sum, buffer);
                            } else {
                                to[i].put(row * columns[i], results[i], 0, columns[i], buffer);
                            }
                        }
                    };
                },
                matrices);
    }

    private static void add(HostMemory to, int start, double scale, double[] result, double[] sum, float[] buffer) {
        to.get(start, sum, 0, result.length, buffer);
        for (int j = 0; j < result.length; j++) {
            sum[j] += scale * result[j];
        }
        to.put(start, sum, 0, result.length, buffer);
    }

    /** An operation on a row of each matrix. */
    private interface Row {
        void use(int row, double[][] given);
    }

    /** Passes every row of a block to an operation that is created for the block. */
    private static void forEach(long elements, Supplier<Row> ofBlock, INDArray... matrices) {
        HostMemory[] from = Arrays.stream(matrices)
                .map(HostArrays::plainType)
                .map(HostMemory::new)
                .toArray(HostMemory[]::new);
        int[] widths = Arrays.stream(matrices)
                .mapToInt(m -> Math.toIntExact(m.size(1)))
                .toArray();
        Blocks blocks = RowBlocks.of(matrices[0].size(0), Arrays.stream(widths).sum(), elements);
        RowBlocks.run(blocks, block -> {
            double[][] given = new double[from.length][];
            Arrays.setAll(given, i -> new double[widths[i]]);
            float[] buffer = new float[Arrays.stream(widths).max().orElse(0)];
            Row use = ofBlock.get();
            int end = (int) (blocks.first(block) + blocks.size(block));
            for (int row = (int) blocks.first(block); row < end; row++) {
                for (int i = 0; i < from.length; i++) {
                    from[i].get(row * widths[i], given[i], 0, widths[i], buffer);
                }
                use.use(row, given);
            }
        });
    }
}
