package io.github.dl4jsparse.internal.math;

import io.github.dl4jsparse.internal.check.Args;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Replaces every pixel by the mean of its neighbourhood, weighted by a square Gaussian window.
 * <p>\[ G * x = R x C^{\top}, \qquad G^{\top} * y = R^{\top} y C \]
 * where R and C are banded matrices with a Gaussian around the diagonal whose rows sum to 1: at the border the weights inside
 * the image are divided by their sum.
 * <p>Shapes: {@code [batch, 1, height, width]} in and out.
 *
 * @param window    side of the window in pixels, odd and at least 3
 * @param deviation of the Gaussian in pixels, finite and &gt; 0
 */
public record GaussianSmoothing(int window, double deviation) {
    /** Checks the window. */
    public GaussianSmoothing {
        if (window < 3 || window % 2 == 0) {
            throw Args.failure("window", "odd and at least 3", window);
        }
        Args.positive("deviation", deviation);
    }

    /**
     * The smoothed images.
     *
     * @param images {@code [batch, 1, height, width]}. Not modified.
     * @return a new array in c order
     */
    public INDArray apply(INDArray images) {
        ImageSmoothing smoothing = of(images);
        return smoothed(images, (rows, result) -> smoothing.apply(rows[0], result));
    }

    /**
     * The adjoint of {@link #apply}, for gradients; it differs from {@link #apply} at the borders.
     *
     * @param images {@code [batch, 1, height, width]}. Not modified.
     * @return a new array in c order
     */
    public INDArray adjoint(INDArray images) {
        ImageSmoothing smoothing = of(images);
        return smoothed(images, (rows, result) -> smoothing.adjoint(rows[0], result));
    }

    private ImageSmoothing of(INDArray images) {
        return new ImageSmoothing(this, Math.toIntExact(images.size(2)), Math.toIntExact(images.size(3)));
    }

    private static INDArray smoothed(INDArray images, HostRows.RowFunction function) {
        int pixels = Math.toIntExact(images.size(2) * images.size(3));
        return HostRows.map(pixels, function, images.reshape('c', images.size(0), pixels))
                .reshape('c', images.shape());
    }

    /** The weights of every line of {@code size} pixels, from pixel {@code line - window / 2} or 0 on; their sum is 1. */
    public double[][] rows(int size) {
        double[][] rows = new double[size][];
        for (int i = 0; i < size; i++) {
            int from = Math.max(0, i - window / 2);
            rows[i] = new double[Math.min(size - 1, i + window / 2) + 1 - from];
            double sum = 0;
            for (int j = 0; j < rows[i].length; j++) {
                double distance = (from + j - i) / deviation;
                rows[i][j] = Math.exp(-distance * distance / 2);
                sum += rows[i][j];
            }
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] /= sum;
            }
        }
        return rows;
    }
}
