package io.github.dl4jsparse.integration.parallel;

import java.lang.management.ManagementFactory;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.memory.deallocation.DeallocatorService;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a process holds: objects, arrays outside of the heap, and pages of the process in all.
 *
 * @param heap     bytes of objects that are in use
 * @param arrays   how many buffers and workspaces outside of the heap ND4J has not given back
 * @param resident bytes of the process in memory, heap and libraries among them
 */
record Memory(long heap, long arrays, long resident) {
    /** More than ND4J needs to free what 2,000 iterations left, even on a busy machine. */
    private static final int COLLECTIONS = 400;

    /** Collections in a row after which nothing went: on a busy machine ND4J's thread may not run between two. */
    private static final int IN_VAIN = 5;

    private static final long PAUSE_IN_MILLIS = 200;

    /** Now, after the garbage was collected and ND4J's own threads had time to free what it held. */
    static Memory now() {
        long least = Long.MAX_VALUE;
        int inVain = 0;
        // ND4J's thread frees what the collector found, one by one: until nothing more goes
        for (int i = 0; i < COLLECTIONS && inVain < IN_VAIN; i++) {
            System.gc();
            pause();
            inVain = buffers() < least ? 0 : inVain + 1;
            least = Math.min(least, buffers());
        }
        return new Memory(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), buffers(), Pointer.physicalBytes());
    }

    /** ND4J's own table of what it has to free; on the CPU its counts of bytes stay 0. */
    private static long buffers() {
        try {
            var table = DeallocatorService.class.getDeclaredField("referenceMap");
            table.setAccessible(true);
            return ((Map<?, ?>) table.get(Nd4j.getDeallocatorService())).size();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_IN_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How much more this is. */
    Memory minus(Memory earlier) {
        return new Memory(heap - earlier.heap, arrays - earlier.arrays, resident - earlier.resident);
    }

    @Override
    public String toString() {
        return "heap " + heap / 1024 + " KiB, arrays " + arrays + ", resident " + resident / 1024 + " KiB";
    }
}
