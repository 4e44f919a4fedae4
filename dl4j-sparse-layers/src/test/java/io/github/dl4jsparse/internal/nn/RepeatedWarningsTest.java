package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatedWarningsTest {
    private final AtomicLong clock = new AtomicLong(-5);
    private final RepeatedWarnings warnings = new RepeatedWarnings(clock::get);

    private static <T> T elsewhere(java.util.concurrent.Callable<T> call) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return thread.submit(call).get();
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void oneThreadSpeaksForTenMinutes() throws Exception {
        assertTrue(warnings.allow("dead code"));
        assertTrue(warnings.allow("dead code"), "the next network of this thread");
        assertFalse(elsewhere(() -> warnings.allow("dead code")));
        assertTrue(elsewhere(() -> warnings.allow("dead other")));
        clock.addAndGet(TimeUnit.MINUTES.toNanos(10) - 1);
        assertFalse(elsewhere(() -> warnings.allow("dead code")));
        clock.incrementAndGet();
        assertTrue(elsewhere(() -> warnings.allow("dead code")));
        assertFalse(warnings.allow("dead code"));
    }

    @Test
    void ofManyAtOnceOneIsAllowed() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            var calls = IntStream.range(0, 8)
                    .mapToObj(i -> (java.util.concurrent.Callable<Boolean>) () -> {
                        TimeUnit.MILLISECONDS.sleep(20);
                        return warnings.allow("dead code");
                    })
                    .toList();
            long allowed = 0;
            for (var each : threads.invokeAll(calls)) {
                allowed += each.get() ? 1 : 0;
            }
            assertEquals(1, allowed);
        } finally {
            threads.shutdown();
        }
    }
}
