package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class FiniteTest {
    @ParameterizedTest
    @EnumSource(names = {"HALF", "FLOAT", "DOUBLE"})
    void findsEveryBadValueInViewsToo(DataType type) {
        INDArray all = Samples.gaussian(type, 1, 6, 4);
        INDArray view = all.get(NDArrayIndex.interval(1, 5), NDArrayIndex.interval(1, 3));
        all.putScalar(0, 0, Double.NaN);
        assertTrue(Finite.all(view));
        assertEquals(0, Finite.countBad(view));
        assertFalse(Finite.all(all));
        assertEquals(1, Finite.countBad(all));
        view.putScalar(3, 1, Double.POSITIVE_INFINITY);
        view.putScalar(0, 0, Double.NEGATIVE_INFINITY);
        assertFalse(Finite.all(view));
        assertEquals(2, Finite.countBad(view));
    }

    @ParameterizedTest
    @EnumSource(names = {"HALF", "FLOAT", "DOUBLE"})
    void finiteValuesWithAnInfiniteSumAreFinite(DataType type) {
        double large =
                switch (type) {
                    case HALF -> 6e4;
                    case FLOAT -> 3e38;
                    default -> 1.5e308;
                };
        INDArray array = Nd4j.valueArrayOf(new long[] {64}, large, type);
        assertTrue(Double.isInfinite(array.sumNumber().doubleValue()) || type == DataType.FLOAT16);
        assertTrue(Finite.all(array));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void anEmptyArrayIsFinite(DataType type) {
        assertTrue(Finite.all(Nd4j.empty(type)));
    }
}
