package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.parallel.SparseThreads;
import java.util.Arrays;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Results are equal to the bit for every number of threads. */
public final class ThreadsLaw {
    private static final int[] THREADS = {1, 2, 8};

    private ThreadsLaw() {}

    /**
     * Fails unless a computation gives the same bits for 1, 2 and 8 threads.
     *
     * @param computation starts anew each time; large enough to be done in several parts, or this tells nothing
     */
    public static void sameBits(Supplier<INDArray[]> computation) {
        int before = SparseThreads.get();
        try {
            SparseThreads.set(THREADS[0]);
            long[][] expected = bits(computation.get());
            for (int i = 1; i < THREADS.length; i++) {
                SparseThreads.set(THREADS[i]);
                long[][] actual = bits(computation.get());
                assertEquals(expected.length, actual.length, "number of arrays");
                for (int k = 0; k < expected.length; k++) {
                    assertArrayEquals(expected[k], actual[k], "array " + k + " with " + THREADS[i] + " threads");
                }
            }
        } finally {
            SparseThreads.set(before);
        }
    }

    private static long[][] bits(INDArray[] arrays) {
        return Arrays.stream(arrays)
                .map(array -> Arrays.stream(
                                array.castTo(DataType.DOUBLE).dup('c').data().asDouble())
                        .mapToLong(Double::doubleToRawLongBits)
                        .toArray())
                .toArray(long[][]::new);
    }
}
