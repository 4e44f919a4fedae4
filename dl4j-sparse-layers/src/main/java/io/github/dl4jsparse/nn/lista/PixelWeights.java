package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.Norms;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How much each number of an image counts in the squared error, the diagonal of M.
 * <p>\[ \tfrac12 \sum_i m_i\, (x - D z)_i^2 \]
 *
 * @param roots the square roots of m, {@code [1, numbers of an image]}; null where all are 1
 */
record PixelWeights(INDArray roots) {
    /** All numbers count alike. */
    static final PixelWeights NONE = new PixelWeights(null);

    /**
     * Weights that are the same in all channels.
     *
     * @param weights of the pixels. Not modified.
     */
    static PixelWeights of(double[] weights, int channels, DataType type) {
        double[] roots = new double[weights.length * channels];
        boolean alike = true;
        for (int i = 0; i < roots.length; i++) {
            roots[i] = Math.sqrt(weights[i / channels]);
            alike &= roots[i] == 1;
        }
        return alike
                ? NONE
                : new PixelWeights(Nd4j.createFromArray(roots).castTo(type).reshape(1, roots.length));
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
            images.reshape('c', images.length() / roots.length(), roots.length())
                    .muliRowVector(roots);
        }
    }

    /** Multiplies images by m. Modified in place. */
    void multiply(INDArray images) {
        byRoots(images);
        byRoots(images);
    }

    /**
     * The weighted sum of squares of a residual, which then is multiplied by m.
     *
     * @param residual modified in place
     */
    double squared(INDArray residual) {
        byRoots(residual);
        double sum = Norms.squared(residual);
        byRoots(residual);
        return sum;
    }
}
