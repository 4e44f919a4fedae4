package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.OwnJvm;
import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Iterations reuse their arrays: the garbage collector, for which each is a few bytes on the heap, would let gigabytes
 * accumulate outside of it.
 */
class FistaMemoryTest {
    private static final int ITERATIONS = 200;
    private static final int ROWS = 2000;
    private static final int UNITS = 512;
    private static final long CODE = (long) ROWS * UNITS * Float.BYTES;
    /** An array for every eighth iteration; a solution needs about ten. */
    private static final long BOUND = ITERATIONS / 8 * CODE;

    @Test
    void memoryDoesNotGrowWithTheIterations() throws IOException, InterruptedException {
        List<Long> resident =
                OwnJvm.withFixedHeap(Solving.class).stream().map(Long::valueOf).toList();
        assertEquals(2, resident.size());
        long grown = resident.get(1) - resident.get(0);
        assertTrue(grown < BOUND, () -> grown + " bytes, where a code has " + CODE);
    }

    /** What the JVM of its own runs. */
    static final class Solving {
        private Solving() {}

        /** Solves a few iterations, then many, and reports what is resident after each. */
        public static void main(String[] arguments) {
            INDArray dictionary = Samples.gaussian(DataType.FLOAT, 1, 12, UNITS);
            Energy energy = new Energy(new DenseOperator(dictionary), new L1Penalty(0.1));
            INDArray input = Samples.gaussian(DataType.FLOAT, 2, ROWS, 12);
            for (int iterations : new int[] {3, ITERATIONS}) {
                new Fista(iterations, 1e-12).solve(energy, input);
                System.out.println(OwnJvm.MARK + Pointer.physicalBytes());
            }
        }
    }
}
