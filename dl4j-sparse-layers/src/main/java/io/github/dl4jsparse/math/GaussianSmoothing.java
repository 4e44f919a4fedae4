package io.github.dl4jsparse.math;

import io.github.dl4jsparse.check.Args;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Replaces every pixel by the mean of its neighbourhood, weighted by a square Gaussian window.
 * <p>\[ G * x = R x C^{\top}, \qquad G^{\top} * y = R^{\top} y C \]
 * where R and C are banded matrices with a Gaussian around the diagonal whose rows sum to 1: at the border the weights inside
 * the image are divided by their sum.
 * <p>Shapes: {@code [batch, 1, height, width]} in and out, FLOAT or DOUBLE; the filters are {@code [height, height]} and
 * {@code [width, width]}, all images go through two products.
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
        DataType type = images.dataType();
        return product(
                images,
                filter(images.size(2), type).transpose(),
                filter(images.size(3), type).transpose());
    }

    /**
     * The adjoint of {@link #apply}, for gradients; another map, because of the borders.
     *
     * @param images {@code [batch, 1, height, width]}. Not modified.
     * @return a new array in c order
     */
    public INDArray adjoint(INDArray images) {
        DataType type = images.dataType();
        return product(images, filter(images.size(2), type), filter(images.size(3), type));
    }

    /** Multiplies every column by {@code down} and every row by {@code across}, both from the right. */
    private static INDArray product(INDArray images, INDArray down, INDArray across) {
        long batch = images.size(0);
        long height = images.size(2);
        long width = images.size(3);
        // a product is in f order, so that its transpose is in c order and takes other shapes without a copy
        INDArray alongRows =
                images.reshape('c', batch * height, width).mmul(across).transpose();
        INDArray alongBoth =
                alongRows.reshape('c', width * batch, height).mmul(down).transpose();
        return alongBoth
                .reshape('c', height, width, batch)
                .permute(2, 0, 1)
                .dup('c')
                .reshape('c', batch, 1, height, width);
    }

    /** The banded matrix that smooths a line of {@code size} pixels; every row sums to 1. */
    private INDArray filter(long size, DataType type) {
        int n = Math.toIntExact(size);
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            int from = Math.max(0, i - window / 2);
            int to = Math.min(n - 1, i + window / 2);
            double sum = 0;
            for (int j = from; j <= to; j++) {
                double distance = (j - i) / deviation;
                rows[i][j] = Math.exp(-distance * distance / 2);
                sum += rows[i][j];
            }
            for (int j = from; j <= to; j++) {
                rows[i][j] /= sum;
            }
        }
        return Nd4j.createFromArray(rows).castTo(type);
    }
}
