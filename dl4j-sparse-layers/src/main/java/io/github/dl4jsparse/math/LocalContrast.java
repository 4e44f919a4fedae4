package io.github.dl4jsparse.math;

import io.github.dl4jsparse.parallel.Blocks;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The local contrast of images: differences from the mean of the neighbourhood, and their deviation there.
 * <p>\[ v_k = x_k - G * \frac{1}{C} \sum_k x_k, \qquad \sigma = \sqrt{G * \frac{1}{C} \sum_k v_k^2}, \qquad
 * y_k = v_k / \max(c, \sigma) \]
 * where k runs over the C channels, G is a {@link GaussianSmoothing} and c is the mean of sigma over the image. A sigma
 * below the rounding errors of the image's largest value, 1e-12 of it in double and 1e-5 in single precision, counts as zero;
 * an image where all are is without contrast: y is zero, and so is its gradient.
 * <p>Shapes: {@code x, v, y: [batch, channels, height, width]}; {@code sigma: [batch, 1, height, width]}; FLOAT or DOUBLE.
 * <p>Reference: Jarrett, Kavukcuoglu, Ranzato and LeCun, What is the best multi-stage architecture for object recognition?,
 * ICCV 2009.
 *
 * @param smoothing   G
 * @param magnitude   the power of two that an image is divided by before all else, {@code [batch, 1, 1, 1]}: that of its
 *                    largest value, so that squares never over- or underflow; y is the same with and without
 * @param differences v of the divided images
 * @param sigma       their deviations
 * @param scale       1 / max(c, sigma), of sigma's shape; 0 for an image without contrast
 */
