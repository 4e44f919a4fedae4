package io.github.dl4jsparse.internal.parallel;

import io.github.dl4jsparse.parallel.SparseThreads;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The number of threads that compute for the library at the moment: at most {@link SparseThreads#get}, or more if more
 * threads call it.
 */
final class WorkingThreads {
    private static final AtomicInteger WORKING = new AtomicInteger();

    private WorkingThreads() {}

    /** Counts the calling thread, even beyond the limit. */
    static void begin() {
        WORKING.incrementAndGet();
    }

    /** Counts one more thread, unless the limit is reached. */
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

    /** Counts one thread less. */
    static void end() {
        WORKING.decrementAndGet();
    }
}
