package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.ElementLoops;
import io.github.dl4jsparse.math.HostArrays;
import io.github.dl4jsparse.math.Rows;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * How much each number of an image counts in the squared error, the diagonal of M.
 * <p>\[ \tfrac12 \sum_i m_i\, (x - D z)_i^2 \]
 *
 * @param weights m, {@code [1, numbers of an image]}; null where all are 1
 * @param roots   their square roots; null where all are 1
 */
record PixelWeights(INDArray weights, INDArray roots) {
    /** All numbers count alike. */
    static final PixelWeights NONE = new PixelWeights(null, null);

    /**
     * Weights that are the same in all channels.
     *
     * @param weights of the pixels. Not modified.
     */
    static PixelWeights of(double[] weights, int channels, DataType type) {
        double[] each = new double[weights.length * channels];
        boolean alike = true;
        for (int i = 0; i < each.length; i++) {
            each[i] = weights[i / channels];
            alike &= each[i] == 1;
        }
        if (alike) {
            return NONE;
        }
        INDArray row = Nd4j.createFromArray(each).reshape(1, each.length);
        return new PixelWeights(row.castTo(type), Transforms.sqrt(row).castTo(type));
    }

    /**
     * Weights of images whose channels come first.
     *
     * @param weights of the pixels, the same in all channels. Not modified.
     */
    static PixelWeights ofImage(double[] weights, int channels, DataType type) {
        double[] all = new double[weights.length * channels];
        for (int i = 0; i < all.length; i++) {
            all[i] = weights[i % weights.length];
        }
        return of(all, 1, type);
    }

    boolean areAlike() {
        return roots == null;
    }

    /** Multiplies images by the roots of m. Modified in place. */
    void byRoots(INDArray images) {
        if (roots != null) {
            times(images, roots, 1, images);
        }
    }

    /** Multiplies images by m. Modified in place. */
    void multiply(INDArray images) {
        if (weights != null) {
            times(images, weights, 1, images);
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
            times(images, weights, factor, result);
        }
    }

    /** Products with the rows of a matrix, in one pass over it. */
    private static void times(INDArray images, INDArray row, double factor, INDArray result) {
        double[] one = HostArrays.doubles(row);
        double[] exact = new double[ElementLoops.rowChunk(one.length)];
        float[] single = new float[exact.length];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = one[i % one.length] * factor;
            single[i] = (float) exact[i];
        }
        ElementLoops.runRows(
                1,
                (parts, n) -> multiply(parts[0], parts[1], single, n),
                (parts, n) -> multiply(parts[0], parts[1], exact, n),
                Rows.matrix(result, one.length),
                Rows.matrix(images, one.length));
    }

    private static void multiply(float[] result, float[] images, float[] weights, int n) {
        for (int i = 0; i < n; i++) {
            result[i] = images[i] * weights[i];
        }
    }

    private static void multiply(double[] result, double[] images, double[] weights, int n) {
        for (int i = 0; i < n; i++) {
            result[i] = images[i] * weights[i];
        }
    }
}
