package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.internal.check.Args;
import java.io.Serializable;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The geometry of local connections: the patch of the image for every position of a map.
 * <p>On a torus the map has {@code height / stride} rows, and the patch of position 0 begins {@code (kernel - 1) / 2}
 * pixels before the image's first, at the opposite border. Otherwise patches lie inside of the image:
 * {@code (height - kernel) / stride + 1} rows. The same holds for columns. Sides that are not multiples of the stride,
 * on a torus, or leave pixels uncovered are refused.
 *
 * @param channels of the image
 * @param height   of the image
 * @param width    of the image
 * @param kernel   side of a patch, at most that of the image
 * @param stride   pixels between neighbouring positions, at most the kernel
 * @param units    filters at each position
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
                    "stride", "at most the kernel's side " + kernel + ", or some pixels are in no patch", stride);
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

    /** The number of positions of the map. */
    public int positions() {
        return outHeight() * outWidth();
    }

    /** Elements of a patch, in all channels. */
    public int patch() {
        return channels * kernel * kernel;
    }

    /** Pixels before the image's first at which the first patch begins. */
    int lead() {
        return torus ? (kernel - 1) / 2 : 0;
    }

    /** Pixels of a row that the patches of a row of positions cover, including those beyond the border of a torus. */
    int span() {
        return (outWidth() - 1) * stride + kernel;
    }

    /** The image row of a row of the patches of a row of positions. */
    public int imageRow(int outRow, int kernelRow) {
        return Math.floorMod(outRow * stride + kernelRow - lead(), height);
    }

    /** The image column of a column of the patches of a column of positions. */
    public int imageColumn(int outColumn, int kernelColumn) {
        return Math.floorMod(outColumn * stride + kernelColumn - lead(), width);
    }

    /**
     * The number of patches that cover each pixel of an image, divided by the largest such number: row by row, a new
     * array. All ones on a torus whose kernel is a multiple of the stride.
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
     * The arrangement of units as a sheet in which the units of one position are neighbours, row by row: for
     * over-complete maps.
     *
     * @param unitRows rows of units at each position, a divisor of the number of units
     * @return for each point of the sheet of {@code unitRows * outHeight} rows, row by row, the unit's index in a code;
     *      a new array
     * @throws IllegalArgumentException if the units do not fill their rows
     */
    public int[] sheet(int unitRows) {
        Args.atLeast("unitRows", unitRows, 1);
        if (units % unitRows != 0) {
            throw Args.failure("unitRows", "a divisor of the " + units + " units at a position", unitRows);
        }
        int unitColumns = units / unitRows;
        int columns = unitColumns * outWidth();
        int[] numbers = new int[units * positions()];
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
