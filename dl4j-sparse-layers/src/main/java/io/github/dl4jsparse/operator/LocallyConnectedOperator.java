package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.RowBlocks;
import io.github.dl4jsparse.internal.parallel.Blocks;
import io.github.dl4jsparse.internal.parallel.Tasks;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Local connections: filters on patches of an image that are not shared between positions.
 * <p>\[ y_{b,u,p} = \sum_{c,i,j} W_{u,(c,i,j),p}\; x_{b,c,\, s p_y + i - l,\, s p_x + j - l} \]
 * where p is a position of the map, u one of its units, s the stride, and l the {@link LocalGeometry}'s lead.
 * <p>Shapes: {@code x: [batch, channels, height, width]} or {@code [batch, channels * height * width]}, {@code y: [batch,
 * units, outHeight, outWidth]} or {@code [batch, units * outHeight * outWidth]}, {@code W: [channels * kernel * kernel, units *
 * positions]}, with a filter in each column, in the order of y. Products run over rows of positions in the precision of
 * the result; threads share no row.
 * <p>Memory of a product: an array of the size of each argument and of W, with gaps of {@code kernel / stride} at the end of each
 * row of positions.
 */
final class LocallyConnectedOperator implements LinearOperator {
    /** Approximate number of positions of a chunk. */
    private static final int CHUNK = 512;
    /** Approximate number of images that are processed while the weights of a chunk stay in the cache. */
    private static final int IMAGES = 4;
    /** Approximate number of elements of a patch whose weight gradients one thread computes. */
    private static final int TAPS = 6;

    private final LocalGeometry geometry;
    private final LocalLayout layout;
    private final INDArray weights;
    private final boolean keeping;
    private volatile Object kept;
    private final long inputs;
    private final long outputs;

    /**
     * @param weights {@code [channels * kernel * kernel, units * positions]}, kept by reference
     * @throws IllegalArgumentException if the weights have another shape
     */
    public LocallyConnectedOperator(LocalGeometry geometry, INDArray weights) {
        this(geometry, weights, false);
    }

    private LocallyConnectedOperator(LocalGeometry geometry, INDArray weights, boolean keeping) {
        long[] shape = {Args.given("geometry", geometry).patch(), (long) geometry.units() * geometry.positions()};
        if (!Arrays.equals(Args.given("weights", weights).shape(), shape)) {
            throw Args.failure("weights", "of shape " + Arrays.toString(shape), Arrays.toString(weights.shape()));
        }
        this.geometry = geometry;
        this.weights = weights;
        this.keeping = keeping;
        layout = new LocalLayout(geometry);
        inputs = (long) geometry.channels() * geometry.height() * geometry.width();
        outputs = (long) geometry.units() * geometry.positions();
    }

    /**
     * The same operator for weights that do not change while it is in use: their layout is computed once, in the first
     * product. It takes the memory of one copy.
     */
    public LocallyConnectedOperator keepingWeights() {
        return new LocallyConnectedOperator(geometry, weights, true);
    }

    /** The weights in rows, which all products of one precision share. */
    @SuppressWarnings("unchecked") // the cast is checked by the class of the array
    private <A> A[] laidOut(VectorLoops<A> loops) {
        Object laid = kept;
        if (loops.isRows(laid)) {
            return (A[]) laid;
        }
        A[] rows = layout.weights(loops, weights);
        if (keeping) {
            kept = rows;
        }
        return rows;
    }

    @Override
    public void apply(INDArray input, INDArray result, double beta) {
        requireBatch("input", input, result, outputShape(input.shape()));
        apply(VectorLoops.of(result.dataType()), input, result, beta);
    }

