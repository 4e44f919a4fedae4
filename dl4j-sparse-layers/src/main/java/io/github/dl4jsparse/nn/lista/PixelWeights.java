package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.ElementLoops;
import io.github.dl4jsparse.math.Rows;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How much each element of an image counts in the squared error, the diagonal of M.
 * <p>\[ \tfrac12 \sum_i m_i\, (x - D z)_i^2 \]
 *
 * @param weights m; null where all are 1
 * @param roots   their square roots; null where all are 1
 */
record PixelWeights(Row weights, Row roots) {
    /** All elements count alike. */
    static final PixelWeights NONE = new PixelWeights(null, null);

    /**
     * Weights that are the same in all channels.
     *
     * @param weights of the pixels. Not modified.
     */
    static PixelWeights of(double[] weights, int channels) {
        double[] each = new double[weights.length * channels];
        boolean alike = true;
        for (int i = 0; i < each.length; i++) {
            each[i] = weights[i / channels];
            alike &= each[i] == 1;
        }
        return alike
                ? NONE
                : new PixelWeights(
                        Row.of(each), Row.of(Arrays.stream(each).map(Math::sqrt).toArray()));
    }

    /**
     * Weights of images whose channels come first.
     *
     * @param weights of the pixels, the same in all channels. Not modified.
     */
    static PixelWeights ofImage(double[] weights, int channels) {
        double[] all = new double[weights.length * channels];
        for (int i = 0; i < all.length; i++) {
            all[i] = weights[i % weights.length];
        }
        return of(all, 1);
    }

    boolean areAlike() {
        return roots == null;
    }

    /** Multiplies images by the roots of m. Modified in place. */
    void byRoots(INDArray images) {
        if (roots != null) {
            roots.times(images, 1, images);
        }
    }

    /** Multiplies images by m. Modified in place. */
    void multiply(INDArray images) {
        if (weights != null) {
            weights.times(images, 1, images);
        }
    }

    /**
     * Multiplies images by m and by a number.
     *
     * @param images not modified
     * @param result of their shape, in c order as they are. Modified in place.
     */
    void multiply(INDArray images, double factor, INDArray result) {
        if (weights == null) {
            images.mul(factor, result);
        } else {
            weights.times(images, factor, result);
        }
    }

    /**
     * A number for each element of an image, repeated for every image of a chunk of rows.
     *
     * @param length of an image
     */
    record Row(int length, double[] exact, float[] single) {
        static Row of(double[] values) {
            return new Row(values.length, (double[]) ElementLoops.repeated(values, DataType.DOUBLE), (float[])
                    ElementLoops.repeated(values, DataType.FLOAT));
        }

        /** Products with every image, in one pass over the images. */
        void times(INDArray images, double factor, INDArray result) {
            ElementLoops.runRows(
                    1,
                    (a, n) -> multiply(a[0], a[1], single, (float) factor, n),
                    (a, n) -> multiply(a[0], a[1], exact, factor, n),
                    Rows.matrix(result, length),
                    Rows.matrix(images, length));
        }
    }

    private static void multiply(float[] result, float[] images, float[] weights, float factor, int n) {
        for (int i = 0; i < n; i++) {
            result[i] = images[i] * (weights[i] * factor);
        }
    }

    private static void multiply(double[] result, double[] images, double[] weights, double factor, int n) {
        for (int i = 0; i < n; i++) {
            result[i] = images[i] * (weights[i] * factor);
        }
    }
}