public record LocalContrast(
        GaussianSmoothing smoothing, INDArray magnitude, INDArray differences, INDArray sigma, INDArray scale) {
    /**
     * The local contrast of images.
     *
     * @param images in c order. Not modified.
     */
    public static LocalContrast of(INDArray images, GaussianSmoothing smoothing) {
        Blocks blocks = blocks(images);
        if (blocks.count() == 1) {
            return ofBlock(images, smoothing);
        }
        long[] s = images.shape();
        LocalContrast all = new LocalContrast(
                smoothing,
                array(images, s[0], 1, 1, 1),
                array(images, s),
                array(images, s[0], 1, s[2], s[3]),
                array(images, s[0], 1, s[2], s[3]));
        blocks.forEach(block -> {
            LocalContrast to = all.examples(blocks, block);
            LocalContrast from = ofBlock(RowBlocks.examples(images, blocks, block), smoothing);
            to.magnitude.assign(from.magnitude);
            to.differences.assign(from.differences);
            to.sigma.assign(from.sigma);
            to.scale.assign(from.scale);
        });
        return all;
    }

    private static INDArray array(INDArray like, long... shape) {
        return Nd4j.createUninitialized(like.dataType(), shape, 'c');
    }

    private static Blocks blocks(INDArray images) {
        return RowBlocks.of(images.size(0), images.length() / images.size(0), 2 * RowBlocks.DEAR);
    }

    /** That of some of the examples, in the same memory. */
    private LocalContrast examples(Blocks blocks, int block) {
        return kept(array -> RowBlocks.examples(array, blocks, block));
    }

    private static LocalContrast ofBlock(INDArray images, GaussianSmoothing smoothing) {
        // by powers of two, which leaves every digit as it is
        INDArray magnitude = magnitude(images);
        INDArray x = images.div(magnitude);
        INDArray v = x.sub(smoothing.apply(overChannels(x)));
        // squares of rounding errors can't become negative: all weights are positive
        INDArray sigma = Nd4j.math().sqrt(smoothing.apply(overChannels(v.mul(v))));
        INDArray rounding = x.amax(1, 2, 3).reshape(x.size(0), 1, 1, 1).muli(rounding(x.dataType()));
        sigma.muli(positive(sigma.sub(rounding)));
        INDArray floor = floor(sigma);
        INDArray contrast = positive(floor);
        INDArray divisor = Nd4j.math().max(sigma, floor);
        return new LocalContrast(smoothing, magnitude, v, sigma, contrast.div(divisor.addi(contrast.rsub(1))));
    }

    /** The normalised images, a new array. */
    public INDArray normalized() {
        INDArray result = array(differences, differences.shape());
        Blocks blocks = blocks(differences);
        RowBlocks.run(blocks, block -> {
            LocalContrast part = examples(blocks, block);
            part.differences.mul(part.scale, RowBlocks.examples(result, blocks, block));
        });
        return result;
    }

    /** The same with arrays that live elsewhere. */
    public LocalContrast kept(UnaryOperator<INDArray> copy) {
        return new LocalContrast(
                smoothing, copy.apply(magnitude), copy.apply(differences), copy.apply(sigma), copy.apply(scale));
    }

    /**
     * The gradient with respect to the images.
     * <p>\[ r = -s^2 \sum_k g_k v_k, \qquad
     * h = r [\sigma > c] + \frac{1}{P} \sum r [\sigma \le c], \qquad
     * t_k = s g_k + \frac{v_k}{C} G^{\top} * \frac{h}{\sigma}, \qquad
     * \partial L / \partial x_k = t_k - \frac{1}{C} G^{\top} * \sum_k t_k \]
     * where s is the scale, P is the number of pixels and h / sigma is zero where sigma is.
     *
     * @param outer g, with respect to {@link #normalized()}, in c order. Not modified.
     * @return a new array
     */
    public INDArray gradient(INDArray outer) {
        INDArray result = array(differences, differences.shape());
        Blocks blocks = blocks(differences);
        RowBlocks.run(blocks, block -> RowBlocks.examples(result, blocks, block)
                .assign(examples(blocks, block).gradientOfBlock(RowBlocks.examples(outer, blocks, block))));
        return result;
    }

    private INDArray gradientOfBlock(INDArray outer) {
        long channels = differences.size(1);
        INDArray r = outer.mul(differences).sum(true, 1).muli(scale).muli(scale).negi();
        INDArray above = positive(sigma.sub(floor(sigma)));
        INDArray throughFloor = r.mul(above.rsub(1)).mean(true, 2, 3);
        INDArray nonZero = positive(sigma);
        INDArray h = r.muli(above).addi(throughFloor).muli(nonZero).divi(sigma.add(nonZero.rsub(1)));
        INDArray t = outer.mul(scale).addi(differences.mul(smoothing.adjoint(h).divi(channels)));
        return t.subi(smoothing.adjoint(overChannels(t))).divi(magnitude);
    }

    /** The mean over channels: {@code [batch, 1, height, width]}; shared where there is one channel. */
    private static INDArray overChannels(INDArray images) {
        return images.size(1) == 1 ? images : images.mean(true, 1);
    }

    private static INDArray floor(INDArray sigma) {
        return sigma.mean(true, 2, 3);
    }

    /** The power of two next below the largest magnitude of an image; 1 for an image of zeros, NaN or infinite values. */
    private static INDArray magnitude(INDArray images) {
        // no power of two below it has an inverse
        int least = images.dataType() == DataType.DOUBLE ? -1000 : -120;
        double[] largest = HostArrays.doubles(images.amax(1, 2, 3));
        for (int i = 0; i < largest.length; i++) {
            boolean isScale = largest[i] > 0 && largest[i] < Double.POSITIVE_INFINITY;
            largest[i] = isScale ? Math.scalb(1.0, Math.max(least, Math.getExponent(largest[i]))) : 1;
        }
        return Nd4j.create(largest, new long[] {largest.length, 1, 1, 1}, images.dataType());
    }

    private static double rounding(DataType type) {
        return type == DataType.DOUBLE ? 1e-12 : 1e-5;
    }

    /** One where a number is positive, zero elsewhere. */
    private static INDArray positive(INDArray x) {
        return x.gt(0).castTo(x.dataType());
    }
}
