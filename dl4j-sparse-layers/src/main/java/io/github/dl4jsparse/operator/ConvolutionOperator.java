package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.math.HostArrays;
import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.math.Scratch;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Filters that see a patch of an image at every place of a map and are the same at all of them; the adjoint is the transposed
 * convolution.
 * <p>\[ y_{b,p,f} = \sum_{i,j,c} W_{f,(i,j,c)}\; x_{b,\, s_h p_y + i - t,\, s_w p_x + j - l,\, c} \]
 * where p is a place, f a map, and s, t, l are those of the {@link ConvolutionGeometry}. As in all of deep learning the filter
 * is not turned round: this is a correlation.
 * <p>Shapes: {@code x: [batch, height, width, channels]}, {@code y: [batch, outHeight, outWidth, maps]}, or other shapes with
 * the same elements in this order, such as {@code [batch, height * width * channels]} and
 * {@code [batch * outHeight * outWidth, maps]}; {@code W: [maps, kernelHeight * kernelWidth * channels]}. Every product is a
 * matrix multiplication with the patches of some rows of places, which are gathered in memory that is used again.
 */
public final class ConvolutionOperator implements LinearOperator {
    /** Numbers of the patches that are in memory at a time; they and a part of the map fit a core's cache. */
    private static final int CHUNK = 1 << 18;

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
        HostPatches images = HostPatches.of(geometry, input);
        INDArray map = maps(result);
        forEachChunk(images, (patches, plain, first, lines) -> {
            images.gather(first, lines, plain);
            HostArrays.write(plain, patches, 0);
            Nd4j.gemm(patches, weights, places(map, first, lines), false, true, 1, beta);
        });
        if (!HostArrays.isDense(result)) {
            result.assign(map.reshape('c', result.shape()));
        }
    }

    @Override
    public void adjoint(INDArray output, INDArray result, double beta) {
        requireBatch("output", output, mapSize(), result, geometry.pixels());
        HostPatches images = HostPatches.zeros(geometry, (int) (output.length() / mapSize()), result.dataType());
        INDArray map = maps(output);
        forEachChunk(images, (patches, plain, first, lines) -> {
            Nd4j.gemm(places(map, first, lines), weights, patches, false, false, 1, 0);
            HostArrays.read(patches, plain);
            images.scatter(first, lines, plain);
        });
        images.into(result, beta);
    }

    @Override
    public void weightGradient(INDArray input, INDArray delta, INDArray gradient, double beta) {
        requireBatch("input", input, geometry.pixels(), delta, mapSize());
        HostPatches images = HostPatches.of(geometry, input);
        INDArray map = maps(delta);
        forEachChunk(images, (patches, plain, first, lines) -> {
            images.gather(first, lines, plain);
            HostArrays.write(plain, patches, 0);
            Nd4j.gemm(places(map, first, lines), patches, gradient, true, false, 1, first == 0 ? beta : 1);
        });
    }

    /** A part of a product. */
    private interface Chunk {
        /**
         * @param patches room for the patches of the lines, {@code [lines * outWidth, patch]}
         * @param plain   room for at least as many numbers
         * @param first   row of places, counted through the batch
         */
        void run(INDArray patches, Object plain, int first, int lines);
    }

    private void forEachChunk(HostPatches images, Chunk use) {
        int lineLength = geometry.outWidth() * geometry.patch();
        int most = Math.min(images.lines(), Math.max(1, CHUNK / lineLength));
        Object plain = Scratch.plain(images.images(), most * lineLength);
        Scratch.run("CONVOLUTION", () -> {
            long places = (long) most * geometry.outWidth();
            INDArray room = Nd4j.createUninitialized(weights.dataType(), places, geometry.patch());
            for (int first = 0; first < images.lines(); first += most) {
                int lines = Math.min(most, images.lines() - first);
                use.run(places(room, 0, lines), plain, first, lines);
            }
        });
    }

    private INDArray places(INDArray matrix, int firstLine, int lines) {
        return Rows.of(matrix, (long) firstLine * geometry.outWidth(), (long) lines * geometry.outWidth());
    }

    /** A map as a matrix with a row a place: a view where the array is in c order, else a copy. */
    private INDArray maps(INDArray map) {
        INDArray dense = HostArrays.isDense(map) ? map : map.dup('c');
        return dense.reshape('c', map.length() / weights.size(0), weights.size(0));
    }

    private long mapSize() {
        return geometry.places() * weights.size(0);
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
