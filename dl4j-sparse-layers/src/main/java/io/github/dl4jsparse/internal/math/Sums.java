package io.github.dl4jsparse.internal.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Sums whose bits do not depend on the number of threads. */
public final class Sums {
    private Sums() {}

    /**
     * The sum of every column.
     *
     * @param matrix {@code [rows, columns]}. Not modified.
     * @param result {@code [1, columns]}. Modified in place.
     */
    public static void columns(INDArray matrix, INDArray result) {
        HostArrays.write(ElementSums.columns(Sums::add, Sums::add, matrix), result);
    }

    private static void add(float[][] a, float[] sums, int n) {
        float[] x = a[0];
        for (int i = 0; i < n; i++) {
            sums[i] += x[i];
        }
    }

    private static void add(double[][] a, double[] sums, int n) {
        double[] x = a[0];
        for (int i = 0; i < n; i++) {
            sums[i] += x[i];
        }
    }

    /**
     * The sum of all elements, in double precision.
     *
     * @param array of any shape. Not modified.
     */
    public static double all(INDArray array) {
        return ElementSums.of(Sums::add, Sums::add, array);
    }
}
