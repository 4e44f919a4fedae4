package io.github.dl4jsparse.internal.math;

import io.github.dl4jsparse.internal.parallel.Blocks;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Copies whole arrays between ND4J and Java arrays in bulk; element by element, ND4J takes ten times as long.
 * <p>Shapes: any; elements are in c order.
 */
public final class HostArrays {
    private HostArrays() {}

    /**
     * All elements as double precision numbers.
     *
     * @param array FLOAT or DOUBLE. Not modified.
     * @return a new array
     */
    public static double[] doubles(INDArray array) {
        double[] values = new double[Math.toIntExact(array.length())];
        HostMemory memory = new HostMemory(plainType(array));
        if (memory.isSingle()) {
            inBlocks(values.length, (start, n) -> memory.get(start, values, start, n, new float[n]));
        } else {
            inBlocks(values.length, (start, n) -> memory.get(start, values, start, n));
        }
        return values;
    }

    /** Consecutive elements that one thread copies. */
    private interface Run {
        void move(int start, int n);
    }

    private static void inBlocks(int length, Run run) {
        if (length > 0) {
            Blocks blocks = RowBlocks.of(length, 1, RowBlocks.CHEAP);
            RowBlocks.run(blocks, block -> run.move((int) blocks.first(block), (int) blocks.size(block)));
        }
    }

    /** The array itself where it is dense and FLOAT or DOUBLE; else a dense copy, in double precision for types other than FLOAT. */
    static INDArray plainType(INDArray array) {
        INDArray dense = dense(array);
        return dense.dataType() == DataType.FLOAT ? dense : dense.castTo(DataType.DOUBLE);
    }

    private static INDArray dense(INDArray array) {
        return isDense(array) ? array : array.dup('c');
    }

    /** Whether the elements lie one after the other in c order, as a whole array or as a part of another. */
    public static boolean isDense(INDArray array) {
        return array.ordering() == 'c' && array.elementWiseStride() == 1;
    }

    /**
     * All elements in a plain array of their own type.
     *
     * @param array not modified
     * @return a new {@code float[]} for FLOAT, {@code double[]} for every other type
     */
    public static Object plain(INDArray array) {
        int length = Math.toIntExact(array.length());
        Object values = array.dataType() == DataType.FLOAT ? new float[length] : new double[length];
        read(array, values);
        return values;
    }

    /** A plain array of zeros of the type of another, {@code float[]} or {@code double[]}. */
    public static Object zeros(Object like, int length) {
        return like instanceof float[] ? new float[length] : new double[length];
    }

    /**
     * Adds consecutive elements of an array to those of another.
     *
     * @param from {@code float[]} or {@code double[]}. Not modified.
     * @param to   of the same type. Modified in place.
     */
    public static void addRun(Object from, int start, Object to, int toStart, int length) {
        if (from instanceof float[] single) {
            float[] sum = (float[]) to;
            for (int i = 0; i < length; i++) {
                sum[toStart + i] += single[start + i];
            }
        } else {
            double[] exact = (double[]) from;
            double[] sum = (double[]) to;
            for (int i = 0; i < length; i++) {
                sum[toStart + i] += exact[start + i];
            }
        }
    }

    /**
     * Reads all elements.
     *
     * @param array  not modified
     * @param values a {@code float[]} for FLOAT, a {@code double[]} for every other type, at least as long as the array.
     *               Modified in place.
     */
    public static void read(INDArray array, Object values) {
        HostMemory memory = new HostMemory(plainType(array));
        if (memory.isSingle()) {
            inBlocks(memory.length(), (start, n) -> memory.get(start, (float[]) values, start, n));
        } else {
            inBlocks(memory.length(), (start, n) -> memory.get(start, (double[]) values, start, n));
        }
    }

    /**
     * Overwrites an array, or adds to it.
     *
     * @param values as {@link #read} gives them. Not modified if {@code beta} is 0.
     * @param array  becomes {@code values + beta * array}. Modified in place.
     */
    public static void write(Object values, INDArray array, double beta) {
        if (beta != 0) {
            INDArray scaled = beta == 1 ? array : array.mul(beta);
            addRun(plain(scaled), 0, values, 0, Math.toIntExact(array.length()));
        }
        INDArray target = plainType(array);
        HostMemory memory = new HostMemory(target);
        if (memory.isSingle()) {
            inBlocks(memory.length(), (start, n) -> memory.put(start, (float[]) values, start, n));
        } else {
            inBlocks(memory.length(), (start, n) -> memory.put(start, (double[]) values, start, n));
        }
        if (target != array) {
            array.assign(target);
        }
    }

    /**
     * Overwrites an array.
     *
     * @param values of the length of the array. Not modified.
     * @param array  FLOAT or DOUBLE, of any order. Modified in place.
     */
    public static void write(double[] values, INDArray array) {
        INDArray target = plainType(array);
        HostMemory memory = new HostMemory(target);
        if (memory.isSingle()) {
            inBlocks(values.length, (start, n) -> memory.put(start, values, start, n, new float[n]));
        } else {
            inBlocks(values.length, (start, n) -> memory.put(start, values, start, n));
        }
        if (target != array) {
            array.assign(target);
        }
    }
}
