package io.github.dl4jsparse.solver;

/**
 * Subtracts multiples of rows of a matrix from a vector, four rows at a time, so that the vector is read and written
 * only a quarter as often.
 * <p>\[ t \leftarrow t - \sum_k f_k a_{i_k} \]
 * <p>Rows are arrays of their own: the JIT compiler vectorises a loop over several arrays with one index, and does not with an offset
 * for each.
 */
final class RowUpdates {
    private RowUpdates() {}

    /**
     * In single precision.
     *
     * @param rows    a, each of the length of the target. Not modified.
     * @param indices i. Not modified.
     * @param factors f. Not modified.
     * @param count   of rows to subtract
     * @param target  t. Modified in place.
     */
    static void subtract(float[][] rows, int[] indices, double[] factors, int count, float[] target) {
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            four(
                    rows[indices[k]],
                    (float) factors[k],
                    rows[indices[k + 1]],
                    (float) factors[k + 1],
                    rows[indices[k + 2]],
                    (float) factors[k + 2],
                    rows[indices[k + 3]],
                    (float) factors[k + 3],
                    target);
        }
        for (; k < count; k++) {
            one(rows[indices[k]], (float) factors[k], target);
        }
    }

    private static void four(
            float[] a, float f, float[] b, float g, float[] c, float h, float[] d, float i, float[] target) {
        for (int j = 0; j < target.length; j++) {
            target[j] -= f * a[j] + g * b[j] + h * c[j] + i * d[j];
        }
    }

    private static void one(float[] a, float f, float[] target) {
        for (int j = 0; j < target.length; j++) {
            target[j] -= f * a[j];
        }
    }

    /** In double precision. */
    static void subtract(double[][] rows, int[] indices, double[] factors, int count, double[] target) {
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            four(
                    rows[indices[k]],
                    factors[k],
                    rows[indices[k + 1]],
                    factors[k + 1],
                    rows[indices[k + 2]],
                    factors[k + 2],
                    rows[indices[k + 3]],
                    factors[k + 3],
                    target);
        }
        for (; k < count; k++) {
            one(rows[indices[k]], factors[k], target);
        }
    }

    private static void four(
            double[] a, double f, double[] b, double g, double[] c, double h, double[] d, double i, double[] target) {
        for (int j = 0; j < target.length; j++) {
            target[j] -= f * a[j] + g * b[j] + h * c[j] + i * d[j];
        }
    }

    private static void one(double[] a, double f, double[] target) {
        for (int j = 0; j < target.length; j++) {
            target[j] -= f * a[j];
        }
    }
}
