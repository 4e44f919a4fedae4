package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The columns of a matrix of filters as Java arrays. */
final class FilterColumns {
    private FilterColumns() {}

    /**
     * Copies every column of filters of one size.
     *
     * @param filters {@code [height * width, n]}. Not modified.
     * @throws IllegalArgumentException if this is no matrix, has another number of rows, or no column
     */
    static double[][] of(String name, INDArray filters, int height, int width) {
        return of(name, filters, 1, height, width);
    }

    /**
     * Copies every column of filters of one size.
     *
     * @param filters {@code [channels * height * width, n]}. Not modified.
     * @throws IllegalArgumentException if this is no matrix, has another number of rows, or no column
     */
    static double[][] of(String name, INDArray filters, int channels, int height, int width) {
        Args.given(name, filters);
        if (filters.rank() != 2 || filters.isEmpty() || filters.size(0) != (long) channels * height * width) {
            String size = height + " x " + width + (channels == 1 ? "" : " x " + channels + " channels");
            throw Args.failure(name, "a matrix with " + size + " rows", Arrays.toString(filters.shape()));
        }
        return columns(filters);
    }

    /** Copies every column of a matrix. */
    static double[][] of(INDArray matrix) {
        return columns(matrix);
    }

    /**
     * Copies every column and divides it by its largest magnitude.
     *
     * @throws IllegalArgumentException as {@link #of}, or if a value is infinite or NaN
     */
    static double[][] scaled(String name, INDArray filters, int height, int width) {
        return scaled(name, of(name, filters, height, width));
    }

    /**
     * Copies every column and divides it by its largest magnitude, so that no square overflows or vanishes; a column of
     * zeros stays one.
     *
     * @param filters {@code [pixels, n]}. Not modified.
     * @throws IllegalArgumentException if this is no matrix, or a value is infinite or NaN
     */
    static double[][] scaled(String name, INDArray filters) {
        if (Args.given(name, filters).rank() != 2 || filters.isEmpty()) {
            throw Args.failure(name, "a matrix [pixels, n]", Arrays.toString(filters.shape()));
        }
        return scaled(name, columns(filters));
    }

    private static double[][] scaled(String name, double[][] columns) {
        for (int i = 0; i < columns.length; i++) {
            double largest = Args.nonNegative("magnitude in column " + i + " of " + name, largest(columns[i]));
            for (int k = 0; largest > 0 && k < columns[i].length; k++) {
                columns[i][k] /= largest;
            }
        }
        return columns;
    }

    /**
     * The pixels of each channel of a filter, row by row; a new array.
     *
     * @param order of the values of the filter
     */
    static double[][] planes(double[] filter, int channels, CNN2DFormat order) {
        int pixels = filter.length / channels;
        double[][] planes = new double[channels][pixels];
        for (int channel = 0; channel < channels; channel++) {
            for (int k = 0; k < pixels; k++) {
                planes[channel][k] =
                        order == CNN2DFormat.NHWC ? filter[k * channels + channel] : filter[channel * pixels + k];
            }
        }
        return planes;
    }

    /** The largest magnitude; NaN if a value is NaN. */
    static double largest(double[] filter) {
        double largest = 0;
        for (double value : filter) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static double[][] columns(INDArray filters) {
        int pixels = (int) filters.size(0);
        double[] values = HostArrays.doubles(filters.transpose());
        double[][] columns = new double[(int) filters.size(1)][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Arrays.copyOfRange(values, i * pixels, (i + 1) * pixels);
        }
        return columns;
    }
}
