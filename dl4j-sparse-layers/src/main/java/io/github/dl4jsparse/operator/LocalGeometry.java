package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.check.Args;
import java.io.Serializable;

/**
 * Where the filters of a map look: every place of the map has its own patch of the image.
 * <p>On a torus the map has {@code height / stride} rows, and the patch of place 0 begins {@code (kernel - 1) / 2} pixels
 * before the image's first, on the other side. Without, patches lie inside: {@code (height - kernel) / stride + 1} rows.
 * The same holds for columns. Sides on which the strides do not close are refused.
 *
 * @param channels of the image
 * @param height   of the image
 * @param width    of the image
 * @param kernel   side of a patch, at most that of the image
 * @param stride   pixels from one place to the next, at most the kernel
 * @param units    filters at each place
 * @param torus    whether opposite borders of the image meet
 */
public record LocalGeometry(int channels, int height, int width, int kernel, int stride, int units, boolean torus)
        implements Serializable {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if a number is below 1, or the sides do not fit */
    public LocalGeometry {
        Args.atLeast("channels", channels, 1);
        Args.atLeast("kernel", kernel, 1);
        Args.atLeast("stride", stride, 1);
        Args.atLeast("units", units, 1);
        side("height", height, kernel, stride, torus);
        side("width", width, kernel, stride, torus);
        if (stride > kernel) {
            throw Args.failure(
                    "stride", "at most the kernel's side " + kernel + ", or no filter sees some pixels", stride);
        }
    }

    private static void side(String name, int side, int kernel, int stride, boolean torus) {
        Args.atLeast(name, side, kernel);
        int rest = (torus ? side : side - kernel) % stride;
        if (rest != 0) {
            throw Args.failure(
                    name,
                    (torus ? "a multiple of the stride " : "the kernel " + kernel + " plus a multiple of the stride ")
                            + stride + ", such as " + (side - rest),
                    side);
        }
    }

    /** Rows of the map. */
    public int outHeight() {
        return torus ? height / stride : (height - kernel) / stride + 1;
    }

    /** Columns of the map. */
    public int outWidth() {
        return torus ? width / stride : (width - kernel) / stride + 1;
    }

    /** Places of the map. */
    public int places() {
        return outHeight() * outWidth();
    }

    /** Pixels that a filter sees, in all channels. */
    public int patch() {
        return channels * kernel * kernel;
    }

    /** Pixels before the image's first at which the first patch begins. */
    int lead() {
        return torus ? (kernel - 1) / 2 : 0;
    }

    /** Pixels of a row that all patches of a row of places see, with those around the end. */
    int span() {
        return (outWidth() - 1) * stride + kernel;
    }

    /** The image row that is at a row of the patch of a row of places. */
    int imageRow(int outRow, int kernelRow) {
        return Math.floorMod(outRow * stride + kernelRow - lead(), height);
    }
}
