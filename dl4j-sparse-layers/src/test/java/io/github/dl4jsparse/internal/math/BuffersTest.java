package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class BuffersTest {
    @Test
    void resultOfTheComputationIsReturned() {
        for (int i = 1; i <= 3; i++) {
            int value = i;
            double sum = Buffers.get("TEST", () -> Nd4j.valueArrayOf(new long[] {10}, value, DataType.DOUBLE)
                    .sumNumber()
                    .doubleValue());
            assertEquals(10 * value, sum);
        }
    }
}
