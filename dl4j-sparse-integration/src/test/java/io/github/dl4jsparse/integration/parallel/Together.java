package io.github.dl4jsparse.integration.parallel;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/** Work that many threads begin at the same moment. */
final class Together {
    private static final long PATIENCE_IN_SECONDS = 120;

    private Together() {}

    /**
     * Runs a work on threads of their own, all at once, and ends with the last of them.
     *
     * @param work is given the number of its thread, from 0
     * @throws AssertionError with the first failure of any of them, or if they do not end
     */
    static void run(int threads, IntConsumer work) {
        CountDownLatch ready = new CountDownLatch(threads);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread thread = new Thread(
                    () -> {
                        ready.countDown();
                        await(ready);
                        work.accept(number);
                    },
                    "together-" + i);
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((which, problem) -> failure.compareAndSet(null, problem));
            thread.start();
            started.add(thread);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_IN_SECONDS);
        for (Thread thread : started) {
            join(thread, end);
        }
        if (failure.get() != null) {
            fail(failure.get());
        }
    }

    private static void join(Thread thread, long end) {
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (thread.isAlive()) {
            fail(thread.getName() + " did not end within " + PATIENCE_IN_SECONDS + " s");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
