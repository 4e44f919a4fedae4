package io.github.dl4jsparse.internal.parallel;

import io.github.dl4jsparse.parallel.SparseThreads;
import java.util.concurrent.atomic.AtomicInteger;

/** How many threads compute for the library at the moment: at most {@link SparseThreads#get}, and those that call it. */
final class WorkingThreads {
    private static final AtomicInteger WORKING = new AtomicInteger();

    private WorkingThreads() {}

    /** The calling thread begins to work, whether or not as many as allowed are at work. */
    static void begin() {
        WORKING.incrementAndGet();
    }

    /** One more thread begins to work, unless as many as allowed are at work. */
    static boolean mayBegin() {
        int working = WORKING.get();
        while (working < SparseThreads.get()) {
            if (WORKING.compareAndSet(working, working + 1)) {
                return true;
            }
            working = WORKING.get();
        }
        return false;
    }

    /** A thread no longer works. */
    static void end() {
        WORKING.decrementAndGet();
    }
}
