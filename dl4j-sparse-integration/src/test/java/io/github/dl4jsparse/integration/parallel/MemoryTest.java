package io.github.dl4jsparse.integration.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Training on and on takes no more memory, on the heap, in arrays outside of it, or elsewhere in the process. */
class MemoryTest {
    private static final int SHORT = 2_000;
    private static final int LONG = 100_000;
    /** After as many, everything that is made once is there. */
    private static final int WARM = 400;
    /** After as many, ND4J gets the time to free what is garbage: on a busy machine it is slower than training. */
    private static final int PATIENCE = 250;

    private static final long MEBIBYTE = 1 << 20;
    /** The heap's own bookkeeping and the compiler's; 1,600 iterations that leak a kilobyte each are above. */
    private static final long HEAP = MEBIBYTE;
    /** ND4J frees a little later than the heap does; 1,600 iterations that leak one each are above. */
    private static final long ARRAYS = 200;
    /** The heap takes pages as it goes, compiled code too. */
    private static final long RESIDENT = 96 * MEBIBYTE;

    /** Runs a work so many times; returns what the memory grew by after the start. */
    private static Memory growth(int iterations, Runnable work) {
        for (int i = 0; i < WARM; i++) {
            work.run();
        }
        Memory early = Memory.now();
        for (int i = WARM; i < iterations; i++) {
            work.run();
            if (i % PATIENCE == 0) {
                Memory.now();
            }
        }
        return Memory.now().minus(early);
    }

    private static boolean grew(Memory growth) {
        return growth.heap() > HEAP || growth.arrays() > ARRAYS || growth.resident() > RESIDENT;
    }

    private static Runnable training(EveryLayer layer) {
        MultiLayerNetwork net = layer.network();
        DataSet small = layer.data(2, 1);
        DataSet large = layer.data(3, 2);
        int[] count = {0};
        return () -> {
            net.fit(count[0] % 2 == 0 ? small : large);
            if (count[0]++ % 10 == 0) {
                net.output(small.getFeatures());
            }
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"LISTA", "L2_NORMALIZE"})
    void staysInTwoThousandIterations(EveryLayer layer, TestReporter reporter) {
        Memory growth = growth(SHORT, training(layer));
        reporter.publishEntry(layer.name(), growth.toString());
        assertFalse(grew(growth), growth::toString);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void staysInAHundredThousandIterations(EveryLayer layer, TestReporter reporter) {
        Memory growth = growth(LONG, training(layer));
        reporter.publishEntry(layer.name(), growth.toString());
        assertFalse(grew(growth), growth::toString);
    }

    @Test
    void measuringFindsAKilobyteOfObjectsAnIteration() {
        List<double[]> leak = new ArrayList<>();
        Memory growth = growth(SHORT, () -> leak.add(new double[128]));
        assertTrue(growth.heap() > HEAP, growth::toString);
        assertEquals(SHORT, leak.size());
    }

    @Test
    void measuringFindsAnArrayAnIteration() {
        List<Object> leak = new ArrayList<>();
        Memory growth = growth(SHORT, () -> leak.add(Nd4j.create(DataType.DOUBLE, 128)));
        assertTrue(growth.arrays() > ARRAYS, growth::toString);
        assertEquals(SHORT, leak.size());
    }

    @Test
    void measuringFindsMemoryThatNobodyCounts() {
        List<BytePointer> leak = new ArrayList<>();
        Memory growth = growth(SHORT, () -> {
            BytePointer pages = new BytePointer(MEBIBYTE / 8);
            for (long i = 0; i < pages.capacity(); i += 4096) {
                pages.put(i, (byte) 1);
            }
            leak.add(pages);
        });
        leak.forEach(BytePointer::close);
        assertTrue(growth.resident() > RESIDENT, growth::toString);
    }
}
