package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The level of white Gaussian noise in an image, from the image alone.
 * <p>\[ \hat\sigma = \frac{\mathrm{median}\, |h|}{0.6745}, \qquad
 * h_{ij} = \tfrac12 \left( x_{2i,2j} - x_{2i,2j+1} - x_{2i+1,2j} + x_{2i+1,2j+1} \right) \]
 * where h are the diagonal coefficients of Haar's wavelet on the finest scale, in which few pixels of a photograph differ from zero, and
 * 0.6745 is the median of the absolute value of a standard Gaussian variable. Fine texture is taken for noise.
 * <p>Reference: Donoho and Johnstone, Ideal spatial adaptation by wavelet shrinkage, Biometrika 81, 1994.
 */
public final class NoiseLevel {
    private static final double MEDIAN_OF_GAUSSIAN = 0.6744897501960817;

    private NoiseLevel() {}

    /**
     * The mean of the levels of the channels, in the units of the image.
     *
     * @param image {@code [1, channels, height, width]} of at least 2 x 2 pixels. Not modified.
     * @throws IllegalArgumentException if the image has another shape
     */
    public static double of(INDArray image) {
        return of(image, null);
    }

    /**
     * The same from the pixels that are known.
     *
     * @param mask {@code [1, 1, height, width]}, 1 for known pixels and 0 for others; null for all. Not modified.
     * @throws IllegalArgumentException if the image has another shape, or no four neighbours are known
     */
    public static double of(INDArray image, INDArray mask) {
        ImageShapes.requireImage("image", image);
        int height = Math.toIntExact(image.size(2));
        int width = Math.toIntExact(image.size(3));
        if (height < 2 || width < 2) {
            throw Args.failure("image", "of at least 2 x 2 pixels", width + " x " + height);
        }
        double[] known = mask == null ? null : HostArrays.doubles(mask);
        double sum = 0;
        for (int c = 0; c < image.size(1); c++) {
            sum += ofPlane(HostArrays.doubles(image.slice(0).slice(c).dup('c')), known, height, width);
        }
        return sum / image.size(1);
    }

    private static double ofPlane(double[] plane, double[] known, int height, int width) {
        double[] details = new double[(height / 2) * (width / 2)];
        int count = 0;
        for (int y = 0; y + 1 < height; y += 2) {
            for (int x = 0; x + 1 < width; x += 2) {
                int at = y * width + x;
                boolean all = known == null
                        || known[at] > 0 && known[at + 1] > 0 && known[at + width] > 0 && known[at + width + 1] > 0;
                if (all) {
                    double detail = plane[at] - plane[at + 1] - plane[at + width] + plane[at + width + 1];
                    details[count++] = Math.abs(detail) / 2;
                }
            }
        }
        if (count == 0) {
            throw Args.failure("mask", "such that some square of four pixels is known; state the noise level", "none");
        }
        double[] sorted = Arrays.copyOf(details, count);
        Arrays.sort(sorted);
        double median = count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
        return median / MEDIAN_OF_GAUSSIAN;
    }
}
