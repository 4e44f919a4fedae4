package io.github.dl4jsparse.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class ScratchTest {
    @Test
    void resultOfTheComputationIsReturned() {
        for (int i = 1; i <= 3; i++) {
            int value = i;
            double sum = Scratch.get("TEST", () -> Nd4j.valueArrayOf(new long[] {10}, value, DataType.DOUBLE)
                    .sumNumber()
                    .doubleValue());
            assertEquals(10 * value, sum);
        }
    }

    @Test
    void plainArraysAreKeptByThreadAndType() throws InterruptedException {
        float[] first = (float[]) Scratch.plain(new float[0], 100);
        assertTrue(first.length >= 100);
        assertSame(first, Scratch.plain(new float[0], 50));
        assertTrue(Scratch.plain(new double[0], 100) instanceof double[]);
        Object[] other = new Object[1];
        Thread thread = new Thread(() -> other[0] = Scratch.plain(new float[0], 100));
        thread.start();
        thread.join();
        assertNotSame(first, other[0]);
    }
}
