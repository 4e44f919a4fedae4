package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.RowBlocks;
import io.github.dl4jsparse.internal.parallel.Blocks;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The layout of images, maps and weights in memory by which the products of {@link LocallyConnectedOperator} are
 * products of long rows.
 * <p>An image is divided into {@code stride^2} planes per channel, one for the pixels of each phase of the stride; on a
 * torus, pixels beyond the borders are repeated. A row holds a plane, the map of one unit, or the weights of one tap
 * (one element of all patches), with the row pitch of the planes; maps and weights have a gap at the end of every row
 * of positions. Thus the pixel of a tap at position i has the index i plus an offset that depends on the tap only.
 * <p>Rows: {@code image: [image * planes + plane]}, {@code map: [unit * batch + image]}, {@code weights: [unit * patch +
 * tap]}.
 */
final class LocalLayout {
    /** Elements of a part that a thread copies. */
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
        // the taps of the last gap reach beyond the last row
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

    /** The offset from a position to its pixel in the plane of a tap. */
    int offset(int tap) {
        return offsets[tap];
    }

    /** Rows of zeros. */
    <A> A[] rows(VectorLoops<A> loops, int count, int length) {
        A[] rows = loops.rows(count, 0);
        inBlocks(count, length, row -> rows[row] = loops.rows(1, length)[0]);
        return rows;
    }

    private static <A> INDArray dense(VectorLoops<A> loops, INDArray array) {
        boolean isPlain = HostArrays.isDense(array) && array.dataType() == loops.type();
        return isPlain ? array : array.castTo(loops.type()).dup('c');
    }

    private int pixels() {
        return geometry.channels() * geometry.height() * geometry.width();
    }

    /** A batch of images in planes. */
    <A> A[] image(VectorLoops<A> loops, INDArray input) {
        VectorLoops.Memory<A> from = loops.memory(dense(loops, input));
        int batch = (int) input.size(0);
        A[] rows = loops.rows(batch * planes(), 0);
        inBlocks(batch, planes() * planeLength, image -> {
            A[] planes = loops.rows(planes(), planeLength);
            System.arraycopy(planes, 0, rows, image * planes.length, planes.length);
            A pixels = loops.rows(1, pixels())[0];
            int first = image * pixels();
            from.get(first, pixels, 0, pixels());
            forEachRun(
                    image, (pixel, row, place, n) -> loops.copy(pixels, pixel - first, stride, rows[row], place, 1, n));
        });
        return rows;
    }

    /** Writes planes to images; on a torus repeated pixels are added up. */
    <A> void writeImage(VectorLoops<A> loops, A[] rows, INDArray result, double beta) {
        int length = pixels();
        write(loops, rows.length / planes(), length, result, beta, image -> image * length, (image, pixels) -> {
            int first = image * length;
            forEachRun(
                    image, (pixel, row, place, n) -> loops.add(rows[row], place, 1, pixels, pixel - first, stride, n));
        });
    }

    /** Computes consecutive elements, which are zero at the start. */
    private interface Filling<A> {
        void fill(int run, A numbers);
    }

    /** Writes runs of consecutive elements at their start indices, or adds them. */
    private static <A> void write(
            VectorLoops<A> loops,
            int count,
            int length,
            INDArray result,
            double beta,
            IntUnaryOperator start,
            Filling<A> filling) {
        INDArray target = dense(loops, beta == 0 || beta == 1 ? result : result.muli(beta));
        VectorLoops.Memory<A> memory = loops.memory(target);
        inBlocks(count, length, run -> {
            A numbers = loops.rows(1, length)[0];
            filling.fill(run, numbers);
            if (beta != 0) {
                A before = loops.rows(1, length)[0];
                memory.get(start.applyAsInt(run), before, 0, length);
                loops.addRow(numbers, before, 0, length);
            }
            memory.put(start.applyAsInt(run), numbers, 0, length);
        });
        if (target != result) {
            result.assign(target);
        }
    }

    /** Runs a computation for every image or row, blocks of them in parallel. */
    private static void inBlocks(int count, int length, IntConsumer work) {
        Blocks blocks = RowBlocks.of(count, length, ELEMENTS);
        RowBlocks.run(blocks, block -> {
            for (long i = blocks.first(block); i < blocks.first(block) + blocks.size(block); i++) {
                work.accept((int) i);
            }
        });
    }

    /** Every stride-th pixel of a part of an image row, which are consecutive in the row of a plane. */
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
    <A> A[] map(VectorLoops<A> loops, INDArray output) {
        int batch = (int) output.size(0);
        return withGaps(loops, output, batch * geometry.units(), row -> mapStart(row, batch));
    }

    /** Writes maps, without their gaps. */
    <A> void writeMap(VectorLoops<A> loops, A[] rows, INDArray result, double beta) {
        int batch = rows.length / geometry.units();
        write(loops, rows, result, beta, row -> mapStart(row, batch));
    }

    private <A> void write(VectorLoops<A> loops, A[] rows, INDArray result, double beta, IntUnaryOperator start) {
        Filling<A> filling = (row, numbers) -> addTogether(loops, rows[row], numbers);
        write(loops, rows.length, geometry.positions(), result, beta, start, filling);
    }

    private int mapStart(int row, int batch) {
        return (row % batch * geometry.units() + row / batch) * geometry.positions();
    }

    /** Weights with gaps of zeros. */
    <A> A[] weights(VectorLoops<A> loops, INDArray weights) {
        return withGaps(loops, weights, geometry.units() * geometry.patch(), this::weightStart);
    }

    /** Writes weights, without their gaps. */
    <A> void writeWeights(VectorLoops<A> loops, A[] rows, INDArray result, double beta) {
        write(loops, rows, result, beta, this::weightStart);
    }

    private int weightStart(int row) {
        return (row % geometry.patch() * geometry.units() + row / geometry.patch()) * geometry.positions();
    }

    /** Rows with gaps of zeros, from elements that begin at given indices. */
    private <A> A[] withGaps(VectorLoops<A> loops, INDArray source, int count, IntUnaryOperator start) {
        VectorLoops.Memory<A> from = loops.memory(dense(loops, source));
        A[] rows = loops.rows(count, 0);
        inBlocks(count, mapLength, row -> {
            A numbers = loops.rows(1, geometry.positions())[0];
            from.get(start.applyAsInt(row), numbers, 0, geometry.positions());
            rows[row] = loops.rows(1, mapLength)[0];
            int width = geometry.outWidth();
            for (int y = 0; y < geometry.outHeight(); y++) {
                loops.copy(numbers, y * width, 1, rows[row], y * pitch, 1, width);
            }
        });
        return rows;
    }

    private <A> void addTogether(VectorLoops<A> loops, A row, A numbers) {
        int width = geometry.outWidth();
        for (int y = 0; y < geometry.outHeight(); y++) {
            loops.add(row, y * pitch, 1, numbers, y * width, 1, width);
        }
    }
}
