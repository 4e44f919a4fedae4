package io.github.dl4jsparse.internal.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Element-wise operations in blocks that threads compute in parallel, without ND4J's overhead per operation.
 * <p>Shapes: any, all arrays of an operation have the same; the result may be one of the others.
 */
public final class Elementwise {
    private Elementwise() {}

    /**
     * {@code result = |x|}.
     *
     * @param result of any order. Modified in place.
     * @return {@code result}
     */
    public static INDArray magnitudes(INDArray result, INDArray x) {
        return ElementLoops.run((a, n) -> magnitudes(a[0], a[1], n), (a, n) -> magnitudes(a[0], a[1], n), result, x);
    }

    private static void magnitudes(float[] result, float[] x, int n) {
        for (int i = 0; i < n; i++) {
            result[i] = Math.abs(x[i]);
        }
    }

    private static void magnitudes(double[] result, double[] x, int n) {
        for (int i = 0; i < n; i++) {
            result[i] = Math.abs(x[i]);
        }
    }

    /**
     * {@code result = sign(x)}, by {@link Signs}.
     *
     * @param result of any order. Modified in place.
     * @return {@code result}
     */
    public static INDArray signs(INDArray result, INDArray x) {
        return ElementLoops.run((a, n) -> signs(a[0], a[1], n), (a, n) -> signs(a[0], a[1], n), result, x);
    }

    private static void signs(float[] result, float[] x, int n) {
        for (int i = 0; i < n; i++) {
            result[i] = Signs.of(x[i]);
        }
    }

    private static void signs(double[] result, double[] x, int n) {
        for (int i = 0; i < n; i++) {
            result[i] = Signs.of(x[i]);
        }
    }

    /**
     * {@code result = x * y}, element by element.
     *
     * @param result of any order. Modified in place.
     * @return {@code result}
     */
    public static INDArray products(INDArray result, INDArray x, INDArray y) {
        return ElementLoops.run(
                (a, n) -> products(a[0], a[1], a[2], n), (a, n) -> products(a[0], a[1], a[2], n), result, x, y);
    }

    private static void products(float[] result, float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            result[i] = x[i] * y[i];
        }
    }

    private static void products(double[] result, double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            result[i] = x[i] * y[i];
        }
    }

    /**
     * {@code result = x - y}.
     *
     * @param result of any order. Modified in place.
     * @return {@code result}
     */
    public static INDArray differences(INDArray result, INDArray x, INDArray y) {
        return ElementLoops.run(
                (a, n) -> differences(a[0], a[1], a[2], n), (a, n) -> differences(a[0], a[1], a[2], n), result, x, y);
    }

    private static void differences(float[] result, float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            result[i] = x[i] - y[i];
        }
    }

    private static void differences(double[] result, double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            result[i] = x[i] - y[i];
        }
    }

    /**
     * {@code result += x}.
     *
     * @param result of any order. Modified in place.
     * @return {@code result}
     */
    public static INDArray add(INDArray result, INDArray x) {
        return ElementLoops.run((a, n) -> add(a[0], a[1], n), (a, n) -> add(a[0], a[1], n), result, x);
    }

    private static void add(float[] result, float[] x, int n) {
        for (int i = 0; i < n; i++) {
            result[i] += x[i];
        }
    }

    private static void add(double[] result, double[] x, int n) {
        for (int i = 0; i < n; i++) {
            result[i] += x[i];
        }
    }

    /**
     * {@code result = factor * result}.
     *
     * @param result of any order. Modified in place.
     * @return {@code result}
     */
    public static INDArray multiply(INDArray result, double factor) {
        return ElementLoops.run(
                (a, n) -> multiply(a[0], (float) factor, n), (a, n) -> multiply(a[0], factor, n), result);
    }

    private static void multiply(float[] result, float factor, int n) {
        for (int i = 0; i < n; i++) {
            result[i] *= factor;
        }
    }

    private static void multiply(double[] result, double factor, int n) {
        for (int i = 0; i < n; i++) {
            result[i] *= factor;
        }
    }

    /** The sum of the products of all elements, whose bits do not depend on the number of threads. */
    public static double dot(INDArray x, INDArray y) {
        return ElementSums.of(Elementwise::addProducts, Elementwise::addProducts, x, y);
    }

    private static void addProducts(float[][] a, float[] sums, int n) {
        float[] x = a[0];
        float[] y = a[1];
        for (int i = 0; i < n; i++) {
            sums[i] += x[i] * y[i];
        }
    }

    private static void addProducts(double[][] a, double[] sums, int n) {
        double[] x = a[0];
        double[] y = a[1];
        for (int i = 0; i < n; i++) {
            sums[i] += x[i] * y[i];
        }
    }
}