    private <A> void apply(VectorLoops<A> loops, INDArray input, INDArray result, double beta) {
        int batch = (int) input.size(0);
        int taps = geometry.patch();
        A[] x = layout.image(loops, input);
        A[] w = laidOut(loops);
        A[] y = layout.rows(loops, geometry.units() * batch, layout.mapLength());
        Blocks images = Blocks.of(batch, IMAGES);
        Spares<A> spares = new Spares<>(loops, taps, layout.mapLength());
        inParallel(
                images.count(),
                (chunk, block) -> spares.use(seen -> {
                    for (int image = (int) images.first(block);
                            image < images.first(block) + images.size(block);
                            image++) {
                        for (int tap = 0; tap < taps; tap++) {
                            see(loops, x, image, tap, chunk, seen[tap]);
                        }
                        for (int unit = 0; unit < geometry.units(); unit++) {
                            A map = y[unit * batch + image];
                            loops.addProducts(map, w, unit * taps, seen, 0, taps, chunk.from(), chunk.to());
                        }
                    }
                }));
        layout.writeMap(loops, y, result, beta);
    }

    @Override
    public void adjoint(INDArray output, INDArray result, double beta) {
        requireBatch("output", output, result, inputShape(output.shape()));
        adjoint(VectorLoops.of(result.dataType()), output, result, beta);
    }

    private <A> void adjoint(VectorLoops<A> loops, INDArray output, INDArray result, double beta) {
        int batch = (int) output.size(0);
        A[] y = layout.map(loops, output);
        A[] w = laidOut(loops);
        A[] x = layout.rows(loops, batch * layout.planes(), layout.planeLength());
        // the pixels of chunks overlap, those of images don't
        Blocks images = Blocks.of(batch, IMAGES);
        RowBlocks.run(images, block -> {
            A[] own = loops.rows(2, layout.planeLength());
            int end = (int) (images.first(block) + images.size(block));
            for (Chunk chunk : chunks()) {
                for (int image = (int) images.first(block); image < end; image++) {
                    addSeen(loops, w, y, x, image, chunk, own);
                }
            }
        });
        layout.writeImage(loops, x, result, beta);
    }

    /** Adds the contribution of a chunk of the maps of one image to its planes. */
    private <A> void addSeen(VectorLoops<A> loops, A[] w, A[] y, A[] x, int image, Chunk chunk, A[] own) {
        int units = geometry.units();
        A[] ofTap = loops.rows(units, 0);
        A[] ofImage = loops.rows(units, 0);
        for (int unit = 0; unit < units; unit++) {
            ofImage[unit] = y[unit * (y.length / units) + image];
        }
        for (int tap = 0; tap < geometry.patch(); tap++) {
            for (int unit = 0; unit < units; unit++) {
                ofTap[unit] = w[unit * geometry.patch() + tap];
            }
            loops.clear(own[0], chunk.from(), chunk.to());
            loops.addProducts(own[0], ofTap, 0, ofImage, 0, units, chunk.from(), chunk.to());
            int from = chunk.from() + layout.offset(tap);
            loops.copy(own[0], chunk.from(), 1, own[1], from, 1, chunk.length());
            A plane = x[image * layout.planes() + layout.plane(tap)];
            loops.addRow(plane, own[1], from, from + chunk.length());
        }
    }

    @Override
    public void weightGradient(INDArray input, INDArray delta, INDArray gradient, double beta) {
        requireBatch("input", input, delta, outputShape(input.shape()));
        weightGradient(VectorLoops.of(gradient.dataType()), input, delta, gradient, beta);
    }

    private <A> void weightGradient(
            VectorLoops<A> loops, INDArray input, INDArray delta, INDArray gradient, double beta) {
        int batch = (int) input.size(0);
        int taps = geometry.patch();
        A[] x = layout.image(loops, input);
        A[] d = layout.map(loops, delta);
        A[] g = layout.rows(loops, geometry.units() * taps, layout.mapLength());
        Blocks blocksOfTaps = Blocks.of(taps, TAPS);
        Spares<A> spares = new Spares<>(loops, batch, layout.mapLength());
        inParallel(
                blocksOfTaps.count(),
                (chunk, block) -> spares.use(seen -> {
                    int end = (int) (blocksOfTaps.first(block) + blocksOfTaps.size(block));
                    for (int tap = (int) blocksOfTaps.first(block); tap < end; tap++) {
                        for (int image = 0; image < batch; image++) {
                            see(loops, x, image, tap, chunk, seen[image]);
                        }
                        for (int unit = 0; unit < geometry.units(); unit++) {
                            A row = g[unit * taps + tap];
                            loops.addProducts(row, d, unit * batch, seen, 0, batch, chunk.from(), chunk.to());
                        }
                    }
                }));
        layout.writeWeights(loops, g, gradient, beta);
    }

