package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.internal.check.Args;
import java.io.Serializable;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

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
    public int imageRow(int outRow, int kernelRow) {
        return Math.floorMod(outRow * stride + kernelRow - lead(), height);
    }

    /** The image column that is at a column of the patch of a column of places. */
    public int imageColumn(int outColumn, int kernelColumn) {
        return Math.floorMod(outColumn * stride + kernelColumn - lead(), width);
    }

    /**
     * The share of the patches that see each pixel of an image, of the most that see one: row by row, a new array. All ones on a
     * torus whose kernel is a multiple of the stride.
     */
    public double[] coverage() {
        int[] rows = seen(height, outHeight());
        int[] columns = seen(width, outWidth());
        double most = (double) Arrays.stream(rows).max().orElse(1)
                * Arrays.stream(columns).max().orElse(1);
        double[] coverage = new double[height * width];
        for (int pixel = 0; pixel < coverage.length; pixel++) {
            coverage[pixel] = rows[pixel / width] * columns[pixel % width] / most;
        }
        return coverage;
    }

    private int[] seen(int side, int places) {
        int[] seen = new int[side];
        for (int place = 0; place < places; place++) {
            for (int i = 0; i < kernel; i++) {
                seen[Math.floorMod(place * stride + i - lead(), side)]++;
            }
        }
        return seen;
    }

    /**
     * The sheet on which the units of a place lie side by side, row by row: for over-complete maps.
     *
     * @param unitRows rows of units at each place, a divisor of the number of units
     * @return for each point of the sheet of {@code unitRows * outHeight} rows, row by row, the unit's number in a code; a new
     *     array
     * @throws IllegalArgumentException if the units do not fill their rows
     */
    public int[] sheet(int unitRows) {
        Args.atLeast("unitRows", unitRows, 1);
        if (units % unitRows != 0) {
            throw Args.failure("unitRows", "a divisor of the " + units + " units at a place", unitRows);
        }
        int unitColumns = units / unitRows;
        int columns = unitColumns * outWidth();
        int[] numbers = new int[units * places()];
        for (int i = 0; i < numbers.length; i++) {
            int y = i / columns;
            int x = i % columns;
            int unit = y % unitRows * unitColumns + x % unitColumns;
            numbers[i] = (unit * outHeight() + y / unitRows) * outWidth() + x / unitColumns;
        }
        return numbers;
    }

    /**
     * The map from an image to units that see a patch each, with filters of their own at every position.
     *
     * @param weights in the shape that the geometry gives them. Not copied.
     * @throws IllegalArgumentException if they have another shape
     */
    public LinearOperator operator(INDArray weights) {
        return new LocallyConnectedOperator(this, weights);
    }

    /**
     * The same for weights that do not change while the operator lives: they are laid out once, not in every product.
     *
     * @param weights as above. Not copied, not to be changed.
     */
    public LinearOperator operatorOfFixed(INDArray weights) {
        return new LocallyConnectedOperator(this, weights).keepingWeights();
    }
}
