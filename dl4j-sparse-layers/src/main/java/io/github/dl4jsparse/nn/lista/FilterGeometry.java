package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.operator.ConvolutionGeometry;
import org.deeplearning4j.nn.conf.ConvolutionMode;

/**
 * Size, stride and padding of the filters of a {@link ConvolutionalListaLayer}, for images of any size.
 *
 * @param channels  of the image
 * @param kernel    rows and columns of a filter
 * @param stride    rows and columns between neighbouring positions
 * @param padding   zeros above and below, left and right
 * @param mode      Same, Truncate or Strict
 * @param sequences whether images are sequences, of one row
 */
record FilterGeometry(
        int channels, int[] kernel, int[] stride, int[] padding, ConvolutionMode mode, boolean sequences) {

    private static String[] axes(boolean sequences) {
        return sequences ? new String[] {"height", "length"} : new String[] {"height", "width"};
    }

    /**
     * Refuses values that are valid for no image.
     *
     * @throws IllegalArgumentException with name, rule and value
     */
    static void require(int[] kernel, int[] stride, int[] padding, ConvolutionMode mode, boolean sequences) {
        String[] axes = axes(sequences);
        for (int axis = 0; axis < 2; axis++) {
            Args.atLeast("kernel " + axes[axis], kernel[axis], 1);
            Args.inRange("stride " + axes[axis], stride[axis], 1, kernel[axis]);
            Args.inRange("padding " + axes[axis], padding[axis], 0, kernel[axis] - 1);
            if (padding[axis] > 0 && mode == ConvolutionMode.Same) {
                throw Args.failure("padding " + axes[axis], "left out in mode Same, which has its own", padding[axis]);
            }
        }
        if (mode != ConvolutionMode.Same && mode != ConvolutionMode.Truncate && mode != ConvolutionMode.Strict) {
            throw Args.failure("convolutionMode", "Same, Truncate or Strict", mode);
        }
    }

    /**
     * The positions and patches on images of a size.
     *
     * @throws IllegalArgumentException if the kernel does not fit
     */
    ConvolutionGeometry on(int height, int width) {
        int[] image = {height, width};
        if (mode == ConvolutionMode.Same) {
            return ConvolutionGeometry.same(channels, image, kernel, stride);
        }
        for (int axis = 0; axis < 2 && sequences; axis++) {
            if (kernel[axis] > image[axis] + 2 * padding[axis]) {
                throw Args.failure(
                        "kernel",
                        "at most the sequence's " + (image[axis] + 2 * padding[axis])
                                + " time steps with its padding; take a smaller kernel or mode Same",
                        kernel[axis]);
            }
        }
        ConvolutionGeometry geometry = ConvolutionGeometry.padded(channels, image, kernel, stride, padding);
        for (int axis = 0; axis < 2 && mode == ConvolutionMode.Strict; axis++) {
            int rest = (image[axis] + 2 * padding[axis] - kernel[axis]) % stride[axis];
            if (rest != 0) {
                throw Args.failure(
                        axes(sequences)[axis],
                        "the kernel " + kernel[axis] + " plus a multiple of the stride " + stride[axis]
                                + " in mode Strict, such as " + (image[axis] - rest)
                                + "; or take mode Truncate or Same",
                        image[axis]);
            }
        }
        return geometry;
    }

    /**
     * Rows and columns of the smallest images whose codes have a given number of positions down and across; null if
     * there are none.
     */
    int[] smallestImage(long positionsDown, long positionsAcross) {
        long[] places = {positionsDown, positionsAcross};
        int[] image = new int[2];
        for (int axis = 0; axis < 2; axis++) {
            int patch = mode == ConvolutionMode.Same ? 1 : kernel[axis] - 2 * padding[axis];
            image[axis] = Math.max(1, Math.toIntExact((places[axis] - 1) * stride[axis]) + patch);
        }
        return image;
    }

    /** The geometry on images that are large compared with the kernel; sequences have one row. */
    ConvolutionGeometry onLargeImages() {
        return on(sequences ? 1 : largeFor(0), largeFor(1));
    }

    private int largeFor(int axis) {
        return kernel[axis] + 3 * kernel[axis] / stride[axis] * stride[axis];
    }
}
