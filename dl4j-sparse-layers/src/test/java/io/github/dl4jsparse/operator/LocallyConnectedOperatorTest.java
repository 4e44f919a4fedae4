package io.github.dl4jsparse.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.OperatorContract;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LocallyConnectedOperatorTest extends OperatorContract {
    private static final LocalGeometry GEOMETRY = new LocalGeometry(2, 4, 6, 3, 2, 2, true);

    @Override
    protected long[] weightShape() {
        return new long[] {18, 12};
    }

    @Override
    protected LinearOperator operator(INDArray weights) {
        return new LocallyConnectedOperator(GEOMETRY, weights);
    }

    @Override
    protected long[] inputShape(int batch) {
        return new long[] {batch, 2, 4, 6};
    }

    @Override
    protected long[] outputShape(int batch) {
        return new long[] {batch, 2, 2, 3};
    }

    /** The oracle is the formula, one number after the other. */
    @ParameterizedTest
    @CsvSource({"5,7,3,1,true", "5,7,3,1,false", "6,8,4,2,true", "5,9,3,2,false", "4,6,4,2,true", "3,3,3,1,true"})
    void applyIsTheSumOverEveryPatch(int height, int width, int kernel, int stride, boolean torus) {
        LocalGeometry g = new LocalGeometry(2, height, width, kernel, stride, 3, torus);
        INDArray weights = Samples.gaussian(1, g.patch(), 3L * g.positions());
        INDArray x = Samples.gaussian(2, 2, 2, height, width);
        INDArray y = Nd4j.createUninitialized(x.dataType(), 2, 3, g.outHeight(), g.outWidth());
        new LocallyConnectedOperator(g, weights).apply(x, y, 0);
        int lead = torus ? (kernel - 1) / 2 : 0;
        for (int b = 0; b < 2; b++) {
            for (int unit = 0; unit < 3; unit++) {
                for (int p = 0; p < g.positions(); p++) {
                    double sum = 0;
                    for (int k = 0; k < g.patch(); k++) {
                        int i = p / g.outWidth() * stride + k / kernel % kernel - lead;
                        int j = p % g.outWidth() * stride + k % kernel - lead;
                        sum += weights.getDouble(k, unit * g.positions() + p)
                                * x.getDouble(
                                        b, k / (kernel * kernel), Math.floorMod(i, height), Math.floorMod(j, width));
                    }
                    assertEquals(sum, y.getDouble(b, unit, p / g.outWidth(), p % g.outWidth()), 1e-12);
                }
            }
        }
    }

    /** Unit u copies the pixel in the middle of its patch in channel u: the map is the image, not a turned one. */
    @Test
    void identityKernelsKeepTheLayout() {
        LocalGeometry g = new LocalGeometry(2, 4, 7, 3, 1, 2, true);
        INDArray weights = Nd4j.zeros(DataType.DOUBLE, 18, 56);
        for (int p = 0; p < 28; p++) {
            weights.putScalar(4, p, 1);
            weights.putScalar(13, 28 + p, 1);
        }
        INDArray x = Samples.gaussian(3, 2, 2, 4, 7);
        INDArray y = Samples.gaussian(4, 2, 2, 4, 7);
        new LocallyConnectedOperator(g, weights).apply(x, y, 0);
        assertEquals(x, y);
        INDArray rows = Samples.gaussian(5, 2, 56);
        new LocallyConnectedOperator(g, weights).adjoint(x.reshape(2, 56), rows, 0);
        assertEquals(x.reshape(2, 56), rows);
    }

    @Test
    void keptWeightsAreThoseOfTheFirstProduct() {
        INDArray weights = Samples.gaussian(6, 18, 12);
        INDArray x = Samples.gaussian(7, 2, 2, 4, 6);
        INDArray expected = Nd4j.zeros(DataType.DOUBLE, 2, 2, 2, 3);
        operator(weights).apply(x, expected, 0);
        LinearOperator keeping = ((LocallyConnectedOperator) operator(weights)).keepingWeights();
        INDArray y = expected.ulike();
        keeping.apply(x, y, 0);
        assertEquals(expected, y);
        weights.assign(0);
        keeping.apply(x, y, 0);
        assertEquals(expected, y);
        INDArray single = Nd4j.zeros(DataType.FLOAT, 2, 2, 2, 3);
        keeping.apply(x, single, 0);
        assertEquals(0, single.norm1Number().doubleValue(), "another precision reads the weights anew");
    }

    @Test
    void sidesThatDoNotFitAreRefused() {
        refused("height must be at least 5, got 4", () -> new LocalGeometry(1, 4, 8, 5, 1, 1, true));
        refused(
                "width must be a multiple of the stride 2, such as 8, got 9",
                () -> new LocalGeometry(1, 8, 9, 3, 2, 1, true));
        refused(
                "width must be the kernel 3 plus a multiple of the stride 2, such as 7, got 8",
                () -> new LocalGeometry(1, 7, 8, 3, 2, 1, false));
        refused(
                "stride must be at most the kernel's side 2, or some pixels are in no patch, got 4",
                () -> new LocalGeometry(1, 8, 8, 2, 4, 1, true));
        refused(
                "weights must be of shape [18, 12], got [18, 13]",
                () -> new LocallyConnectedOperator(GEOMETRY, Samples.gaussian(1, 18, 13)));
        assertThrows(IllegalArgumentException.class, () -> operator(Samples.gaussian(1, 18, 12))
                .apply(Samples.gaussian(2, 2, 2, 6, 4), Samples.gaussian(3, 2, 2, 2, 3), 0));
    }

    private static void refused(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
