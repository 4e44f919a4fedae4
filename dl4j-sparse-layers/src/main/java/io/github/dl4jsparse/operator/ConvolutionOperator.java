package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Buffers;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.internal.parallel.Tasks;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Convolution: the same filters at every position of a map, each on a patch of the image; the adjoint is the transposed
 * convolution.
 * <p>\[ y_{b,p,f} = \sum_{i,j,c} W_{f,(i,j,c)}\; x_{b,\, s_h p_y + i - t,\, s_w p_x + j - l,\, c} \]
 * where p is a position, f a map, and s, t, l are those of the {@link ConvolutionGeometry}. As usual in deep learning
 * the filter is not flipped: this is a correlation.
 * <p>Shapes: {@code x: [batch, height, width, channels]}, {@code y: [batch, outHeight, outWidth, maps]}, or other shapes with
 * the same elements in this order, such as {@code [batch, height * width * channels]} and
 * {@code [batch * outHeight * outWidth, maps]}; {@code W: [maps, kernelHeight * kernelWidth * channels]}. Every product is a
 * matrix multiplication with the patches of some rows of positions (im2col), which are gathered in a buffer that is
 * reused.
 */
final class ConvolutionOperator implements LinearOperator {
    /** Elements of the buffer of patches; a smaller one would make products small and calls many. */
    private static final int CHUNK = 1 << 20;

    private final ConvolutionGeometry geometry;
    private final INDArray weights;

    /**
     * @param weights {@code [maps, kernelHeight * kernelWidth * channels]}, kept by reference
     * @throws IllegalArgumentException if the weights have another shape
     */
    public ConvolutionOperator(ConvolutionGeometry geometry, INDArray weights) {
        Args.given("geometry", geometry);
        if (Args.given("weights", weights).rank() != 2 || weights.size(1) != geometry.patch()) {
            throw Args.failure(
                    "weights", "a matrix [maps, " + geometry.patch() + "]", Arrays.toString(weights.shape()));
        }
        this.geometry = geometry;
        this.weights = weights;
    }

    @Override
    public void apply(INDArray input, INDArray result, double beta) {
        requireBatch("input", input, geometry.pixels(), result, mapSize());
        HostPatches<?> images = HostPatches.of(loops(), geometry, input);
        INDArray map = maps(result);
        INDArray filters = weights.castTo(type());
        forEachChunk(images, (patches, first, lines) -> {
            images.gather(first, lines, patches);
            Nd4j.gemm(patches, filters, positions(map, first, lines), true, true, 1, beta);
        });
        if (isCopy(map, result)) {
            result.assign(map.reshape('c', result.shape()));
        }
    }

    @Override
    public void adjoint(INDArray output, INDArray result, double beta) {
        requireBatch("output", output, mapSize(), result, geometry.pixels());
        HostPatches<?> images = HostPatches.zeros(loops(), geometry, (int) (output.length() / mapSize()));
        INDArray map = maps(output);
        INDArray filters = weights.castTo(type());
        forEachChunk(images, (patches, first, lines) -> {
            Nd4j.gemm(filters, positions(map, first, lines), patches, true, true, 1, 0);
            images.scatter(first, lines, patches);
        });
        images.into(result, beta);
    }

    @Override
    public void weightGradient(INDArray input, INDArray delta, INDArray gradient, double beta) {
        weightGradient(List.of(input), List.of(delta), gradient, beta);
    }

    /** {@inheritDoc} Each block has a sum of its own; these are added up in the order of the blocks. */
    @Override
    public void weightGradient(List<INDArray> inputs, List<INDArray> deltas, INDArray gradient, double beta) {
        Buffers.run("GRADIENTS", () -> {
            int patch = geometry.patch();
            INDArray sums = Nd4j.createUninitialized(type(), (long) inputs.size() * patch, weights.size(0));
            Tasks.forEach(inputs.size(), b -> writeGradient(inputs.get(b), deltas.get(b), Rows.block(sums, b, patch)));
            INDArray sum = Rows.block(sums, 0, patch);
            for (int b = 1; b < inputs.size(); b++) {
                sum.addi(Rows.block(sums, b, patch));
            }
            if (beta == 0) {
                gradient.assign(sum.transpose());
            } else {
                gradient.addi(sum.transpose().castTo(gradient.dataType()));
            }
        });
    }

