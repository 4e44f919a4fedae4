package io.github.dl4jsparse.parallel;

import io.github.dl4jsparse.backend.SerialNative;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Work in parts that do not depend on each other, shared out to the threads that {@link SparseThreads} allows.
 * <p>The parts are the caller's to choose, from the sizes of its data alone: then no result depends on the number of threads. Parts
 * run in any order, each in one thread and with single-threaded native operations. A part that calls this again does its own
 * parts one after the other.
 */
public final class Tasks {
    private static final ThreadLocal<Boolean> WITHIN = ThreadLocal.withInitial(() -> false);

    private Tasks() {}

    /**
     * Runs all parts and returns when the last one has ended.
     *
     * @param count of parts
     * @param part  is given its number, from 0 on
     * @throws RuntimeException what the first part that failed has thrown; parts not yet begun are left out
     */
    public static void forEach(int count, IntConsumer part) {
        if (WITHIN.get()) {
            for (int i = 0; i < count; i++) {
                part.accept(i);
            }
            return;
        }
        SparseThreads.begin();
        WITHIN.set(true);
        try {
            IntConsumer noting = TaskRecording.noting(count, part);
            SerialNative.run(() -> share(count, noting));
        } finally {
            WITHIN.set(false);
            SparseThreads.end();
        }
    }

    /** Whether the calling thread is doing a part, so that more parts would not run side by side. */
    public static boolean isWithin() {
        return WITHIN.get();
    }

    private static void share(int count, IntConsumer part) {
        Parts parts = new Parts(count, part);
        for (int helpers = Math.min(count, SparseThreads.get()) - 1; helpers > 0; helpers--) {
            parts.expect();
            if (!SparseThreads.help(parts::help)) {
                parts.left();
                break;
            }
        }
        parts.run();
        parts.await();
    }

    /** The parts of one call, and who is at work on them. */
    private static final class Parts {
        private final int count;
        private final IntConsumer part;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger helpers = new AtomicInteger(1);
        private final CountDownLatch done = new CountDownLatch(1);
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
                done.countDown();
            }
        }

        void help() {
            WITHIN.set(true);
            try {
                run();
            } finally {
                WITHIN.set(false);
                left();
            }
        }

        void run() {
            try {
                for (int i = next.getAndIncrement(); i < count && failure == null; i = next.getAndIncrement()) {
                    part.accept(i);
                }
            } catch (Throwable e) { // also an error is the caller's to see
                failure = e;
            }
        }

        /** A helper that has not begun finds nothing left to do. */
        void await() {
            left();
            boolean interrupted = false;
            while (true) {
                try {
                    done.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
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
