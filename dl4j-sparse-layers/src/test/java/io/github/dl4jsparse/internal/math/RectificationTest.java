package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RectificationTest {
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void negativeNumbersBecomeZeroAndNanStays(DataType type) {
        double[] values = {-2, 0, 3, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
        INDArray x = Nd4j.createFromArray(values).castTo(type);
        assertSame(x, Rectification.inPlace(x));
        assertArrayEquals(new double[] {0, 0, 3, Double.NaN, 0, Double.POSITIVE_INFINITY}, x.toDoubleVector());
    }
}
