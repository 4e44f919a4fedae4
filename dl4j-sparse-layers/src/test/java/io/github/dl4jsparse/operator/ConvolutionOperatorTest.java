package io.github.dl4jsparse.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.OperatorContract;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ConvolutionOperatorTest {
    private static ConvolutionGeometry same(int height, int width, int kernel, int stride) {
        return ConvolutionGeometry.same(
                2, new int[] {height, width}, new int[] {kernel, kernel}, new int[] {stride, stride});
    }

    private static ConvolutionGeometry padded(int height, int width, int kernel, int stride, int padding) {
        return ConvolutionGeometry.padded(
                2, new int[] {height, width}, new int[] {kernel, kernel}, new int[] {stride, stride}, new int[] {
                    padding, padding
                });
    }

    abstract static class Contract extends OperatorContract {
        private static final int MAPS = 3;
        private final ConvolutionGeometry geometry;

        Contract(ConvolutionGeometry geometry) {
            this.geometry = geometry;
        }

        @Override
        protected long[] weightShape() {
            return new long[] {MAPS, geometry.patch()};
        }

        @Override
        protected LinearOperator operator(INDArray weights) {
            return new ConvolutionOperator(geometry, weights);
        }

        @Override
        protected long[] inputShape(int batch) {
            return new long[] {batch, geometry.height(), geometry.width(), geometry.channels()};
        }

        @Override
        protected long[] outputShape(int batch) {
            return new long[] {batch, geometry.outHeight(), geometry.outWidth(), MAPS};
        }
    }

    @Nested
    class Same extends Contract {
        Same() {
            super(same(4, 6, 3, 1));
        }
    }

    @Nested
    class SameWithStride extends Contract {
        SameWithStride() {
            super(same(5, 6, 3, 2));
        }
    }

    @Nested
    class Inside extends Contract {
        Inside() {
            super(padded(4, 6, 3, 1, 0));
        }
    }

    /** A geometry with uncovered pixels at the lower and right border. */
    @Nested
    class PaddedWithStride extends Contract {
        PaddedWithStride() {
            super(padded(5, 8, 4, 3, 1));
        }
    }

    /** The oracle is the formula, one number after the other. */
    @ParameterizedTest
    @CsvSource({"5,7,3,1,-1", "5,7,4,1,-1", "6,5,3,2,-1", "5,7,3,1,0", "6,9,4,2,1", "5,8,3,3,2", "3,3,3,1,0"})
    void applyIsTheSumOverEveryPatch(int height, int width, int kernel, int stride, int padding) {
        ConvolutionGeometry g =
                padding < 0 ? same(height, width, kernel, stride) : padded(height, width, kernel, stride, padding);
        INDArray weights = Samples.gaussian(1, 3, g.patch());
        INDArray x = Samples.gaussian(2, 2, height, width, 2);
        INDArray y = Nd4j.createUninitialized(x.dataType(), 2, g.outHeight(), g.outWidth(), 3);
        new ConvolutionOperator(g, weights).apply(x, y, 0);
        for (int b = 0; b < 2; b++) {
            for (int p = 0; p < g.positions(); p++) {
                for (int map = 0; map < 3; map++) {
                    double sum = 0;
                    for (int k = 0; k < g.patch(); k++) {
                        int i = p / g.outWidth() * stride + k / 2 / kernel - g.top();
                        int j = p % g.outWidth() * stride + k / 2 % kernel - g.left();
                        if (i >= 0 && i < height && j >= 0 && j < width) {
                            sum += weights.getDouble(map, k) * x.getDouble(b, i, j, k % 2);
                        }
                    }
                    assertEquals(sum, y.getDouble(b, p / g.outWidth(), p % g.outWidth(), map), 1e-12);
                }
            }
        }
    }

    /** Map c copies the pixel in the middle of the patch in channel c: the map is the image, not a turned one. */
    @Test
    void identityKernelsKeepTheLayout() {
        INDArray weights = Nd4j.zeros(DataType.DOUBLE, 2, 18);
        weights.putScalar(0, 8, 1);
        weights.putScalar(1, 9, 1);
        INDArray x = Samples.gaussian(3, 2, 4, 7, 2);
        INDArray y = Samples.gaussian(4, 2, 4, 7, 2);
        new ConvolutionOperator(same(4, 7, 3, 1), weights).apply(x, y, 0);
        assertEquals(x, y);
        INDArray rows = Samples.gaussian(5, 2, 56);
        new ConvolutionOperator(same(4, 7, 3, 1), weights).adjoint(x.reshape(56, 2), rows, 0);
        assertEquals(x.reshape(2, 56), rows);
    }

    /** More numbers than are in memory at a time. */
    @Test
    void largeBatchIsTheSumOfItsExamples() {
        ConvolutionGeometry g = same(28, 20, 7, 1);
        ConvolutionOperator operator = new ConvolutionOperator(g, Samples.gaussian(1, 4, g.patch()));
        INDArray x = Samples.gaussian(2, 5, g.pixels());
        INDArray delta = Samples.gaussian(3, 5L * g.positions(), 4);
        INDArray y = delta.ulike();
        INDArray gradient = Nd4j.zeros(DataType.DOUBLE, 4, g.patch());
        operator.apply(x, y, 0);
        for (int b = 0; b < 5; b++) {
            var places = NDArrayIndex.interval((long) b * g.positions(), (b + 1L) * g.positions());
            INDArray one = Nd4j.createUninitialized(DataType.DOUBLE, g.positions(), 4);
            operator.apply(x.getRow(b, true).dup(), one, 0);
            assertEquals(0, Samples.distance(one, y.get(places, NDArrayIndex.all())), 1e-10);
            operator.weightGradient(
                    x.getRow(b, true).dup(),
                    delta.get(places, NDArrayIndex.all()).dup(),
                    gradient,
                    1);
        }
        INDArray whole = gradient.ulike();
        operator.weightGradient(x, delta, whole, 0);
        assertEquals(0, Samples.distance(gradient, whole), 1e-9);
    }

    @Test
    void arraysAndWeightsThatDoNotFitAreRefused() {
        ConvolutionGeometry g = same(4, 6, 3, 1);
        assertEquals(
                "weights must be a matrix [maps, 18], got [3, 17]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new ConvolutionOperator(g, Samples.gaussian(1, 3, 17)))
                        .getMessage());
        ConvolutionOperator operator = new ConvolutionOperator(g, Samples.gaussian(1, 3, 18));
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> operator.apply(Samples.gaussian(2, 2, 4, 5, 2), Samples.gaussian(3, 2, 4, 6, 3), 0))
                .getMessage();
        assertEquals(
                "input must be 48 numbers an example, for 72 of the other array [2, 4, 6, 3], got [2, 4, 5, 2]",
                message);
    }
}
