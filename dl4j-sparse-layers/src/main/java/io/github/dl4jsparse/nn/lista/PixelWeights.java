package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.ElementLoops;
import io.github.dl4jsparse.internal.math.Rows;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The weight of each element of an image in the squared error, the diagonal of M.
 * <p>\[ \tfrac12 \sum_i m_i\, (x - D z)_i^2 \]
 *
 * @param weights m; null where all are 1
 * @param roots   their square roots; null where all are 1
 */
record PixelWeights(Factors weights, Factors roots) {
    /** Equal weights. */
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

    /**
     * Different weights for every image.
     *
     * @param weights {@code [batch, elements of an image]} in c order. Stored by reference.
     */
    static PixelWeights ofImages(INDArray weights) {
        return new PixelWeights(new Each(weights), new Each(Transforms.sqrt(weights, true)));
    }

    /** The weights of some images; the same object if they are equal for all images. */
    PixelWeights rows(long first, long count) {
        return weights == null ? this : new PixelWeights(weights.rows(first, count), roots.rows(first, count));
    }

    /** The least weight of any pixel. */
    double least() {
        return weights == null ? 1 : weights.least();
    }

    /** The largest weight of any pixel. */
    double most() {
        return weights == null ? 1 : weights.most();
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

    /** Factors of the elements of images. */
    interface Factors {
        /** Products with every image, in one pass over the images. */
        void times(INDArray images, double factor, INDArray result);

        /** The factors of some images. */
        Factors rows(long first, long count);

        double least();

        double most();
    }

    /** A factor for each element of every image: {@code [batch, elements of an image]}. */
    record Each(INDArray values) implements Factors {
        @Override
        public void times(INDArray images, double factor, INDArray result) {
            ElementLoops.runRows(
                    1,
                    (a, n) -> multiply(a[0], a[1], a[2], (float) factor, n),
                    (a, n) -> multiply(a[0], a[1], a[2], factor, n),
                    Rows.matrix(result, values.size(1)),
                    Rows.matrix(images, values.size(1)),
                    values);
        }

        @Override
        public Factors rows(long first, long count) {
            return new Each(Rows.of(values, first, count));
        }

        @Override
        public double least() {
            return values.minNumber().doubleValue();
        }

        @Override
        public double most() {
            return values.maxNumber().doubleValue();
        }
    }

    /**
     * A factor for each element of an image, repeated for every image of a chunk of rows.
     *
     * @param length of an image
     */
    record Row(int length, double[] exact, float[] single) implements Factors {
        static Row of(double[] values) {
            return new Row(values.length, (double[]) ElementLoops.repeated(values, DataType.DOUBLE), (float[])
                    ElementLoops.repeated(values, DataType.FLOAT));
        }

        @Override
        public Factors rows(long first, long count) {
            return this;
        }

        @Override
        public double least() {
            return Arrays.stream(exact).min().orElse(1);
        }

        @Override
        public double most() {
            return Arrays.stream(exact).max().orElse(1);
        }

        @Override
        public void times(INDArray images, double factor, INDArray result) {
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
