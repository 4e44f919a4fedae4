package io.github.dl4jsparse.internal.math;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The local contrast of images: differences from the mean of the neighbourhood, and their standard deviation in it.
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
 * @param magnitude   the power of two by which an image is divided first, {@code [batch, 1, 1, 1]}: that of its largest
 *                    value, so that squares never over- or underflow; y does not depend on it
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
        long[] s = images.shape();
        LocalContrast all = new LocalContrast(
                smoothing,
                array(images, s[0], 1, 1, 1),
                array(images, s),
                array(images, s[0], 1, s[2], s[3]),
                array(images, s[0], 1, s[2], s[3]));
        ImageContrast contrast = all.ofImages();
        HostRows.replace(
                new INDArray[] {rows(all.differences), rows(all.magnitude), rows(all.sigma), rows(all.scale)},
                (rows, results) -> contrast.apply(rows[0], results),
                rows(images));
        return all;
    }

    private ImageContrast ofImages() {
        int height = Math.toIntExact(differences.size(2));
        int width = Math.toIntExact(differences.size(3));
        return new ImageContrast(
                new ImageSmoothing(smoothing, height, width),
                Math.toIntExact(differences.size(1)),
                height * width,
                differences.dataType() != DataType.DOUBLE);
    }

    private static INDArray rows(INDArray images) {
        return Rows.matrix(images, images.length() / images.size(0));
    }

    private static INDArray array(INDArray like, long... shape) {
        return Nd4j.createUninitialized(like.dataType(), shape, 'c');
    }

    /** The normalised images, a new array. */
    public INDArray normalized() {
        INDArray result = array(differences, differences.shape());
        HostRows.replace(rows(result), LocalContrast::scaled, rows(differences), rows(scale));
        return result;
    }

    private static void scaled(double[][] rows, double[] result) {
        int pixels = rows[1].length;
        for (int start = 0; start < result.length; start += pixels) {
            for (int i = 0; i < pixels; i++) {
                result[start + i] = rows[0][start + i] * rows[1][i];
            }
        }
    }

    /** The same with copied arrays. */
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
        ImageContrast contrast = ofImages();
        HostRows.replace(
                rows(result),
                contrast::gradient,
                rows(outer),
                rows(differences),
                rows(sigma),
                rows(scale),
                rows(magnitude));
        return result;
    }
}
