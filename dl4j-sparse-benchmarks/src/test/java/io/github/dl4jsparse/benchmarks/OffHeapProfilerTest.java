package io.github.dl4jsparse.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class OffHeapProfilerTest {
    private static final long BYTES = 64L << 20;

    @Test
    void countsNativeMemoryUntilItIsGivenBack() {
        double before = OffHeapProfiler.allocated();
        BytePointer memory = new BytePointer(Pointer.malloc(BYTES));
        double during = OffHeapProfiler.allocated();
        Pointer.free(memory);
        if (!Double.isNaN(before)) { // glibc before 2.33
            assertEquals(BYTES, during - before, BYTES / 8.0);
            assertEquals(before, OffHeapProfiler.allocated(), BYTES / 8.0);
        }
        assertTrue(OffHeapProfiler.peak() > BYTES, "a virtual machine has more than that");
    }
}
