package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The overlap-average of the patches of a {@link PatchGrid} that are added in blocks, so that not all are in memory at
 * once.
 * <p>The formula is the grid's; sums are in double precision.
 * <pre>{@code
 * PatchAverage average = new PatchAverage(grid);
 * for (int first = 0; first < grid.count(); first += 10_000) {
 *     int count = Math.min(10_000, grid.count() - first);
 *     average.add(first, layer.reconstruct(grid.patches(image, first, count)));
 * }
 * INDArray restored = average.image();
 * }</pre>
 */
public final class PatchAverage {
    private final PatchGrid grid;
    private final double[] sums;
    private final int[] counts;
    private DataType type = DataType.FLOAT;

    /** An average of no patches yet. */
    public PatchAverage(PatchGrid grid) {
        this.grid = Args.given("grid", grid);
        long pixels = Arrays.stream(grid.imageShape()).reduce(1, Math::multiplyExact);
        this.sums = new double[Math.toIntExact(pixels)];
        this.counts = new int[sums.length];
    }

    /**
     * Adds patches.
     *
     * @param first   the index in the grid of the first of them
     * @param patches {@code [count, channels * patchHeight * patchWidth]} or {@code [count, channels, patchHeight, patchWidth]}.
     *                Not modified.
     * @return this
     * @throws IllegalArgumentException if they have another number of values, or the grid has no such patches
     */
    public PatchAverage add(int first, INDArray patches) {
        int values = grid.values();
        long[] shape = Args.given("patches", patches).shape();
        if (shape.length < 2 || patches.length() != shape[0] * values) {
            throw Args.failure("patches", "[count, " + values + "]", Arrays.toString(shape));
        }
        int count = Math.toIntExact(shape[0]);
        grid.requirePatches(first, count);
        if (patches.dataType() == DataType.DOUBLE) {
            type = DataType.DOUBLE;
        }
        double[] all = HostArrays.doubles(patches);
        for (int k = 0; k < count; k++) {
            int at = k * values;
            grid.forEachValue(
                    first + k,
                    (value, pixel) -> {
                        if (pixel >= 0) {
                            sums[pixel] += all[at + value];
                            counts[pixel]++;
                        }
                    },
                    false);
        }
        return this;
    }

    /**
     * The average so far.
     *
     * @return {@code [channels, height, width]}, or {@code [channels, time]} of a sequence; a new array, DOUBLE if patches were, else FLOAT
     * @throws IllegalArgumentException if a pixel is in no patch that was added
     */
    public INDArray image() {
        return image(null);
    }

    /**
     * The average so far, with the pixels of another image where no patch was added.
     *
     * @param background of as many pixels; null for none. Not modified.
     * @return {@code [channels, height, width]}, or {@code [channels, time]} of a sequence; a new array, DOUBLE if patches were, else FLOAT
     * @throws IllegalArgumentException if there is no background and a pixel is in no patch, or it has another number of pixels
     */
    public INDArray image(@Nullable INDArray background) {
        if (background != null && background.length() != sums.length) {
            throw Args.failure(
                    "background",
                    "an image " + Arrays.toString(grid.imageShape()),
                    Arrays.toString(background.shape()));
        }
        double[] other = background == null ? null : HostArrays.doubles(background);
        double[] pixels = new double[sums.length];
        for (int i = 0; i < pixels.length; i++) {
            if (counts[i] == 0 && other == null) {
                long across = grid.imageShape()[2];
                long down = grid.imageShape()[1];
                throw Args.failure(
                        "patches",
                        "such that every pixel is in one (border COVER, or image(background))",
                        "none at row " + i / across % down + ", column " + i % across);
            }
            pixels[i] = counts[i] == 0 ? other[i] : sums[i] / counts[i];
        }
        INDArray image = Nd4j.createUninitialized(type, grid.shape(), 'c');
        HostArrays.write(pixels, image);
        return image;
    }
}
