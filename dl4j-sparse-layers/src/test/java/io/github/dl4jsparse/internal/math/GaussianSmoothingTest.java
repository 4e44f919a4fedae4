package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GaussianSmoothingTest {
    private static final GaussianSmoothing SMOOTHING = new GaussianSmoothing(5, 1.3);

    private static double mean(INDArray images, int n, int y, int x) {
        double sum = 0;
        double weights = 0;
        for (int i = Math.max(0, y - 2); i <= Math.min(images.size(2) - 1, y + 2); i++) {
            for (int j = Math.max(0, x - 2); j <= Math.min(images.size(3) - 1, x + 2); j++) {
                double weight = Math.exp(-((i - y) * (i - y) + (j - x) * (j - x)) / (2 * 1.3 * 1.3));
                sum += weight * images.getDouble(n, 0, i, j);
                weights += weight;
            }
        }
        return sum / weights;
    }

    @Test
    void isTheWeightedMeanOfTheNeighbourhood() {
        INDArray images = Samples.gaussian(1, 2, 1, 7, 4);
        INDArray smooth = SMOOTHING.apply(images);
        for (int n = 0; n < 2; n++) {
            for (int y = 0; y < 7; y++) {
                for (int x = 0; x < 4; x++) {
                    assertEquals(mean(images, n, y, x), smooth.getDouble(n, 0, y, x), 1e-14);
                }
            }
        }
    }

    @Test
    void adjointIsTheAdjoint() {
        INDArray x = Samples.gaussian(1, 2, 1, 7, 4);
        INDArray y = Samples.gaussian(2, 2, 1, 7, 4);
        assertEquals(Samples.dot(SMOOTHING.apply(x), y), Samples.dot(x, SMOOTHING.adjoint(y)), 1e-12);
    }

    @Test
    void singlePrecisionStays() {
        INDArray x = Samples.gaussian(1, 2, 1, 7, 4);
        INDArray single = SMOOTHING.apply(x.castTo(DataType.FLOAT));
        assertEquals(DataType.FLOAT, single.dataType());
        assertEquals(0, Samples.distance(SMOOTHING.apply(x), single), 1e-6);
    }

    @Test
    void oneWindowLargerThanTheImageIsTheMeanWhereTheDeviationIsLarge() {
        INDArray x = Samples.gaussian(1, 1, 1, 3, 4);
        INDArray mean = Nd4j.zeros(DataType.DOUBLE, 1, 1, 3, 4).addi(x.meanNumber());
        assertEquals(0, Samples.distance(mean, new GaussianSmoothing(9, 1e6).apply(x)), 1e-10);
    }

    @Test
    void refusesBadWindows() {
        assertEquals(
                "window must be odd and at least 3, got 4",
                assertThrows(IllegalArgumentException.class, () -> new GaussianSmoothing(4, 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new GaussianSmoothing(1, 1));
        assertThrows(IllegalArgumentException.class, () -> new GaussianSmoothing(3, 0));
        assertThrows(IllegalArgumentException.class, () -> new GaussianSmoothing(3, Double.NaN));
    }
}
