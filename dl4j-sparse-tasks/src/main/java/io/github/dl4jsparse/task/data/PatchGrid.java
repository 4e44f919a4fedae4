package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.RowBlocks;
import io.github.dl4jsparse.internal.parallel.Blocks;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * All patches of an image on a grid, and the image that is their average where they overlap: to code an image patch by patch and
 * put it together again.
 * <p>\[ p_{k,c,i,j} = x_{c,\, t_k + i,\, l_k + j}, \qquad
 * \bar x_{c,y,x} = \frac{1}{n_{y,x}} \sum_{k,i,j :\, t_k + i = y,\, l_k + j = x} p_{k,c,i,j} \]
 * where t and l are the first row and column of patch k, and n is the number of patches that hold a pixel. The average of the
 * patches of an image is the image wherever n is not 0. Pixels of a patch outside of the image, which some
 * {@link PatchBorder}s allow, are not averaged.
 * <p>Shapes: images {@code [channels, height, width]} or {@code [1, channels, height, width]}, one channel also
 * {@code [height, width]}; patches {@code [count, channels * patchHeight * patchWidth]} in the order channel, row, column, as
 * {@link io.github.dl4jsparse.data.PatchSampler} gives them, or {@code [count, channels, patchHeight, patchWidth]}. Patches are numbered row by row of the grid. Results
 * have the type of the argument, FLOAT or DOUBLE. A grid {@link #ofSequence of a sequence} takes {@code [channels, time]} or
 * {@code [1, channels, time]}, DL4J's order NCW.
 * <pre>{@code
 * PatchGrid grid = new PatchGrid(1, 512, 512, 8, 8);
 * INDArray restored = grid.average(layer.reconstruct(grid.patches(image)));
 * }</pre>
 * <p>All patches of a large image are {@code patchHeight * patchWidth} times as large as it: take them in parts by
 * {@link #patches(INDArray, int, int)} and a {@link PatchAverage}.
 */
public final class PatchGrid {
    private final int channels;
    private final PatchAxis rows;
    private final PatchAxis columns;
    private final PatchBorder border;
    private final boolean sequence;

    /**
     * Every patch inside of an image, one a pixel.
     *
     * @throws IllegalArgumentException if a number is below 1 or the image smaller than a patch
     */
    public PatchGrid(int channels, int height, int width, int patchHeight, int patchWidth) {
        this(channels, height, width, patchHeight, patchWidth, 1, 1, PatchBorder.COVER);
    }

    /**
     * Patches on a grid.
     *
     * @param channels    of the image
     * @param height      of the image
     * @param width       of the image
     * @param patchHeight rows of a patch
     * @param patchWidth  columns of a patch
     * @param strideDown  rows between patches; at most the patch's unless the border is INSIDE
     * @param strideRight columns between patches; at most the patch's unless the border is INSIDE
     * @param border      treatment of the edges
     * @throws IllegalArgumentException if a number is below 1, the image smaller than a patch, or a stride leaves gaps
     */
    public PatchGrid(
            int channels,
            int height,
            int width,
            int patchHeight,
            int patchWidth,
            int strideDown,
            int strideRight,
            PatchBorder border) {
        this(channels, height, width, patchHeight, patchWidth, strideDown, strideRight, border, false);
    }

    private PatchGrid(
            int channels,
            int height,
            int width,
            int patchHeight,
            int patchWidth,
            int strideDown,
            int strideRight,
            PatchBorder border,
            boolean sequence) {
        this.sequence = sequence;
        this.channels = Args.atLeast("channels", channels, 1);
        this.border = Args.given("border", border);
        this.rows = PatchAxis.of("height", height, patchHeight, strideDown, border);
        this.columns = PatchAxis.of("width", width, patchWidth, strideRight, border);
        long count = (long) rows.count() * columns.count();
        if (count > Integer.MAX_VALUE) {
            throw Args.failure("number of patches", "at most 2^31 - 1", count);
        }
    }

    /**
     * Patches of a sequence: windows of time that hold all channels. {@link #left} is the first time step of one.
     *
     * @param channels   of the sequence
     * @param steps      time steps of the sequence
     * @param patchSteps time steps of a patch
     * @param stride     steps between patches; at most those of a patch unless the border is INSIDE
     * @param border     treatment of the ends
     * @throws IllegalArgumentException if a number is below 1, the sequence shorter than a patch, or a stride leaves gaps
     */
    public static PatchGrid ofSequence(int channels, int steps, int patchSteps, int stride, PatchBorder border) {
        return new PatchGrid(channels, 1, steps, 1, patchSteps, 1, stride, border, true);
    }

    /** The number of patches. */
    public int count() {
        return rows.count() * columns.count();
    }

    /** The number of patches in a row of the grid. */
    public int patchesAcross() {
        return columns.count();
    }

    /** The number of values of a patch. */
    public int values() {
        return channels * rows.patch() * columns.patch();
    }

    /** The first row of a patch, below 0 where it reaches over the upper edge. */
    public int top(int patch) {
        return rows.starts()[Args.inRange("patch", patch, 0, count() - 1) / columns.count()];
    }

    /** The first column of a patch, below 0 where it reaches over the left edge. */
    public int left(int patch) {
        return columns.starts()[Args.inRange("patch", patch, 0, count() - 1) % columns.count()];
    }

    /** Whether every pixel is in a patch; only a grid with the border INSIDE may leave some out. */
    public boolean coversAll() {
        return covers(rows) && covers(columns);
    }

    private static boolean covers(PatchAxis axis) {
        int covered = 0;
        for (int start : axis.starts()) {
            if (start > covered) {
                return false;
            }
            covered = start + axis.patch();
        }
        return covered >= axis.side();
    }

    /** {@code [channels, height, width]}, a new array. */
    long[] imageShape() {
        return new long[] {channels, rows.side(), columns.side()};
    }

    /** The shape of an image, or {@code [channels, time]} of a sequence; a new array. */
    long[] shape() {
        return sequence ? new long[] {channels, columns.side()} : imageShape();
    }

    /**
     * The patches in which every pixel, or time step, is known.
     *
     * @param mask {@code [1, height, width]} or {@code [1, time]}, 1 where known and 0 where not. Not modified.
     * @return their indices in ascending order
     * @throws IllegalArgumentException if the mask has another number of values
     */
    public int[] known(INDArray mask) {
        long[] shape = imageShape();
        if (Args.given("mask", mask).length() != shape[1] * shape[2]) {
            throw Args.failure("mask", "of " + shape[1] * shape[2] + " values, one a position", mask.length());
        }
        double[] values = HostArrays.doubles(mask);
        return IntStream.range(0, count())
                .filter(patch -> isKnown(patch, values))
                .toArray();
    }

    private boolean isKnown(int patch, double[] mask) {
        boolean[] known = {true};
        forEachValue(patch, (value, pixel) -> known[0] &= pixel < 0 || mask[pixel % mask.length] != 0, true);
        return known[0];
    }

    /**
     * All patches of an image.
     *
     * @param image as the class says. Not modified.
     * @return {@code [count, channels * patchHeight * patchWidth]}, a new array
     * @throws IllegalArgumentException if the image has another shape
     */
    public INDArray patches(INDArray image) {
        return patches(image, 0, count());
    }

    /**
     * Some patches of an image.
     *
     * @param image as the class says. Not modified.
     * @param first the first patch
     * @param count how many, at least 1
     * @return {@code [count, channels * patchHeight * patchWidth]}, a new array
     * @throws IllegalArgumentException if the image has another shape, or the grid has no such patches
     */
    public INDArray patches(INDArray image, int first, int count) {
        requirePatches(first, count);
        double[] pixels = HostArrays.doubles(requireImage(image));
        DataType type = image.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
        double[] values = new double[Math.multiplyExact(count, values())];
        Blocks blocks = RowBlocks.of(count, values(), RowBlocks.DEAR);
        RowBlocks.run(blocks, block -> {
            for (int k = (int) blocks.first(block); k < blocks.first(block) + blocks.size(block); k++) {
                int at = k * values();
                forEachValue(first + k, (value, pixel) -> values[at + value] = pixel < 0 ? 0 : pixels[pixel], true);
            }
        });
        INDArray patches = Nd4j.createUninitialized(type, new long[] {count, values()}, 'c');
        HostArrays.write(values, patches);
        return patches;
    }

    /** Receives the index of an element of a patch and that of its pixel. */
    interface Place {
        /**
         * @param value index of the element in its patch
         * @param pixel index of the pixel in the image; -1 outside
         */
        void use(int value, int pixel);
    }

    /**
     * Iterates over the elements of a patch in their order.
     *
     * @param mirror whether values outside of a mirrored image belong to the pixels that they are copies of
     */
    void forEachValue(int patch, Place place, boolean mirror) {
        int top = top(patch);
        int left = left(patch);
        boolean copies = mirror && border == PatchBorder.MIRROR;
        int value = 0;
        for (int c = 0; c < channels; c++) {
            for (int y = top; y < top + rows.patch(); y++) {
                for (int x = left; x < left + columns.patch(); x++) {
                    boolean inside = copies || rows.holds(y) && columns.holds(x);
                    int pixel = (c * rows.side() + rows.mirrored(y)) * columns.side() + columns.mirrored(x);
                    place.use(value++, inside ? pixel : -1);
                }
            }
        }
    }

    /**
     * The image that is the average of all patches where they overlap.
     *
     * @param patches as the class says, all of them. Not modified.
     * @return {@code [channels, height, width]}, or {@code [channels, time]} of a sequence; a new array
     * @throws IllegalArgumentException if the patches have another shape, or some pixel is in none
     */
    public INDArray average(INDArray patches) {
        return new PatchAverage(this).add(0, patches).image();
    }

    void requirePatches(int first, int count) {
        Args.inRange("first patch", first, 0, count() - 1);
        Args.inRange("number of patches", count, 1, count() - first);
    }

    /**
     * The image in the shape {@link #shape}; also accepted are {@code [1, ...]} and a single channel without its axis.
     */
    private INDArray requireImage(INDArray image) {
        long[] wanted = shape();
        int rank = wanted.length;
        long[] shape = Args.given("image", image).shape();
        boolean batchOfOne = shape.length == rank + 1
                && shape[0] == 1
                && Arrays.equals(Arrays.copyOfRange(shape, 1, shape.length), wanted);
        boolean withoutChannels =
                shape.length == rank - 1 && channels == 1 && Arrays.equals(shape, Arrays.copyOfRange(wanted, 1, rank));
        boolean fits = Arrays.equals(shape, wanted) || batchOfOne || withoutChannels;
        if (!fits) {
            throw Args.failure(
                    sequence ? "sequence" : "image",
                    Arrays.toString(wanted) + ", or a batch of one such " + (sequence ? "sequence" : "image"),
                    Arrays.toString(shape));
        }
        return image;
    }
}
