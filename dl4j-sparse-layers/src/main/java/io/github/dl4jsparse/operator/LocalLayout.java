package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.math.RowBlocks;
import io.github.dl4jsparse.parallel.Blocks;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Lays images, maps and weights out so that the products of {@link LocallyConnectedOperator} become products of long rows.
 * <p>An image is cut into {@code stride^2} planes a channel, one for the pixels of each phase of the stride, with what lies
 * around a torus' borders repeated. A row holds a plane, the map of one unit, or the weights of one pixel of all patches, in
 * the plane's pitch; maps and weights have a gap at the end of every row of places. Then the pixel that a tap of the patch
 * of place i sees is at i plus a number that depends on the tap only.
 * <p>Rows: {@code image: [image * planes + plane]}, {@code map: [unit * batch + image]}, {@code weights: [unit * patch +
 * tap]}.
 */
final class LocalLayout {
    /** Elements that a thread lays out. */
    private static final int ELEMENTS = 1 << 14;

    private final LocalGeometry geometry;
    private final int stride;
    private final int pitch;
    private final int mapLength;
    private final int planeLength;
    private final int[] planes;
    private final int[] offsets;

    LocalLayout(LocalGeometry geometry) {
        this.geometry = geometry;
        stride = geometry.stride();
        int kernel = geometry.kernel();
        int reach = (kernel + stride - 1) / stride - 1;
        pitch = geometry.outWidth() + reach;
        mapLength = Math.multiplyExact(geometry.outHeight(), pitch);
        // the taps of the last gap look beyond the last row
        planeLength = Math.multiplyExact(geometry.outHeight() + reach, pitch) + reach;
        planes = new int[geometry.patch()];
        offsets = new int[geometry.patch()];
        for (int tap = 0; tap < planes.length; tap++) {
            int channel = tap / (kernel * kernel);
            int i = tap / kernel % kernel;
            int j = tap % kernel;
            planes[tap] = (channel * stride + i % stride) * stride + j % stride;
            offsets[tap] = i / stride * pitch + j / stride;
        }
    }

    /** Elements of the map of one unit. */
    int mapLength() {
        return mapLength;
    }

    /** Elements of a plane. */
    int planeLength() {
        return planeLength;
    }

    /** Planes of an image. */
    int planes() {
        return geometry.channels() * stride * stride;
    }

    /** The plane of a tap. */
    int plane(int tap) {
        return planes[tap];
    }

    /** From a place to the pixel in the plane of a tap. */
    int offset(int tap) {
        return offsets[tap];
    }

    /** A batch of images in planes. */
    <A> A[] image(Lanes<A> lanes, INDArray input) {
        A pixels = lanes.read(input);
        int batch = (int) input.size(0);
        A[] rows = lanes.rows(batch * planes(), 0);
        inBlocks(batch, planes() * planeLength, image -> {
            A[] planes = lanes.rows(planes(), planeLength);
            System.arraycopy(planes, 0, rows, image * planes.length, planes.length);
            forEachRun(image, (pixel, row, place, n) -> lanes.copy(pixels, pixel, stride, rows[row], place, 1, n));
        });
        return rows;
    }

    /** Adds planes to images; pixels that a torus repeats come together. */
    <A> void addImage(Lanes<A> lanes, A[] rows, A pixels) {
        inBlocks(
                rows.length / planes(),
                planes() * planeLength,
                image -> forEachRun(
                        image, (pixel, row, place, n) -> lanes.add(rows[row], place, 1, pixels, pixel, stride, n)));
    }

    /** Runs a computation for every image or row, blocks of them side by side. */
    private static void inBlocks(int count, int length, IntConsumer work) {
        Blocks blocks = RowBlocks.of(count, length, ELEMENTS);
        RowBlocks.run(blocks, block -> {
            for (long i = blocks.first(block); i < blocks.first(block) + blocks.size(block); i++) {
                work.accept((int) i);
            }
        });
    }

    /** Every stride-th pixel of a part of an image row, and where they lie one after the other in the row of a plane. */
    private interface Run {
        void accept(int pixel, int row, int place, int n);
    }

    private void forEachRun(int imageOfBatch, Run use) {
        int height = geometry.height();
        int width = geometry.width();
        int lines = (geometry.outHeight() - 1) * stride + geometry.kernel();
        int first = imageOfBatch * geometry.channels();
        for (int image = first; image < first + geometry.channels(); image++) {
            for (int y = 0; y < lines; y++) {
                int line = (image * height + Math.floorMod(y - geometry.lead(), height)) * width;
                for (int phase = 0; phase < stride; phase++) {
                    int row = (image * stride + y % stride) * stride + phase;
                    int place = y / stride * pitch;
                    int left = (geometry.span() - phase + stride - 1) / stride;
                    int column = Math.floorMod(phase - geometry.lead(), width);
                    while (left > 0) {
                        int n = Math.min(left, (width - column + stride - 1) / stride);
                        use.accept(line + column, row, place, n);
                        place += n;
                        left -= n;
                        column = (column + n * stride) % width;
                    }
                }
            }
        }
    }

    /** Maps of a batch, with gaps of zeros. */
    <A> A[] map(Lanes<A> lanes, INDArray output) {
        A values = lanes.read(output);
        int batch = (int) output.size(0);
        return spread(lanes, values, batch * geometry.units(), row -> mapStart(row, batch));
    }

    /** Adds maps, without their gaps. */
    <A> void addMap(Lanes<A> lanes, A[] rows, A values) {
        int batch = rows.length / geometry.units();
        inBlocks(rows.length, mapLength, row -> addTogether(lanes, rows[row], values, mapStart(row, batch)));
    }

    private int mapStart(int row, int batch) {
        return (row % batch * geometry.units() + row / batch) * geometry.places();
    }

    /** Weights with gaps of zeros. */
    <A> A[] weights(Lanes<A> lanes, INDArray weights) {
        A values = lanes.read(weights);
        return spread(lanes, values, geometry.units() * geometry.patch(), this::weightStart);
    }

    /** Adds weights, without their gaps. */
    <A> void addWeights(Lanes<A> lanes, A[] rows, A values) {
        inBlocks(rows.length, mapLength, row -> addTogether(lanes, rows[row], values, weightStart(row)));
    }

    private int weightStart(int row) {
        return (row % geometry.patch() * geometry.units() + row / geometry.patch()) * geometry.places();
    }

    /** Rows with gaps of zeros, of numbers that begin at an index each. */
    private <A> A[] spread(Lanes<A> lanes, A values, int count, IntUnaryOperator start) {
        A[] rows = lanes.rows(count, 0);
        inBlocks(count, mapLength, row -> {
            rows[row] = lanes.rows(1, mapLength)[0];
            int width = geometry.outWidth();
            for (int y = 0; y < geometry.outHeight(); y++) {
                lanes.copy(values, start.applyAsInt(row) + y * width, 1, rows[row], y * pitch, 1, width);
            }
        });
        return rows;
    }

    private <A> void addTogether(Lanes<A> lanes, A row, A values, int start) {
        int width = geometry.outWidth();
        for (int y = 0; y < geometry.outHeight(); y++) {
            lanes.add(row, y * pitch, 1, values, start + y * width, 1, width);
        }
    }
}
