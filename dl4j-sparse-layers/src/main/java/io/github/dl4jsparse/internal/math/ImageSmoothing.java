package io.github.dl4jsparse.internal.math;

import java.util.Arrays;

/**
 * A {@link GaussianSmoothing} of images of one size, one after the other in Java arrays.
 * <p>Shapes: images {@code [height * width]}, row by row.
 */
final class ImageSmoothing {
    private final int height;
    private final int width;
    private final int reach;
    /** The weights of line i around the diagonal. */
    private final double[][] down;

    private final double[][] across;

    ImageSmoothing(GaussianSmoothing smoothing, int height, int width) {
        this.height = height;
        this.width = width;
        reach = smoothing.window() / 2;
        down = smoothing.rows(height);
        across = smoothing.rows(width);
    }

    /** Smooths an image into another array. */
    void apply(double[] image, double[] result) {
        double[] half = new double[image.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double[] weights = across[x];
                int first = first(x);
                double sum = 0;
                for (int i = 0; i < weights.length; i++) {
                    sum += weights[i] * image[y * width + first + i];
                }
                half[y * width + x] = sum;
            }
        }
        Arrays.fill(result, 0);
        for (int y = 0; y < height; y++) {
            int first = first(y);
            for (int i = 0; i < down[y].length; i++) {
                add(down[y][i], half, (first + i) * width, result, y * width);
            }
        }
    }

    /** The adjoint, into another array. */
    void adjoint(double[] image, double[] result) {
        double[] half = new double[image.length];
        for (int y = 0; y < height; y++) {
            int first = first(y);
            for (int i = 0; i < down[y].length; i++) {
                add(down[y][i], image, y * width, half, (first + i) * width);
            }
        }
        Arrays.fill(result, 0);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double[] weights = across[x];
                int first = y * width + first(x);
                for (int i = 0; i < weights.length; i++) {
                    result[first + i] += weights[i] * half[y * width + x];
                }
            }
        }
    }

    private void add(double weight, double[] from, int f, double[] to, int t) {
        for (int x = 0; x < width; x++) {
            to[t + x] += weight * from[f + x];
        }
    }

    /** Where the weights of a line begin. */
    private int first(int line) {
        return Math.max(0, line - reach);
    }
}
