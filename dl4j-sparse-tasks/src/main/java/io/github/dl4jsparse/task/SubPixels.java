package io.github.dl4jsparse.task;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A plane as a channel for each place in a square of pixels, so that a transposed convolution is an ordinary one.
 * <p>\[ c_{s d + e,\, i,\, j} = x_{s i + d,\, s j + e}, \qquad
 * x_{s n + d} = \sum_j z_{n + j}\, D_{d + t - s j} \;\text{ along each axis} \]
 * where s is the stride and t the pixels above the image that the first filter covers.
 *
 * @param stride s
 */
record SubPixels(int stride) {
    /** The channels of a plane of a multiple of s rows and columns. */
    float[] split(float[] plane, int height, int width) {
        float[] channels = new float[plane.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                channels[at(y, x, height, width)] = plane[y * width + x];
            }
        }
        return channels;
    }

    /** The plane of channels. */
    float[] join(float[] channels, int height, int width) {
        float[] plane = new float[channels.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                plane[y * width + x] = channels[at(y, x, height, width)];
            }
        }
        return plane;
    }

    private int at(int y, int x, int height, int width) {
        int channel = y % stride * stride + x % stride;
        return (channel * (height / stride) + y / stride) * (width / stride) + x / stride;
    }

    /** How far a place reaches to places beside it: filters of the convolution have {@code 2 r + 1} rows. */
    int reach(int kernel) {
        return (kernel + stride - 1) / stride / 2 + 1;
    }

    /**
     * The filters of the convolution that is a transposed convolution, on images of a multiple of s rows and columns.
     *
     * @param dictionary D: {@code [kernel * kernel, filters]}. Not modified.
     * @return {@code [s * s, filters, 2 r + 1, 2 r + 1]}, a new array
     */
    INDArray filters(INDArray dictionary, int kernel) {
        int reach = reach(kernel);
        int side = 2 * reach + 1;
        int above = (kernel - stride) / 2;
        int units = Math.toIntExact(dictionary.size(1));
        INDArray filters = Nd4j.zeros(dictionary.dataType(), stride * stride, units, side, side);
        for (int channel = 0; channel < stride * stride; channel++) {
            for (int y = -reach; y <= reach; y++) {
                for (int x = -reach; x <= reach; x++) {
                    int row = channel / stride + above - stride * y;
                    int column = channel % stride + above - stride * x;
                    if (row >= 0 && row < kernel && column >= 0 && column < kernel) {
                        for (int unit = 0; unit < units; unit++) {
                            double value = dictionary.getDouble(row * kernel + column, unit);
                            filters.putScalar(new int[] {channel, unit, y + reach, x + reach}, value);
                        }
                    }
                }
            }
        }
        return filters;
    }
}
