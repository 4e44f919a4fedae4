package io.github.dl4jsparse.math;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Moves whole arrays between ND4J and plain Java arrays in bulk; element by element, ND4J takes ten times as long.
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
        INDArray dense = dense(array);
        if (dense.dataType() == DataType.FLOAT) {
            float[] single = new float[values.length];
            dense.data().asNioFloat().get(single);
            Arrays.parallelSetAll(values, i -> single[i]);
        } else {
            dense.castTo(DataType.DOUBLE).data().asNioDouble().get(values);
        }
        return values;
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
    public static Object room(Object like, int length) {
        return like instanceof float[] ? new float[length] : new double[length];
    }

    /**
     * Adds a run of numbers to another.
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
        INDArray dense = dense(array);
        int length = Math.toIntExact(array.length());
        if (dense.dataType() == DataType.FLOAT) {
            dense.data().asNioFloat().get((float[]) values, 0, length);
        } else {
            dense.castTo(DataType.DOUBLE).data().asNioDouble().get((double[]) values, 0, length);
        }
    }

    /**
     * Overwrites an array, or adds to it.
     *
     * @param values as {@link #read} gives them. Not modified if {@code beta} is 0.
     * @param array  becomes {@code values + beta * array}. Modified in place.
     */
    public static void write(Object values, INDArray array, double beta) {
        INDArray dense = dense(array);
        int length = Math.toIntExact(array.length());
        if (beta != 0) {
            INDArray scaled = beta == 1 ? dense : dense.mul(beta);
            addRun(plain(scaled), 0, values, 0, length);
        }
        if (dense.dataType() == DataType.FLOAT) {
            dense.data().asNioFloat().put((float[]) values, 0, length);
        } else if (dense.dataType() == DataType.DOUBLE) {
            dense.data().asNioDouble().put((double[]) values, 0, length);
        } else {
            dense.assign(Nd4j.createFromArray((double[]) values).reshape('c', dense.shape()));
        }
        if (dense != array) {
            array.assign(dense);
        }
    }

    /**
     * Overwrites an array.
     *
     * @param values of the length of the array. Not modified.
     * @param array  FLOAT or DOUBLE, of any order. Modified in place.
     */
    public static void write(double[] values, INDArray array) {
        INDArray dense = dense(array);
        if (dense.dataType() == DataType.FLOAT) {
            float[] single = new float[values.length];
            IntStream.range(0, values.length).parallel().forEach(i -> single[i] = (float) values[i]);
            dense.data().asNioFloat().put(single);
        } else {
            dense.data().asNioDouble().put(values);
        }
        if (dense != array) {
            array.assign(dense);
        }
    }
}
