package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PassFingerprintTest {
    private static final INDArray X = Samples.gaussian(DataType.FLOAT, 1, 10, 2, 3, 4);
    private static final INDArray Y = Samples.gaussian(2, 10, 5);

    private static long of(INDArray... rows) {
        PassFingerprint fingerprint = new PassFingerprint();
        for (int i = 0; i < rows.length; i += 2) {
            fingerprint.add(new INDArray[] {rows[i], rows[i + 1]});
        }
        return fingerprint.value();
    }

    private static INDArray take(INDArray array, int... rows) {
        return new ExampleArrays("array", array).take(rows)[0];
    }

    @Test
    void orderAndBatchesDoNotMatter() {
        long whole = of(X, Y);
        assertEquals(
                whole,
                of(take(X, 9, 1, 2), take(Y, 9, 1, 2), take(X, 0, 3, 4, 8, 6, 7, 5), take(Y, 0, 3, 4, 8, 6, 7, 5)));
        // other strides, the same numbers
        assertEquals(whole, of(X.dup('f'), Y.dup('f')));
    }

    @Test
    void everyNumberAndEveryRepetitionMatters() {
        long whole = of(X, Y);
        assertNotEquals(whole, of(X.dup().putScalar(9, 1, 2, 3, 0.1f), Y));
        assertNotEquals(whole, of(X, Y.dup().putScalar(0, 0, 0.1)));
        // the parts of an example belong together
        assertNotEquals(whole, of(X, take(Y, 1, 0, 2, 3, 4, 5, 6, 7, 8, 9)));
        INDArray blank = Nd4j.zeros(DataType.FLOAT, 4, 3);
        assertNotEquals(of(blank, blank), of(take(blank, 0, 1, 2), take(blank, 0, 1, 2)));
        assertNotEquals(of(take(X, 0, 0), take(Y, 0, 0)), of(take(X, 0), take(Y, 0)));
    }
}
