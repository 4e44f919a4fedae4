package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.testkit.ThreadsLaw;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ElementLoopsTest {
    private static void addTwice(float[] sum, float[] other, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += 2 * other[i];
        }
    }

    private static void addTwice(double[] sum, double[] other, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += 2 * other[i];
        }
    }

    private static INDArray addTwice(INDArray sum, INDArray other) {
        return ElementLoops.run((a, n) -> addTwice(a[0], a[1], n), (a, n) -> addTwice(a[0], a[1], n), sum, other);
    }

    /** Arrays of the same numbers in different orders, whole and amidst others. */
    private static Stream<INDArray> orders(INDArray x) {
        INDArray wide = Nd4j.concat(1, x.mul(9), x, x.mul(7));
        return Stream.of(
                x.dup('c'),
                x.dup('f'),
                wide.get(NDArrayIndex.all(), NDArrayIndex.interval(x.size(1), 2 * x.size(1))),
                x.transpose().dup('c').transpose());
    }

    static Stream<long[]> shapes() {
        return Stream.of(new long[] {1, 1}, new long[] {3, 5}, new long[] {700, 3}, new long[] {90, 3001});
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyElementIsReachedInEveryOrderAndType(long[] shape) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray x = Samples.gaussian(type, 1, shape);
            INDArray y = Samples.gaussian(type, 2, shape);
            INDArray expected = x.add(y.mul(2));
            orders(x).forEach(sum -> orders(y).forEach(other -> {
                INDArray result = sum.ordering() == 'c' ? sum.dup('c') : sum.dup('f');
                assertSame(result, addTwice(result, other));
                assertEquals(0, Samples.distance(expected, result), type == DataType.FLOAT ? 1e-6 : 1e-15);
                assertEquals(0, Samples.distance(y, other), "the other array changes");
            }));
        }
    }

    @Test
    void viewsAreWrittenWithoutWhatIsAround() {
        INDArray wide = Samples.gaussian(3, 40, 90);
        INDArray before = wide.dup();
        INDArray view = wide.get(NDArrayIndex.all(), NDArrayIndex.interval(30, 60));
        INDArray y = Samples.gaussian(4, 40, 30);
        addTwice(view, y);
        before.get(NDArrayIndex.all(), NDArrayIndex.interval(30, 60)).addi(y.mul(2));
        assertEquals(0, Samples.distance(before, wide), 1e-15);
        INDArray flat = Samples.gaussian(DataType.FLOAT, 5, 1000);
        INDArray amidst = flat.get(NDArrayIndex.interval(100, 200));
        INDArray expected = amidst.mul(3);
        addTwice(amidst, amidst.dup());
        assertEquals(0, Samples.distance(expected, flat.get(NDArrayIndex.interval(100, 200))), 1e-6);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"HALF", "BFLOAT16", "FLOAT", "DOUBLE"})
    void otherTypesAreComputedInDoublePrecision(DataType type) {
        INDArray x = Nd4j.createFromArray(1.0, 2.0, 4.0).castTo(type);
        addTwice(x, Nd4j.createFromArray(1.0, 2.0, -2.0));
        assertEquals(type, x.dataType());
        assertEquals(Nd4j.createFromArray(3.0, 6.0, 0.0).castTo(type), x);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void chunksOfRowsBeginWithTheFirstColumn(long[] shape) {
        double[] perColumn = Samples.gaussian(6, shape[1]).toDoubleVector();
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray x = Nd4j.zeros(type, shape);
            Object repeated = ElementLoops.repeated(perColumn, x);
            ElementLoops.runRows(
                    (a, n) -> addTwice(a[0], (float[]) repeated, n),
                    (a, n) -> addTwice(a[0], (double[]) repeated, n),
                    x);
            INDArray expected = x.ulike()
                    .assign(0)
                    .addiRowVector(Nd4j.createFromArray(perColumn).muli(2).castTo(type));
            assertEquals(0, Samples.distance(expected, x), 1e-6);
        }
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() {
        INDArray x = Samples.gaussian(DataType.FLOAT, 7, 300, 1001);
        ThreadsLaw.sameBits(() -> new INDArray[] {addTwice(x.dup(), x)});
    }
}
