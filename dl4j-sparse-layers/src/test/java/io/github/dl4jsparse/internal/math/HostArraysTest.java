package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class HostArraysTest {
    private static Stream<Arguments> layouts(DataType type) {
        return Stream.of(
                layout(type, "dense", a -> a),
                layout(type, "f order", a -> a.dup('f')),
                layout(type, "transposed", INDArray::transpose),
                layout(type, "first rows", a -> a.get(NDArrayIndex.interval(0, 2), NDArrayIndex.all())),
                layout(type, "last rows", a -> a.get(NDArrayIndex.interval(3, 5), NDArrayIndex.all())),
                layout(type, "first row", a -> a.getRow(0, true)),
                layout(type, "row", a -> a.getRow(2, true)),
                layout(type, "vector", a -> a.getRow(3)),
                layout(type, "column", a -> a.getColumn(1)),
                layout(type, "first column", a -> a.getColumn(0, true)),
                layout(type, "inside", a -> a.get(NDArrayIndex.interval(1, 4), NDArrayIndex.interval(2, 5))),
                layout(type, "every other", a -> a.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2, 6))),
                layout(type, "reshaped", a -> a.reshape('c', 3, 10)),
                layout(type, "permuted", a -> a.reshape('c', 5, 2, 3).permute(0, 2, 1)),
                layout(type, "turned", a -> a.reshape('c', 5, 2, 3).permute(2, 0, 1)),
                layout(
                        type,
                        "view by offset",
                        a -> Nd4j.create(a.data(), new long[] {2, 4}, new long[] {4, 1}, 7, 'c')),
                layout(type, "single", a -> a.get(NDArrayIndex.interval(4, 5), NDArrayIndex.interval(5, 6))));
    }

    private static Arguments layout(DataType type, String name, UnaryOperator<INDArray> view) {
        return Arguments.of(type, name, view);
    }

    static Stream<Arguments> layouts() {
        return Stream.of(DataType.FLOAT, DataType.DOUBLE).flatMap(HostArraysTest::layouts);
    }

    /** The elements one by one, in c order. */
    private static double[] elements(INDArray array) {
        double[] values = new double[(int) array.length()];
        long[] shape = array.shape();
        for (int i = 0; i < values.length; i++) {
            values[i] = array.getDouble(Shape.ind2subC(shape, i));
        }
        return values;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("layouts")
    void elementsAreReadInCOrder(DataType type, String name, UnaryOperator<INDArray> view) {
        INDArray whole = Samples.gaussian(type, 1, 5, 6);
        assertArrayEquals(elements(view.apply(whole)), HostArrays.doubles(view.apply(whole)));
        assertEquals(Samples.gaussian(type, 1, 5, 6), whole);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("layouts")
    void elementsAreWrittenInCOrderAndNoOthers(DataType type, String name, UnaryOperator<INDArray> view) {
        INDArray whole = Samples.gaussian(type, 1, 5, 6);
        INDArray written = view.apply(whole);
        double[] values = new double[(int) written.length()];
        // numbers that a float holds, and that no sample is
        Arrays.setAll(values, i -> 100 + i / 4.0);
        double[] given = values.clone();
        HostArrays.write(values, written);
        assertArrayEquals(given, elements(written));
        assertArrayEquals(given, HostArrays.doubles(written));
        assertArrayEquals(given, values);
        double[] now = elements(whole);
        double[] before = elements(Samples.gaussian(type, 1, 5, 6));
        int changed = 0;
        for (int i = 0; i < now.length; i++) {
            assertTrue(now[i] >= 100 || now[i] == before[i], "element " + i + " is " + now[i]);
            changed += now[i] >= 100 ? 1 : 0;
        }
        assertEquals(name.equals("f order") ? 0 : values.length, changed);
    }

    @Test
    void extremesSurviveTheRoundTrip() {
        double[] values = {Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, 1 + Math.ulp(1.0)};
        INDArray array = Nd4j.create(DataType.DOUBLE, 5);
        HostArrays.write(values, array);
        assertArrayEquals(values, HostArrays.doubles(array));
        HostArrays.doubles(array)[2] = 5;
        assertEquals(-0.0, array.getDouble(2), "what is read must be a copy");
    }
}
