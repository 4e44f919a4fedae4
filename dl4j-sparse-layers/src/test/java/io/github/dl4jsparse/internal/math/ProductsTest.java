package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ProductsTest {
    private static final INDArray A = Samples.gaussian(1, 4, 3);
    private static final INDArray B = Samples.gaussian(2, 3, 5);

    /** Three loops. */
    private static INDArray oracle(INDArray a, INDArray b) {
        INDArray result = Nd4j.zeros(DataType.DOUBLE, a.size(0), b.size(1));
        for (int i = 0; i < a.size(0); i++) {
            for (int j = 0; j < b.size(1); j++) {
                double sum = 0;
                for (int k = 0; k < a.size(1); k++) {
                    sum += a.getDouble(i, k) * b.getDouble(k, j);
                }
                result.putScalar(i, j, sum);
            }
        }
        return result;
    }

    @Test
    void transposedOrNotAddedOrNot() {
        for (boolean ta : new boolean[] {false, true}) {
            for (boolean tb : new boolean[] {false, true}) {
                INDArray result = Samples.gaussian(3, 4, 5);
                INDArray expected = oracle(A, B).addi(result.mul(2));
                Products.into(
                        ta ? A.transpose().dup() : A, ta, tb ? B.transpose().dup() : B, tb, result, 2);
                assertEquals(0, Samples.distance(expected, result), 1e-12);
            }
        }
    }

    @Test
    void aResultThatIsAnArgumentToo() {
        INDArray square = Samples.gaussian(4, 3, 3);
        INDArray both = square.dup();
        Products.into(both, false, both, false, both, 0);
        assertEquals(0, Samples.distance(oracle(square, square), both), 1e-12);
        INDArray whole = Samples.gaussian(5, 4, 3);
        INDArray upper = whole.dup();
        INDArray shared = Rows.of(upper, 1, 3);
        INDArray expected = oracle(Rows.of(whole, 0, 3).dup(), square);
        Products.into(Rows.of(upper, 0, 3), false, square, false, shared, 0);
        assertEquals(0, Samples.distance(expected, shared), 1e-12);
        assertEquals(0, Samples.distance(whole.getRow(0), upper.getRow(0)));
    }

    @Test
    void otherTypesAreConverted() {
        INDArray single = Nd4j.zeros(DataType.FLOAT, 4, 5);
        Products.into(A.castTo(DataType.FLOAT), false, B, false, single, 0);
        assertEquals(0, Samples.distance(oracle(A, B), single), 1e-5);
        Products.into(A, false, B, false, single, 1);
        assertEquals(0, Samples.distance(oracle(A, B).muli(2), single), 1e-5);
    }

    @Test
    void stridedResults() {
        INDArray whole = Nd4j.ones(DataType.DOUBLE, 8, 9);
        INDArray view = whole.get(NDArrayIndex.interval(0, 2, 8), NDArrayIndex.interval(2, 7));
        Products.into(A, false, B, false, view, 1);
        assertEquals(0, Samples.distance(oracle(A, B).addi(1), view), 1e-12);
        assertEquals(72 - 20 + view.sumNumber().doubleValue(), whole.sumNumber().doubleValue(), 1e-10);
    }

    @Test
    void wrongShapesAreRefusedByName() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Products.into(A, false, B, false, Nd4j.zeros(DataType.DOUBLE, 5, 4), 0))
                .getMessage();
        assertTrue(message.startsWith("result must be of shape [4, 5], got [5, 4]"), message);
    }
}
