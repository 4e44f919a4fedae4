package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LocalContrastTest {
    private static final GaussianSmoothing SMOOTHING = new GaussianSmoothing(3, 0.9);

    private static LocalContrast contrast(INDArray x) {
        return LocalContrast.of(x, SMOOTHING);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void gradientIsThatOfFiniteDifferences(int channels) {
        INDArray x = Samples.gaussian(1, 2, channels, 6, 5);
        INDArray g = Samples.gaussian(2, 2, channels, 6, 5);
        INDArray gradient = contrast(x).gradient(g);
        double step = 1e-6;
        for (long i = 0; i < x.length(); i++) {
            INDArray up = x.dup('c');
            up.data().put(i, up.data().getDouble(i) + step);
            INDArray down = x.dup('c');
            down.data().put(i, down.data().getDouble(i) - step);
            double slope = (Samples.dot(contrast(up).normalized(), g)
                            - Samples.dot(contrast(down).normalized(), g))
                    / (2 * step);
            assertEquals(slope, gradient.dup('c').data().getDouble(i), 1e-7);
        }
    }

    /** What brightness and contrast do not change has no slope along them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void gradientIsOrthogonalToBrightnessAndContrast(int channels) {
        INDArray x = Samples.gaussian(1, 1, channels, 6, 5);
        INDArray gradient = contrast(x).gradient(Samples.gaussian(2, 1, channels, 6, 5));
        assertEquals(0, gradient.sumNumber().doubleValue(), 1e-12);
        assertEquals(0, Samples.dot(gradient, x), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void withoutContrastAllIsZeroAndTheOthersAreAsAlone(DataType type) {
        INDArray alone = Samples.gaussian(type, 1, 1, 2, 6, 5);
        INDArray g = Samples.gaussian(type, 2, 3, 2, 6, 5);
        INDArray gray = Nd4j.ones(type, 1, 2, 6, 5).muli(0.7);
        LocalContrast all = contrast(Nd4j.concat(0, alone.ulike().assign(0), gray, alone));
        for (INDArray values : new INDArray[] {all.normalized(), all.gradient(g)}) {
            assertEquals(0, values.slice(0).norm1Number().doubleValue());
            assertEquals(0, values.slice(1).norm1Number().doubleValue());
        }
        INDArray last = g.slice(2).dup('c').reshape('c', 1, 2, 6, 5);
        LocalContrast one = contrast(alone);
        double tolerance = type == DataType.DOUBLE ? 1e-13 : 1e-5;
        assertEquals(0, Samples.distance(one.normalized(), all.normalized().slice(2)), tolerance);
        assertEquals(0, Samples.distance(one.gradient(last), all.gradient(g).slice(2)), tolerance);
    }

    /** A dot on black: far from it sigma is zero, where the root has no slope. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void flatPartsOfAnImageHaveFiniteGradients(DataType type) {
        INDArray x = Nd4j.zeros(type, 1, 1, 12, 11);
        x.putScalar(new int[] {0, 0, 2, 3}, 1);
        INDArray gradient = contrast(x).gradient(Samples.gaussian(type, 2, 1, 1, 12, 11));
        // NaN and infinity fail
        assertEquals(0, gradient.sumNumber().doubleValue(), 1e-3);
        INDArray twice = contrast(x.mul(4)).gradient(Samples.gaussian(type, 2, 1, 1, 12, 11));
        assertEquals(0, Samples.distance(gradient, twice.mul(4)), type == DataType.DOUBLE ? 1e-10 : 1e-3);
    }
}