    /** Copies the pixels of one tap of all patches of a chunk to the positions of the patches. */
    private <A> void see(VectorLoops<A> loops, A[] x, int image, int tap, Chunk chunk, A seen) {
        A plane = x[image * layout.planes() + layout.plane(tap)];
        loops.copy(plane, chunk.from() + layout.offset(tap), 1, seen, chunk.from(), 1, chunk.length());
    }

    /** Neighbouring positions, few enough for their weights to stay in the cache while the batch is processed. */
    private record Chunk(int from, int to) {
        int length() {
            return to - from;
        }
    }

    private List<Chunk> chunks() {
        int length = layout.mapLength();
        int count = Math.max(2, length / CHUNK);
        return IntStream.range(0, count)
                .mapToObj(i -> new Chunk((int) ((long) length * i / count), (int) ((long) length * (i + 1) / count)))
                .toList();
    }

    /** An operation on a chunk and a block. */
    private interface Part {
        void accept(Chunk chunk, int block);
    }

    /** Every chunk with every block, in parallel. */
    private void inParallel(int blocks, Part work) {
        List<Chunk> chunks = chunks();
        Tasks.forEach(chunks.size() * blocks, part -> work.accept(chunks.get(part / blocks), part % blocks));
    }

    /** A pool of temporary rows, which one part of the work uses after the other. */
    private record Spares<A>(VectorLoops<A> loops, int count, int length, Queue<A[]> free) {
        Spares(VectorLoops<A> loops, int count, int length) {
            this(loops, count, length, new ConcurrentLinkedQueue<>());
        }

        void use(Consumer<A[]> work) {
            A[] rows = free.poll();
            rows = rows == null ? loops.rows(count, length) : rows;
            work.accept(rows);
            free.add(rows);
        }
    }

    @Override
    public Optional<LinearOperator> castTo(DataType type) {
        return Optional.of(
                weights.dataType() == type
                        ? this
                        : new LocallyConnectedOperator(geometry, weights.castTo(type), keeping));
    }

    private static void requireBatch(String name, INDArray array, INDArray other, long[] shape) {
        long length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (other.size(0) != array.size(0) || other.length() != length) {
            throw Args.failure(
                    "result or delta for " + name + " " + Arrays.toString(array.shape()),
                    "of shape " + Arrays.toString(shape),
                    Arrays.toString(other.shape()));
        }
    }

    @Override
    public long[] inputShape(long... outputShape) {
        long[] image = {geometry.channels(), geometry.height(), geometry.width()};
        return other("output", outputShape, map(), outputs, image, inputs);
    }

    @Override
    public long[] outputShape(long... inputShape) {
        long[] image = {geometry.channels(), geometry.height(), geometry.width()};
        return other("input", inputShape, image, inputs, map(), outputs);
    }

    private long[] map() {
        return new long[] {geometry.units(), geometry.outHeight(), geometry.outWidth()};
    }

    private static long[] other(String name, long[] shape, long[] own, long length, long[] other, long otherLength) {
        if (shape.length == 2 && shape[1] == length) {
            return new long[] {shape[0], otherLength};
        }
        if (shape.length == 4 && Arrays.equals(Arrays.copyOfRange(shape, 1, 4), own)) {
            return new long[] {shape[0], other[0], other[1], other[2]};
        }
        throw Args.failure(
                name, "[batch, " + length + "] or [batch, ...] with " + Arrays.toString(own), Arrays.toString(shape));
    }
}
