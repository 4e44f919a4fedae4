package io.github.dl4jsparse.internal.parallel;

import io.github.dl4jsparse.internal.backend.SerialNative;
import io.github.dl4jsparse.parallel.SparseThreads;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Runs independent parts of work in parallel, on as many threads as {@link SparseThreads} allows.
 * <p>The caller chooses the parts, by the sizes of its data alone, so that no result depends on the number of threads.
 * Parts run in any order, each in one thread and with single-threaded native operations. A nested call within a part
 * runs its parts one after the other.
 */
public final class Tasks {
    private static final ThreadLocal<Boolean> WITHIN = ThreadLocal.withInitial(() -> false);

    private Tasks() {}

    /**
     * Runs all parts and returns when the last one has ended.
     *
     * @param count of parts
     * @param part  receives its index, from 0 on
     * @throws RuntimeException that of the first part that failed; parts not yet begun are not run
     */
    public static void forEach(int count, IntConsumer part) {
        if (WITHIN.get()) {
            for (int i = 0; i < count; i++) {
                part.accept(i);
            }
            return;
        }
        WorkingThreads.begin();
        WITHIN.set(true);
        try {
            IntConsumer noting = TaskRecording.noting(count, part);
            SerialNative.run(() -> share(count, noting));
        } finally {
            WITHIN.set(false);
            WorkingThreads.end();
        }
    }

    /** Whether the calling thread runs a part, so that nested parts would not run in parallel. */
    public static boolean isWithin() {
        return WITHIN.get();
    }

    private static void share(int count, IntConsumer part) {
        Parts parts = new Parts(count, part);
        Helper[] helpers = new Helper[Math.max(0, Math.min(count, SparseThreads.get()) - 1)];
        for (int h = 0; h < helpers.length && WorkingThreads.mayBegin(); h++) {
            parts.expect();
            helpers[h] = Helper.of(parts);
        }
        parts.work();
        for (Helper helper : helpers) {
            if (helper != null && helper.takeBack(parts)) {
                WorkingThreads.end();
                parts.left();
            }
        }
        parts.await();
    }

    /** The parts of one call, and the number of helpers that work on them. */
    private static final class Parts implements Runnable {
        /** How long a caller spins while it waits for its helpers, in nanoseconds. */
        private static final long AWAKE = 50_000;

        private final int count;
        private final IntConsumer part;
        private final Thread caller = Thread.currentThread();
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger helpers = new AtomicInteger();
        private volatile Throwable failure;

        Parts(int count, IntConsumer part) {
            this.count = count;
            this.part = part;
        }

        void expect() {
            helpers.incrementAndGet();
        }

        void left() {
            if (helpers.decrementAndGet() == 0) {
                LockSupport.unpark(caller);
            }
        }

        /** Run by a helper, which is free again before its caller continues. */
        @Override
        public void run() {
            WITHIN.set(true);
            work();
            WITHIN.set(false);
            WorkingThreads.end();
            Helper.free();
            left();
        }

        void work() {
            try {
                for (int i = next.getAndIncrement(); i < count && failure == null; i = next.getAndIncrement()) {
                    part.accept(i);
                }
            } catch (Throwable e) { // errors are rethrown in the caller, too
                failure = e;
            }
        }

        void await() {
            long since = System.nanoTime();
            boolean interrupted = false;
            while (helpers.get() > 0) {
                if (System.nanoTime() - since < AWAKE) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                    interrupted |= Thread.interrupted();
                }
            }
            if (interrupted) {
                caller.interrupt();
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw (RuntimeException) failure;
            }
        }
    }
}