    /**
     * Writes the gradient of a block.
     *
     * @param sum {@code [patch, maps]}: products in this order are faster by a sixth. Overwritten.
     */
    private void writeGradient(INDArray input, INDArray delta, INDArray sum) {
        requireBatch("input", input, geometry.pixels(), delta, mapSize());
        HostPatches<?> images = HostPatches.of(loops(), geometry, input);
        INDArray map = maps(delta);
        forEachChunk(images, (patches, first, lines) -> {
            images.gather(first, lines, patches);
            Nd4j.gemm(patches, positions(map, first, lines), sum, false, false, 1, first == 0 ? 0 : 1);
        });
    }

    /** A part of a product. */
    private interface Chunk {
        /**
         * @param patches buffer for the patches of the lines, {@code [patch, lines * outWidth]}
         * @param first   row of positions, counted through the batch
         */
        void run(INDArray patches, int first, int lines);
    }

    private void forEachChunk(HostPatches<?> images, Chunk use) {
        int most = Math.min(images.lines(), Math.max(1, CHUNK / (geometry.outWidth() * geometry.patch())));
        Buffers.run("CONVOLUTION", () -> {
            INDArray buffer = patches(most);
            for (int first = 0; first < images.lines(); first += most) {
                int lines = Math.min(most, images.lines() - first);
                use.run(lines == most ? buffer : patches(lines), first, lines);
            }
        });
    }

    private INDArray patches(int lines) {
        return Nd4j.createUninitialized(type(), geometry.patch(), (long) lines * geometry.outWidth());
    }

    private INDArray positions(INDArray matrix, int firstLine, int lines) {
        return Rows.of(matrix, (long) firstLine * geometry.outWidth(), (long) lines * geometry.outWidth());
    }

    /** A map as a matrix with a row for each position: a view where the array is in c order, else a copy. */
    private INDArray maps(INDArray map) {
        INDArray own = map.castTo(type());
        INDArray dense = HostArrays.isDense(own) ? own : own.dup('c');
        return Rows.matrix(dense, weights.size(0));
    }

    private boolean isCopy(INDArray map, INDArray array) {
        return array.dataType() != map.dataType() || !HostArrays.isDense(array);
    }

    /** The type of the products: that of the weights, or double precision for other types than these two. */
    private DataType type() {
        return weights.dataType() == DataType.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
    }

    private VectorLoops<?> loops() {
        return VectorLoops.of(type());
    }

    private long mapSize() {
        return geometry.positions() * weights.size(0);
    }

    @Override
    public Optional<LinearOperator> castTo(DataType type) {
        return Optional.of(weights.dataType() == type ? this : new ConvolutionOperator(geometry, weights.castTo(type)));
    }

    private static void requireBatch(String name, INDArray array, long size, INDArray other, long otherSize) {
        if (array.length() % size != 0 || array.length() / size * otherSize != other.length()) {
            throw Args.failure(
                    name,
                    size + " numbers an example, for " + otherSize + " of the other array "
                            + Arrays.toString(other.shape()),
                    Arrays.toString(array.shape()));
        }
    }

    @Override
    public long[] inputShape(long... outputShape) {
        requireShape("output shape", outputShape, geometry.outHeight(), geometry.outWidth(), weights.size(0));
        return new long[] {outputShape[0], geometry.height(), geometry.width(), geometry.channels()};
    }

    @Override
    public long[] outputShape(long... inputShape) {
        requireShape("input shape", inputShape, geometry.height(), geometry.width(), geometry.channels());
        return new long[] {inputShape[0], geometry.outHeight(), geometry.outWidth(), weights.size(0)};
    }

    private static void requireShape(String name, long[] shape, long height, long width, long depth) {
        if (!Arrays.equals(shape, new long[] {shape[0], height, width, depth})) {
            throw Args.failure(name, "[any, " + height + ", " + width + ", " + depth + "]", Arrays.toString(shape));
        }
    }
}
