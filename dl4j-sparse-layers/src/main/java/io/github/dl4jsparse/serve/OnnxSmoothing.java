package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.math.GaussianSmoothing;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;

/**
 * A Gaussian window over images whose weights inside of the image have sum 1: \( G x = R x C^{\top} \), two products with banded
 * matrices.
 * <p>Shapes: {@code [batch, 1, height, width]}.
 */
record OnnxSmoothing(OnnxValue rows, OnnxValue columns) {
    static OnnxSmoothing of(OnnxGraph graph, LocalContrastLayer layer, OnnxValue images) {
        GaussianSmoothing smoothing = new GaussianSmoothing(layer.getWindow(), layer.getDeviation());
        int height = Math.toIntExact(images.size(2));
        int width = Math.toIntExact(images.size(3));
        return new OnnxSmoothing(
                graph.constant(matrix(smoothing, height, false), height, height),
                graph.constant(matrix(smoothing, width, true), width, width));
    }

    private static double[] matrix(GaussianSmoothing smoothing, int size, boolean transposed) {
        double[][] rows = smoothing.rows(size);
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++) {
            int from = Math.max(0, i - smoothing.window() / 2);
            for (int j = 0; j < rows[i].length; j++) {
                matrix[transposed ? (from + j) * size + i : i * size + from + j] = rows[i][j];
            }
        }
        return matrix;
    }

    OnnxValue apply(OnnxValue images) {
        return rows.product(images).product(columns);
    }
}
