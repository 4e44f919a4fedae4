package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.internal.check.Args;
import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The geometry of a convolution: the positions of a map, and the patch of the image at each position.
 * <p>\[ \mathrm{patch}(p) = \{ (s_h p_y + i - t,\; s_w p_x + j - l) : 0 \le i &lt; k_h,\; 0 \le j &lt; k_w \} \]
 * where s are the strides, k the sides of the kernel, and t, l the rows above and columns left of the image at which the first
 * patch begins. Pixels outside of the image are zero.
 *
 * @param channels     of the image
 * @param height       of the image
 * @param width        of the image
 * @param kernelHeight rows of a patch
 * @param kernelWidth  columns of a patch
 * @param strideHeight rows between neighbouring positions, at most the kernel's
 * @param strideWidth  columns between neighbouring positions, at most the kernel's
 * @param top          rows of zeros above the image, less than the kernel's
 * @param left         columns of zeros left of the image, less than the kernel's
 * @param outHeight    rows of the map
 * @param outWidth     columns of the map
 */
public record ConvolutionGeometry(
        int channels,
        int height,
        int width,
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int top,
        int left,
        int outHeight,
        int outWidth)
        implements Serializable {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if a number is below its range, or a patch is entirely outside of the image */
    public ConvolutionGeometry {
        Args.atLeast("channels", channels, 1);
        side("height", height, kernelHeight, strideHeight, top, outHeight);
        side("width", width, kernelWidth, strideWidth, left, outWidth);
    }

    private static void side(String name, int side, int kernel, int stride, int lead, int places) {
        Args.atLeast(name, side, 1);
        Args.atLeast("kernel " + name, kernel, 1);
        Args.atLeast("stride " + name, stride, 1);
        Args.atLeast("positions along the " + name, places, 1);
        if (stride > kernel) {
            throw Args.failure(
                    "stride " + name, "at most the kernel's " + kernel + ", or some pixels are in no patch", stride);
        }
        if (lead < 0 || lead >= kernel) {
            throw Args.failure("padding " + name, "from 0 to less than the kernel's " + kernel, lead);
        }
        if ((places - 1) * stride - lead >= side) {
            throw Args.failure("positions along the " + name, "so few that every patch overlaps the image", places);
        }
    }

    /** The mode Same: {@code ceil(side / stride)} positions, with equal padding by zeros on both sides. */
    public static ConvolutionGeometry same(int channels, int[] image, int[] kernel, int[] stride) {
        int[] out = new int[2];
        int[] lead = new int[2];
        for (int axis = 0; axis < 2; axis++) {
            out[axis] = (image[axis] + stride[axis] - 1) / stride[axis];
            lead[axis] = Math.max(0, (out[axis] - 1) * stride[axis] + kernel[axis] - image[axis]) / 2;
        }
        return of(channels, image, kernel, stride, lead, out);
    }

    /**
     * Padding by a given number of zeros on every side, with all patches that fit; pixels at the lower and right border
     * may be uncovered.
     *
     * @throws IllegalArgumentException if the kernel is larger than the padded image
     */
    public static ConvolutionGeometry padded(int channels, int[] image, int[] kernel, int[] stride, int[] padding) {
        int[] out = new int[2];
        for (int axis = 0; axis < 2; axis++) {
            int room = image[axis] + 2 * padding[axis];
            if (kernel[axis] > room) {
                throw Args.failure(
                        axis == 0 ? "kernel height" : "kernel width",
                        "at most the image's " + room + " with its padding; take a smaller kernel or mode Same",
                        kernel[axis]);
            }
            out[axis] = (room - kernel[axis]) / Args.atLeast("stride", stride[axis], 1) + 1;
        }
        return of(channels, image, kernel, stride, padding, out);
    }

    private static ConvolutionGeometry of(
            int channels, int[] image, int[] kernel, int[] stride, int[] lead, int[] out) {
        return new ConvolutionGeometry(
                channels, image[0], image[1], kernel[0], kernel[1], stride[0], stride[1], lead[0], lead[1], out[0],
                out[1]);
    }

    /** The number of positions of the map. */
    public int positions() {
        return outHeight * outWidth;
    }

    /** Elements of a patch: rows x columns x channels, in this order. */
    public int patch() {
        return kernelHeight * kernelWidth * channels;
    }

    /** Elements of an image: rows x columns x channels, in this order. */
    public int pixels() {
        return height * width * channels;
    }

    /** Rows of the image with the zeros around it. */
    int paddedHeight() {
        return Math.max((outHeight - 1) * strideHeight + kernelHeight, top + height);
    }

    /** Columns of the image with the zeros around it. */
    int paddedWidth() {
        return Math.max((outWidth - 1) * strideWidth + kernelWidth, left + width);
    }

    /**
     * For every pixel, the number of patches that cover it, as a share of their number on an image without borders.
     * <p>\[ m_{y,x} = \frac{\#\{p : (y, x) \in \mathrm{patch}(p)\}}{\#\{p \in \mathbb{Z}^2 : (y, x) \in \mathrm{patch}(p)\}} \]
     *
     * @return a new array of height x width numbers from 0 to 1, row by row
     */
    public double[] coverage() {
        double[] rows = coverage(height, kernelHeight, strideHeight, top, outHeight);
        double[] columns = coverage(width, kernelWidth, strideWidth, left, outWidth);
        double[] coverage = new double[height * width];
        for (int i = 0; i < coverage.length; i++) {
            coverage[i] = rows[i / width] * columns[i % width];
        }
        return coverage;
    }

    private static double[] coverage(int side, int kernel, int stride, int lead, int places) {
        double[] coverage = new double[side];
        for (int y = 0; y < side; y++) {
            // the positions p with 0 <= y + lead - stride p < kernel
            int last = Math.floorDiv(y + lead, stride);
            int first = Math.floorDiv(y + lead - kernel, stride) + 1;
            int seen = Math.min(last, places - 1) - Math.max(first, 0) + 1;
            coverage[y] = (double) Math.max(0, seen) / (last - first + 1);
        }
        return coverage;
    }

    /**
     * The convolution of images with filters.
     *
     * @param filters rows {@code [maps, patch]}. Not copied.
     * @throws IllegalArgumentException if they have another shape
     */
    public LinearOperator convolution(INDArray filters) {
        return new ConvolutionOperator(this, filters);
    }

    /**
     * The transposed convolution, which makes images of maps: the decoder of a convolutional dictionary.
     *
     * @param dictionary atoms are columns {@code [patch, maps]}. Not copied.
     * @throws IllegalArgumentException if it has another shape
     */
    public LinearOperator transposedConvolution(INDArray dictionary) {
        return new TransposedConvolutionOperator(this, dictionary);
    }
}
