package io.github.dl4jsparse.internal.math;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs loops over the elements of arrays of one shape, blocks of elements in parallel: several operations on each
 * element in one pass over memory.
 * <p>Elements are copied to Java arrays and back chunk by chunk, because the JVM vectorises loops over Java arrays with
 * one index, but not loops over buffers.
 * <p>Shapes: any; FLOAT and DOUBLE in their own precision, other types in double precision.
 */
public final class ElementLoops {
    private ElementLoops() {}

    /** A loop in single precision. */
    @FunctionalInterface
    public interface Singles {
        /**
         * Computes the elements of a chunk. May be called from several threads at once.
         *
         * @param a a chunk of each array, elements 0 to {@code n - 1}; the first is the result
         */
        void run(float[][] a, int n);
    }

    /** The same loop in double precision. */
    @FunctionalInterface
    public interface Doubles {
        /**
         * Computes the elements of a chunk. May be called from several threads at once.
         *
         * @param a a chunk of each array, elements 0 to {@code n - 1}; the first is the result
         */
        void run(double[][] a, int n);
    }

    /**
     * Runs a loop that reads all arrays and writes the first.
     *
     * @param singles for single precision
     * @param doubles for other types
     * @param result  of any order. Modified in place.
     * @param others  of the shape of the result and of any order. Not modified.
     * @return {@code result}
     */
    public static INDArray run(Singles singles, Doubles doubles, INDArray result, INDArray... others) {
        return run(1, singles, doubles, result, others);
    }

    /**
     * The same for a matrix, in chunks of whole rows: element i of a chunk is in column {@code i % columns}.
     *
     * @param result {@code [rows, columns]} of any order. Modified in place.
     */
    public static INDArray runRows(Singles singles, Doubles doubles, INDArray result, INDArray... others) {
        return run(Math.toIntExact(result.size(1)), singles, doubles, result, others);
    }

    /**
     * A loop with several results over matrices, in chunks of whole rows.
     *
     * @param written  how many of the matrices, from the first on, are results
     * @param singles  for single precision; may modify the chunks of all matrices
     * @param doubles  for double precision
     * @param matrices {@code [rows, columns]} of one type, FLOAT or DOUBLE, in c order without gaps. The results are modified in place,
     *                 the others not.
     */
    public static void runRows(int written, Singles singles, Doubles doubles, INDArray... matrices) {
        new Chunks(Math.toIntExact(matrices[0].size(1)), matrices)
                .write(written, (a, start, n) -> singles.run(a, n), (a, start, n) -> doubles.run(a, n));
    }

    private static INDArray run(int width, Singles singles, Doubles doubles, INDArray result, INDArray... others) {
        if (result.isEmpty()) {
            return result;
        }
        return write(width, (a, start, n) -> singles.run(a, n), (a, start, n) -> doubles.run(a, n), result, others);
    }

    /** A loop that is also given the index of each chunk, over arrays of any order. */
    static INDArray write(
            int width, Chunks.Singles singles, Chunks.Doubles doubles, INDArray result, INDArray... others) {
        INDArray[] all = new INDArray[others.length + 1];
        all[0] = result;
        System.arraycopy(others, 0, all, 1, others.length);
        INDArray[] ordered = Chunks.ordered(width > 1, all);
        new Chunks(width, ordered).write(1, singles, doubles);
        return ordered[0] == result ? result : result.assign(ordered[0]);
    }

    /**
     * One value per column, repeated for every row of a chunk of {@link #runRows}.
     *
     * @param perColumn not modified
     * @param matrix    the result of the loop
     * @return {@code float[]} for FLOAT, else {@code double[]}
     */
    public static Object repeated(double[] perColumn, INDArray matrix) {
        return repeated(perColumn, matrix.dataType(), Math.toIntExact(matrix.length()));
    }

    /**
     * The same for matrices of any number of rows.
     *
     * @param type of the matrices
     */
    public static Object repeated(double[] perColumn, DataType type) {
        return repeated(perColumn, type, Integer.MAX_VALUE);
    }

    private static Object repeated(double[] perColumn, DataType type, int all) {
        int length = Chunks.length(perColumn.length, all);
        if (type != DataType.FLOAT) {
            double[] exact = new double[length];
            Arrays.setAll(exact, i -> perColumn[i % perColumn.length]);
            return exact;
        }
        float[] single = new float[length];
        for (int i = 0; i < length; i++) {
            single[i] = (float) perColumn[i % perColumn.length];
        }
        return single;
    }
}
