package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.math.HostArrays;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Filters that see a patch of an image each and are not shared between places.
 * <p>\[ y_{b,u,p} = \sum_{c,i,j} W_{u,(c,i,j),p}\; x_{b,c,\, s p_y + i - l,\, s p_x + j - l} \]
 * where p is a place of the map, u one of its units, s the stride, and l the {@link LocalGeometry}'s lead.
 * <p>Shapes: {@code x: [batch, channels, height, width]} or {@code [batch, channels * height * width]}, {@code y: [batch,
 * units, outHeight, outWidth]} or {@code [batch, units * outHeight * outWidth]}, {@code W: [units, channels * kernel *
 * kernel, places]}. With one unit a place, {@code W} is a matrix with a filter a column, in map order. Products run over
 * rows of places, whose weights lie side by side, in double precision; threads share no row.
 * <p>Memory of a product: 8 bytes for each weight, input and output. A 101 x 101 map of 15 x 15 filters on 115 x 115 images
 * with a batch of 16 takes 22 MB, and its weights with gradient and the two moments of Adam 37 MB in single precision.
 */
public final class LocallyConnectedOperator implements LinearOperator {
    private final LocalGeometry geometry;
    private final INDArray weights;
    private final long inputs;
    private final long outputs;

    /**
     * @param weights {@code [units, channels * kernel * kernel, places]}, kept by reference
     * @throws IllegalArgumentException if the weights have another shape
     */
    public LocallyConnectedOperator(LocalGeometry geometry, INDArray weights) {
        long[] shape = {Args.given("geometry", geometry).units(), geometry.patch(), geometry.places()};
        if (!Arrays.equals(Args.given("weights", weights).shape(), shape)) {
            throw Args.failure("weights", "of shape " + Arrays.toString(shape), Arrays.toString(weights.shape()));
        }
        this.geometry = geometry;
        this.weights = weights;
        inputs = (long) geometry.channels() * geometry.height() * geometry.width();
        outputs = (long) geometry.units() * geometry.places();
    }

    @Override
    public void apply(INDArray input, INDArray result, double beta) {
        requireBatch("input", input, result, outputShape(input.shape()));
        double[] x = HostArrays.doubles(input);
        double[] w = HostArrays.doubles(weights);
        double[] y = start(result, beta);
        int n = geometry.outWidth();
        forEachTap(x, (int) input.size(0), (span, q0, map, weight) -> {
            for (int p = 0, q = q0; p < n; p++, q += geometry.stride()) {
                y[map + p] += w[weight + p] * span[q];
            }
        });
        HostArrays.write(y, result);
    }

    @Override
    public void adjoint(INDArray output, INDArray result, double beta) {
        requireBatch("output", output, result, inputShape(output.shape()));
        double[] y = HostArrays.doubles(output);
        double[] w = HostArrays.doubles(weights);
        double[] x = start(result, beta);
        int n = geometry.outWidth();
        // images don't overlap, rows of one image do
        rows((int) output.size(0)).forEach(b -> {
            double[] span = new double[geometry.span()];
            for (int row = 0; row < geometry.outHeight(); row++) {
                for (int tap = 0; tap < taps(); tap++) {
                    Arrays.fill(span, 0);
                    for (int unit = 0; unit < geometry.units(); unit++) {
                        int from = outputRow(b, unit, row);
                        for (int j = 0; j < geometry.kernel(); j++) {
                            int weight = weightRow(unit, tap, j, row);
                            for (int p = 0, q = j; p < n; p++, q += geometry.stride()) {
                                span[q] += w[weight + p] * y[from + p];
                            }
                        }
                    }
                    scatter(span, x, imageRow(b, tap, row));
                }
            }
        });
        HostArrays.write(x, result);
    }

    @Override
    public void weightGradient(INDArray input, INDArray delta, INDArray gradient, double beta) {
        requireBatch("input", input, delta, outputShape(input.shape()));
        double[] x = HostArrays.doubles(input);
        double[] d = HostArrays.doubles(delta);
        double[] g = start(gradient, beta);
        int n = geometry.outWidth();
        forEachTap(x, (int) input.size(0), (span, q0, map, weight) -> {
            for (int p = 0, q = q0; p < n; p++, q += geometry.stride()) {
                g[weight + p] += d[map + p] * span[q];
            }
        });
        HostArrays.write(g, gradient);
    }

    /** What a product does with one pixel of all patches of a row of places. */
    private interface Tap {
        /**
         * @param span   the pixels of the image that the row of places sees
         * @param first  where the pixel of the first place is in the span; the others follow by the stride
         * @param map    where the row of places begins in the map
         * @param weight where the weights of the row of places begin
         */
        void accept(double[] span, int first, int map, int weight);
    }

    /** Walks through all weights with the pixels that they meet; rows of places run in parallel. */
    private void forEachTap(double[] x, int batch, Tap use) {
        rows(geometry.outHeight()).forEach(row -> {
            double[] span = new double[geometry.span()];
            for (int b = 0; b < batch; b++) {
                for (int tap = 0; tap < taps(); tap++) {
                    gather(x, imageRow(b, tap, row), span);
                    for (int unit = 0; unit < geometry.units(); unit++) {
                        int map = outputRow(b, unit, row);
                        for (int j = 0; j < geometry.kernel(); j++) {
                            use.accept(span, j, map, weightRow(unit, tap, j, row));
                        }
                    }
                }
            }
        });
    }

    private static IntStream rows(int count) {
        return IntStream.range(0, count).parallel();
    }

    /** Rows of a patch in all channels: tap {@code channel * kernel + row}. */
    private int taps() {
        return geometry.channels() * geometry.kernel();
    }

    private int imageRow(int b, int tap, int row) {
        int channel = tap / geometry.kernel();
        int y = geometry.imageRow(row, tap % geometry.kernel());
        return ((b * geometry.channels() + channel) * geometry.height() + y) * geometry.width();
    }

    private int outputRow(int b, int unit, int row) {
        return ((b * geometry.units() + unit) * geometry.outHeight() + row) * geometry.outWidth();
    }

    private int weightRow(int unit, int tap, int j, int row) {
        int pixel = unit * geometry.patch() + tap * geometry.kernel() + j;
        return (pixel * geometry.outHeight() + row) * geometry.outWidth();
    }

    private void gather(double[] image, int row, double[] span) {
        int width = geometry.width();
        for (int q = 0, x = Math.floorMod(-geometry.lead(), width);
                q < span.length;
                q++, x = x + 1 < width ? x + 1 : 0) {
            span[q] = image[row + x];
        }
    }

    private void scatter(double[] span, double[] image, int row) {
        int width = geometry.width();
        for (int q = 0, x = Math.floorMod(-geometry.lead(), width);
                q < span.length;
                q++, x = x + 1 < width ? x + 1 : 0) {
            image[row + x] += span[q];
        }
    }

    private static double[] start(INDArray result, double beta) {
        if (beta == 0) {
            return new double[Math.toIntExact(result.length())];
        }
        double[] values = HostArrays.doubles(result);
        for (int i = 0; i < values.length && beta != 1; i++) {
            values[i] *= beta;
        }
        return values;
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
