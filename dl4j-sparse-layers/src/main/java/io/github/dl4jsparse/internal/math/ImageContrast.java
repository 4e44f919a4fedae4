package io.github.dl4jsparse.internal.math;

import java.util.Arrays;

/**
 * The {@link LocalContrast} of images of one size, one after the other in Java arrays.
 * <p>Shapes: images {@code [channels * pixels]}.
 *
 * @param smoothing G
 * @param channels  C
 * @param pixels    of a channel
 * @param isSingle  whether the images come from single precision
 */
record ImageContrast(ImageSmoothing smoothing, int channels, int pixels, boolean isSingle) {
    /**
     * Normalises an image.
     *
     * @param image   overwritten
     * @param results v, the magnitude, sigma and the scale. Modified in place.
     */
    void apply(double[] image, double[][] results) {
        double[] v = results[0];
        double[] sigma = results[2];
        double largest = largest(image);
        double magnitude = magnitude(largest);
        results[1][0] = magnitude;
        double[] mean = new double[pixels];
        for (int i = 0; i < image.length; i++) {
            // by a power of two, which is exact
            image[i] /= magnitude;
        }
        addChannels(image, mean);
        double[] smooth = new double[pixels];
        smoothing.apply(mean, smooth);
        double[] squares = new double[image.length];
        for (int k = 0; k < channels; k++) {
            for (int i = 0; i < pixels; i++) {
                v[k * pixels + i] = image[k * pixels + i] - smooth[i];
            }
        }
        for (int i = 0; i < v.length; i++) {
            squares[i] = v[i] * v[i];
        }
        Arrays.fill(mean, 0);
        addChannels(squares, mean);
        // squares of rounding errors can't become negative: all weights are positive
        smoothing.apply(mean, sigma);
        double rounding = largest / magnitude * (isSingle ? 1e-5 : 1e-12);
        for (int i = 0; i < pixels; i++) {
            double root = Math.sqrt(sigma[i]);
            sigma[i] = root <= rounding ? 0 : root;
        }
        scale(sigma, results[3]);
    }

    private static void scale(double[] sigma, double[] scale) {
        double floor = mean(sigma);
        for (int i = 0; i < scale.length; i++) {
            scale[i] = floor == 0 ? 0 : 1 / Math.max(sigma[i], floor);
        }
    }

    /** Adds the mean over the channels. */
    private void addChannels(double[] image, double[] mean) {
        for (int k = 0; k < channels; k++) {
            for (int i = 0; i < pixels; i++) {
                mean[i] += image[k * pixels + i];
            }
        }
        for (int i = 0; i < pixels; i++) {
            mean[i] /= channels;
        }
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double largest(double[] image) {
        double largest = 0;
        for (double value : image) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** The power of two next below the largest magnitude; 1 for zeros, NaN and infinite values. */
    private double magnitude(double largest) {
        boolean isScale = largest > 0 && largest < Double.POSITIVE_INFINITY;
        // smaller powers of two have no finite inverse
        int least = isSingle ? -120 : -1000;
        return isScale ? Math.scalb(1.0, Math.max(least, Math.getExponent(largest))) : 1;
    }

    /**
     * The gradient with respect to an image, as {@link LocalContrast#gradient} says.
     *
     * @param rows   g, v, sigma, the scale and the magnitude; g is overwritten
     * @param result modified in place
     */
    void gradient(double[][] rows, double[] result) {
        double[] g = rows[0];
        double[] v = rows[1];
        double[] s = rows[3];
        double[] r = new double[pixels];
        for (int k = 0; k < channels; k++) {
            for (int i = 0; i < pixels; i++) {
                r[i] -= g[k * pixels + i] * v[k * pixels + i];
            }
        }
        double[] h = throughSigma(r, rows[2], s);
        double[] back = new double[pixels];
        smoothing.adjoint(h, back);
        double[] mean = new double[pixels];
        for (int k = 0; k < channels; k++) {
            for (int i = 0; i < pixels; i++) {
                g[k * pixels + i] = s[i] * g[k * pixels + i] + v[k * pixels + i] * back[i] / channels;
            }
        }
        addChannels(g, mean);
        smoothing.adjoint(mean, back);
        for (int k = 0; k < channels; k++) {
            for (int i = 0; i < pixels; i++) {
                result[k * pixels + i] = (g[k * pixels + i] - back[i]) / rows[4][0];
            }
        }
    }

    /** {@code h / sigma}. */
    private static double[] throughSigma(double[] r, double[] sigma, double[] scale) {
        double floor = mean(sigma);
        double throughFloor = 0;
        for (int i = 0; i < r.length; i++) {
            r[i] *= scale[i] * scale[i];
            throughFloor += sigma[i] > floor ? 0 : r[i];
        }
        throughFloor /= r.length;
        for (int i = 0; i < r.length; i++) {
            double h = (sigma[i] > floor ? r[i] : 0) + throughFloor;
            r[i] = sigma[i] == 0 ? 0 : h / sigma[i];
        }
        return r;
    }
}
