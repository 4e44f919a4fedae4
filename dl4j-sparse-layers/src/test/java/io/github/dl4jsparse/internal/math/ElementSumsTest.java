package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.testkit.ThreadsLaw;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ElementSumsTest {
    private static void addProducts(float[][] a, float[] sums, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] += a[0][i] * a[a.length - 1][i];
        }
    }

    private static void addProducts(double[][] a, double[] sums, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] += a[0][i] * a[a.length - 1][i];
        }
    }

    private static double dot(INDArray x, INDArray y) {
        return ElementSums.of(ElementSumsTest::addProducts, ElementSumsTest::addProducts, x, y);
    }

    private static double[] columns(INDArray x) {
        return ElementSums.columns(ElementSumsTest::addProducts, ElementSumsTest::addProducts, x);
    }

    static Stream<long[]> shapes() {
        return Stream.of(new long[] {1, 1}, new long[] {7, 1}, new long[] {700, 3}, new long[] {90, 3001});
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void sumIsThatOfPlainLoops(long[] shape) {
        INDArray x = Samples.gaussian(1, shape);
        INDArray y = Samples.gaussian(2, shape);
        double expected = 0;
        double[] ofColumns = new double[(int) shape[1]];
        for (int i = 0; i < shape[0]; i++) {
            for (int j = 0; j < shape[1]; j++) {
                expected += x.getDouble(i, j) * y.getDouble(i, j);
                ofColumns[j] += x.getDouble(i, j) * x.getDouble(i, j);
            }
        }
        double size = Math.sqrt(x.length());
        for (char order : "cf".toCharArray()) {
            assertEquals(expected, dot(x.dup(order), y), 1e-13 * size);
            assertArrayEquals(ofColumns, columns(x.dup(order)), 1e-12 * size);
            assertEquals(expected, dot(x.dup(order).castTo(DataType.FLOAT), y), 1e-6 * size);
            assertArrayEquals(ofColumns, columns(x.dup(order).castTo(DataType.FLOAT)), 1e-5 * size);
        }
    }

    @Test
    void manyTermsOfSinglePrecisionAreNotLost() {
        // added one after the other in single precision they would end at 2^24
        INDArray ones = Nd4j.ones(DataType.FLOAT, 20_000_001);
        assertEquals(20_000_001, dot(ones, ones));
    }

    @Test
    void emptyArraysAreZero() {
        INDArray empty = Nd4j.empty(DataType.FLOAT);
        assertEquals(0, dot(empty, empty));
    }

    @Test
    void nanAndInfiniteTermsShow() {
        INDArray x = Samples.gaussian(3, 5000);
        x.putScalar(4321, Double.POSITIVE_INFINITY);
        assertEquals(Double.POSITIVE_INFINITY, dot(x, x));
        x.putScalar(1234, Double.NaN);
        assertTrue(Double.isNaN(dot(x, x)));
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray x = Samples.gaussian(type, 4, 300, 1001);
            ThreadsLaw.sameBits(
                    () -> new INDArray[] {Nd4j.createFromArray(dot(x, x)), Nd4j.createFromArray(columns(x))});
        }
    }
}
