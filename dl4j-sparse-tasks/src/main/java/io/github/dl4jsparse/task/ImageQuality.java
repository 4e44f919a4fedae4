package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Similarity of an image to a reference, for values from 0 to 1.
 * <p>\[ \mathrm{PSNR} = -10 \log_{10} \frac1N \lVert x - y \rVert_2^2, \qquad
 * \mathrm{SSIM} = \mathrm{mean}\, \frac{(2 \mu_x \mu_y + c_1)(2 \sigma_{xy} + c_2)}
 * {(\mu_x^2 + \mu_y^2 + c_1)(\sigma_x^2 + \sigma_y^2 + c_2)}, \quad c_1 = 0.01^2, \; c_2 = 0.03^2 \]
 * where means, variances and covariance are those of windows of 7 x 7 pixels with equal weights, variances with 48 in the
 * denominator, and the mean is over all windows inside of the image and all channels: as scikit-image computes it.
 * <p>Shapes: {@code [1, channels, height, width]}.
 * <p>Reference: Wang, Bovik, Sheikh and Simoncelli, Image quality assessment: from error visibility to structural similarity, IEEE
 * Transactions on Image Processing 13, 2004.
 */
public final class ImageQuality {
    private static final int WINDOW = 7;
    private static final double C1 = 0.01 * 0.01;
    private static final double C2 = 0.03 * 0.03;

    private ImageQuality() {}

    /**
     * The peak signal-to-noise ratio in decibels; infinite for equal images.
     *
     * @param image     not modified
     * @param reference not modified
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double psnr(INDArray image, INDArray reference) {
        ImageShapes.requireAlike(ImageShapes.requireImage("image", image), Args.given("reference", reference));
        double[] x = HostArrays.doubles(image.dup('c'));
        double[] y = HostArrays.doubles(reference.dup('c'));
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        }
        return -10 * Math.log10(sum / x.length);
    }

    /**
     * The mean structural similarity; 1 for equal images.
     *
     * @param image     not modified
     * @param reference not modified
     * @throws IllegalArgumentException if the shapes differ, or the images are smaller than a window
     */
    public static double ssim(INDArray image, INDArray reference) {
        ImageShapes.requireAlike(ImageShapes.requireImage("image", image), Args.given("reference", reference));
        int height = Math.toIntExact(image.size(2));
        int width = Math.toIntExact(image.size(3));
        if (height < WINDOW || width < WINDOW) {
            throw Args.failure("image", "of at least " + WINDOW + " x " + WINDOW + " pixels", width + " x " + height);
        }
        double sum = 0;
        for (int c = 0; c < image.size(1); c++) {
            double[] x = HostArrays.doubles(image.slice(0).slice(c).dup('c'));
            double[] y = HostArrays.doubles(reference.slice(0).slice(c).dup('c'));
            sum += similarity(x, y, height, width);
        }
        return sum / image.size(1);
    }

    private static double similarity(double[] x, double[] y, int height, int width) {
        double[][] sums = {
            windowSums(x, null, height, width),
            windowSums(y, null, height, width),
            windowSums(x, x, height, width),
            windowSums(y, y, height, width),
            windowSums(x, y, height, width)
        };
        double n = WINDOW * WINDOW;
        double total = 0;
        for (int i = 0; i < sums[0].length; i++) {
            double mx = sums[0][i] / n;
            double my = sums[1][i] / n;
            double vx = (sums[2][i] - n * mx * mx) / (n - 1);
            double vy = (sums[3][i] - n * my * my) / (n - 1);
            double cov = (sums[4][i] - n * mx * my) / (n - 1);
            total += (2 * mx * my + C1) * (2 * cov + C2) / ((mx * mx + my * my + C1) * (vx + vy + C2));
        }
        return total / sums[0].length;
    }

    /** Sums of values, or of products, over all windows inside, by sums over rows first. */
    private static double[] windowSums(double[] a, double[] b, int height, int width) {
        int across = width - WINDOW + 1;
        double[] rows = new double[height * across];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < across; x++) {
                double sum = 0;
                for (int k = 0; k < WINDOW; k++) {
                    int at = y * width + x + k;
                    sum += b == null ? a[at] : a[at] * b[at];
                }
                rows[y * across + x] = sum;
            }
        }
        double[] sums = new double[(height - WINDOW + 1) * across];
        for (int y = 0; y <= height - WINDOW; y++) {
            for (int x = 0; x < across; x++) {
                double sum = 0;
                for (int k = 0; k < WINDOW; k++) {
                    sum += rows[(y + k) * across + x];
                }
                sums[y * across + x] = sum;
            }
        }
        return sums;
    }
}
