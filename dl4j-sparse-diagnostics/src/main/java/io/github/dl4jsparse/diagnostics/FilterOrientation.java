package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Preferred orientation, coherence (degree of orientation) and spatial frequency of every filter.
 * <p>\[ \theta = \tfrac12 \mathrm{atan2}(2 J_{xy}, J_{xx} - J_{yy}) + \tfrac{\pi}{2} \bmod \pi, \qquad
 * c = \frac{\sqrt{(J_{xx} - J_{yy})^2 + 4 J_{xy}^2}}{J_{xx} + J_{yy}}, \qquad J_{xy} = \sum_p w_p\, g_x g_y \]
 * where g is the gradient at pixel p, w a Gaussian about the filter's centre or 1 everywhere, x grows along a row and y
 * down the rows. theta is the direction along the stripes: 0 for horizontal ones, and pi/4 for stripes that fall from
 * left to right. c, the coherence, goes from 0 (no direction preferred) to 1 (a grating). The frequency, in cycles per
 * pixel, is the centroid of the power spectrum without the mean. A filter of one value has coherence and frequency 0, and
 * an orientation of NaN.
 * <p>Gradients are central differences across three pixels, smoothed along the other axis by (47, 162, 47) / 256, and
 * taken where all nine pixels lie inside the filter. Without that smoothing short waves seem to turn towards the diagonal:
 * Gabor filters of 12 x 12 pixels in 24 orientations are off by up to 0.28 rad at 3 pixels a cycle and 0.07 at 6, with it
 * by 0.03 and 0.002.
 * <p>White noise has some coherence by chance, the more the smaller the filter. Of 10,000 filters of white noise, this
 * part is above a coherence of:
 * <table>
 * <caption>Share of white-noise filters that pass</caption>
 * <tr><th>size</th><th>0.3</th><th>0.4</th><th>{@value #ORIENTED_ABOVE}</th></tr>
 * <tr><td>8 x 8</td><td>28.9 %</td><td>9.9 %</td><td>0.90 %</td></tr>
 * <tr><td>12 x 12</td><td>4.0 %</td><td>0.2 %</td><td>0.00 %</td></tr>
 * <tr><td>16 x 16</td><td>0.2 %</td><td>0.0 %</td><td>0.00 %</td></tr>
 * </table>
 * <p>Blurred noise acts as noise of fewer pixels: after a Gaussian of 1 pixel, 13.6 %, 0.7 % and 0.02 % are above
 * {@value #ORIENTED_ABOVE}; so compare with random filters of the same spectrum where filters are small and smooth.
 * <p>Shapes: {@code filters: [height * width, n]}, the pixels of a column row by row.
 * <p>Reference: Bigun and Granlund, Optimal orientation detection of linear symmetry, ICCV 1987; Scharr, Optimal
 * operators in digital image processing, Heidelberg 2000 (the smoothing).
 */
public final class FilterOrientation {
    /** A filter counts as oriented if its coherence is greater: less than 2 % of white noise from 8 x 8 pixels on. */
    public static final double ORIENTED_ABOVE = 0.55;

    private static final double SIDE = 47.0 / 256;
    private static final double MIDDLE = 1 - 2 * SIDE;

    private final double[] orientations;
    private final double[] coherences;
    private final double[] frequencies;

    private FilterOrientation(double[] orientations, double[] coherences, double[] frequencies) {
        this.orientations = orientations;
        this.coherences = coherences;
        this.frequencies = frequencies;
    }

    /**
     * Measures every filter with equal weights for all pixels.
     *
     * @param filters {@code [height * width, n]}. Not modified.
     * @throws IllegalArgumentException as {@link #of(INDArray, int, int, double)}
     */
    public static FilterOrientation of(INDArray filters, int height, int width) {
        return of(filters, height, width, Double.POSITIVE_INFINITY);
    }

    /**
     * Measures every filter with Gaussian weights about its centre.
     *
     * @param filters {@code [height * width, n]}. Not modified.
     * @param height  of a filter, at least 3
     * @param width   of a filter, at least 3
     * @param window  standard deviation in pixels of the Gaussian that weighs the gradients; infinity for no window. The
     *                frequency does not depend on it. A window raises the coherence of noise, too.
     * @throws IllegalArgumentException if the filters have another number of rows or a value that is not finite, a side is
     *     below 3, or the window is not above 0
     */
    public static FilterOrientation of(INDArray filters, int height, int width, double window) {
        Args.atLeast("height", height, 3);
        Args.atLeast("width", width, 3);
        Args.bound("window", window);
        double[][] columns = FilterColumns.scaled("filters", filters, height, width);
        double[] orientations = new double[columns.length];
        double[] coherences = new double[columns.length];
        double[] weights = weights(height, width, window);
        for (int i = 0; i < columns.length; i++) {
            Tensor tensor = tensor(columns[i], width, weights);
            orientations[i] = tensor.orientation();
            coherences[i] = tensor.coherence();
        }
        return new FilterOrientation(orientations, coherences, PowerSpectrum.centroids(columns, height, width));
    }

    /** The Gaussian at every pixel, 0 at the border. */
    private static double[] weights(int height, int width, double window) {
        double[] weights = new double[height * width];
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                double distance = Math.hypot(y - (height - 1) / 2.0, x - (width - 1) / 2.0) / window;
                weights[y * width + x] = Math.exp(-distance * distance / 2);
            }
        }
        return weights;
    }

    private static Tensor tensor(double[] filter, int width, double[] weights) {
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int p = width + 1; p < filter.length - width - 1; p++) {
            if (weights[p] > 0) {
                double gx = difference(filter, p, 1, width);
                double gy = difference(filter, p, width, 1);
                xx += weights[p] * gx * gx;
                yy += weights[p] * gy * gy;
                xy += weights[p] * gx * gy;
            }
        }
        return new Tensor(xx, yy, xy);
    }

    /** Twice the derivative at pixel p along one axis, smoothed across it; each axis is the distance of two pixels. */
    private static double difference(double[] filter, int p, int along, int across) {
        return MIDDLE * (filter[p + along] - filter[p - along])
                + SIDE * (filter[p + along + across] - filter[p - along + across])
                + SIDE * (filter[p + along - across] - filter[p - along - across]);
    }

    /** The structure tensor of a filter. */
    private record Tensor(double xx, double yy, double xy) {
        double coherence() {
            double trace = xx + yy;
            return trace > 0 ? Math.min(1, Math.hypot(xx - yy, 2 * xy) / trace) : 0;
        }

        double orientation() {
            if (!(xx + yy > 0)) {
                return Double.NaN;
            }
            // the angle of the gradient, from -pi/2 to pi/2, and a right angle
            double theta = Math.atan2(2 * xy, xx - yy) / 2 + Math.PI / 2;
            return theta < Math.PI ? theta : 0;
        }
    }

    /** The orientations in rad, from 0 to below pi, NaN for a filter of one value; a new array. */
    public double[] orientations() {
        return orientations.clone();
    }

    /** The coherences, from 0 to 1; a new array. */
    public double[] coherences() {
        return coherences.clone();
    }

    /** The mean frequencies in cycles per pixel, 0 for a filter of one value; a new array. */
    public double[] frequencies() {
        return frequencies.clone();
    }

    /** The share of the filters with a coherence above {@value #ORIENTED_ABOVE}, from 0 to 1. */
    public double orientedFraction() {
        return orientedFraction(ORIENTED_ABOVE);
    }

    /**
     * The share of the filters with a greater coherence, from 0 to 1.
     *
     * @throws IllegalArgumentException if {@code minCoherence} is not from 0 to 1
     */
    public double orientedFraction(double minCoherence) {
        Args.inRange("minCoherence", minCoherence, 0, 1);
        return Arrays.stream(coherences).filter(c -> c > minCoherence).count() / (double) coherences.length;
    }
}
