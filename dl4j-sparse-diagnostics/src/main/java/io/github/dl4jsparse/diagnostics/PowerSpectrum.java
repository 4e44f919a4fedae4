package io.github.dl4jsparse.diagnostics;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The centroid of the power spectrum of small pictures.
 * <p>\[ f = \frac{\sum_k |k| P(k)}{\sum_k P(k)}, \qquad P(k) = \Big| \sum_p d_p e^{-2 \pi i k \cdot p} \Big|^2 \]
 * where d is a picture with pixels p, and k runs over the frequencies (a / height, b / width) of its discrete Fourier
 * transform, in cycles per pixel and not above 1/2 along each axis; k = 0, the mean, is left out.
 */
final class PowerSpectrum {
    /** Power outside of the mean below this fraction of the total power is rounding error. */
    private static final double ROUNDING = 1e-24;

    private PowerSpectrum() {}

    /**
     * The centroid of each picture, 0 for a picture of one value.
     *
     * @param pictures one a row, {@code [n][height * width]}. Not modified.
     */
    static double[] centroids(double[][] pictures, int height, int width) {
        int n = pictures.length;
        // one axis after the other, each as a product with [cosines; sines] of that axis
        INDArray columns = Nd4j.createFromArray(pictures).transpose().dup('c').reshape(height, (long) width * n);
        INDArray real = swapped(waves(height, 0).mmul(columns), height, width, n);
        INDArray imaginary = swapped(waves(height, 1).mmul(columns), height, width, n);
        INDArray cosines = waves(width, 0);
        INDArray sines = waves(width, 1);
        INDArray power = squared(cosines.mmul(real).subi(sines.mmul(imaginary)))
                .addi(squared(cosines.mmul(imaginary).addi(sines.mmul(real))))
                .reshape((long) width * height, n);
        double[][] sums = weights(height, width).mmul(power).toDoubleMatrix();
        double[] centroids = new double[n];
        for (int i = 0; i < n; i++) {
            double varying = sums[1][i];
            centroids[i] = varying > ROUNDING * sums[2][i] ? sums[0][i] / varying : 0;
        }
        return centroids;
    }

    /** Cosines, or sines for {@code part} 1, of every frequency (row) at every pixel (column) of one axis. */
    private static INDArray waves(int size, int part) {
        double[][] waves = new double[size][size];
        for (int k = 0; k < size; k++) {
            for (int p = 0; p < size; p++) {
                double phase = 2 * Math.PI * (k * p % size) / size;
                waves[k][p] = part == 0 ? Math.cos(phase) : Math.sin(phase);
            }
        }
        return Nd4j.createFromArray(waves);
    }

    /** From {@code [height, width * n]} to {@code [width, height * n]}. */
    private static INDArray swapped(INDArray half, int height, int width, int n) {
        return half.dup('c').reshape(height, width, n).permute(1, 0, 2).dup('c').reshape(width, (long) height * n);
    }

    private static INDArray squared(INDArray x) {
        INDArray contiguous = x.dup('c');
        return contiguous.muli(contiguous);
    }

    /** Rows: the frequency; 1 except at the mean; 1 everywhere. Columns: in the order of the rows of the power. */
    private static INDArray weights(int height, int width) {
        INDArray weights = Nd4j.ones(DataType.DOUBLE, 3, (long) width * height);
        for (int b = 0; b < width; b++) {
            for (int a = 0; a < height; a++) {
                double vertical = (double) Math.min(a, height - a) / height;
                double horizontal = (double) Math.min(b, width - b) / width;
                weights.putScalar(0, (long) b * height + a, Math.hypot(vertical, horizontal));
            }
        }
        return weights.putScalar(1, 0, 0);
    }
}
