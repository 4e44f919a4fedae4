package io.github.dl4jsparse.internal.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Unit vectors of rows, and the gradient through them, blocks of rows in parallel.
 * <p>\[ u = x / \lVert x \rVert, \qquad
 * \frac{\partial L}{\partial x} = \frac{g - (g \cdot u) \, u}{\lVert x \rVert} \]
 * where x is a row and g the gradient with respect to u. A row whose norm is at most {@link Norms#SMALLEST} counts as
 * zero: it is divided by that bound, and its gradient is zero.
 * <p>Shapes: matrices {@code [rows, columns]}, {@code norms: [rows]}.
 */
public final class RowDirections {
    private RowDirections() {}

    /**
     * Divides every row by its norm.
     *
     * @param x      of any order. Not modified.
     * @param norms  of the rows. Not modified.
     * @param result u, of the type of x. Modified in place.
     */
    public static void divide(INDArray x, double[] norms, INDArray result) {
        int width = Math.toIntExact(x.size(1));
        forEachRow(
                (a, at, row) -> scale(a[1], a[0], at, width, (float) inverse(norms[row])),
                (a, at, row) -> scale(a[1], a[0], at, width, inverse(norms[row])),
                result,
                x);
    }

    private static double inverse(double norm) {
        return 1 / Math.max(Norms.SMALLEST, norm);
    }

    private static void scale(float[] from, float[] to, int at, int n, float factor) {
        for (int i = at; i < at + n; i++) {
            to[i] = factor * from[i];
        }
    }

    private static void scale(double[] from, double[] to, int at, int n, double factor) {
        for (int i = at; i < at + n; i++) {
            to[i] = factor * from[i];
        }
    }

    /**
     * The gradient with respect to the rows.
     *
     * @param directions u. Not modified.
     * @param norms      of the rows. Not modified.
     * @param outer      g. Not modified.
     * @param result     of the type of u. Modified in place.
     */
    public static void gradient(INDArray directions, double[] norms, INDArray outer, INDArray result) {
        int width = Math.toIntExact(directions.size(1));
        forEachRow(
                (a, at, row) -> {
                    float factor = norms[row] > Norms.SMALLEST ? (float) (1 / norms[row]) : 0;
                    across(a, at, width, (float) along(a[1], a[2], at, width), factor);
                },
                (a, at, row) -> {
                    double factor = norms[row] > Norms.SMALLEST ? 1 / norms[row] : 0;
                    across(a, at, width, along(a[1], a[2], at, width), factor);
                },
                result,
                directions,
                outer);
    }

    /** In two independent sums, which the processor computes in parallel. */
    private static double along(float[] u, float[] g, int at, int n) {
        double even = 0;
        double odd = 0;
        int i = at;
        for (; i + 2 <= at + n; i += 2) {
            even += u[i] * g[i];
            odd += u[i + 1] * g[i + 1];
        }
        return i < at + n ? even + odd + u[i] * g[i] : even + odd;
    }

    private static double along(double[] u, double[] g, int at, int n) {
        double even = 0;
        double odd = 0;
        int i = at;
        for (; i + 2 <= at + n; i += 2) {
            even += u[i] * g[i];
            odd += u[i + 1] * g[i + 1];
        }
        return i < at + n ? even + odd + u[i] * g[i] : even + odd;
    }

    private static void across(float[][] a, int at, int n, float along, float factor) {
        float[] result = a[0];
        float[] u = a[1];
        float[] g = a[2];
        for (int i = at; i < at + n; i++) {
            result[i] = (g[i] - along * u[i]) * factor;
        }
    }

    private static void across(double[][] a, int at, int n, double along, double factor) {
        double[] result = a[0];
        double[] u = a[1];
        double[] g = a[2];
        for (int i = at; i < at + n; i++) {
            result[i] = (g[i] - along * u[i]) * factor;
        }
    }

    /** An operation on a row, which begins at an index of the arrays; the first array is the result. */
    private interface Row<A> {
        void use(A[] a, int at, int row);
    }

    private static void forEachRow(Row<float[]> singles, Row<double[]> doubles, INDArray result, INDArray... others) {
        int width = Math.toIntExact(result.size(1));
        ElementLoops.write(
                width,
                (a, start, n) -> {
                    for (int at = 0; at < n; at += width) {
                        singles.use(a, at, (start + at) / width);
                    }
                },
                (a, start, n) -> {
                    for (int at = 0; at < n; at += width) {
                        doubles.use(a, at, (start + at) / width);
                    }
                },
                result,
                others);
    }
}
