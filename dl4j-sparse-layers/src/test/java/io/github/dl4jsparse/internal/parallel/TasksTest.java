package io.github.dl4jsparse.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.parallel.SparseThreads;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

class TasksTest {
    private final int before = SparseThreads.get();

    @AfterEach
    void putBack() {
        SparseThreads.set(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void everyPartRunsOnce(int threads) {
        SparseThreads.set(threads);
        AtomicIntegerArray runs = new AtomicIntegerArray(1000);
        Tasks.forEach(1000, runs::incrementAndGet);
        IntStream.range(0, 1000).forEach(i -> assertEquals(1, runs.get(i)));
        assertFalse(Tasks.isWithin());
    }

    @Test
    void partsRunSideBySide() {
        SparseThreads.set(2);
        CountDownLatch both = new CountDownLatch(2);
        Tasks.forEach(2, i -> {
            both.countDown();
            assertTrue(arrives(both));
        });
    }

    private static boolean arrives(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    void partsOfPartsStayInTheirThread() {
        SparseThreads.set(8);
        Set<String> mixed = ConcurrentHashMap.newKeySet();
        Tasks.forEach(8, i -> {
            Thread own = Thread.currentThread();
            Tasks.forEach(8, j -> {
                if (Thread.currentThread() != own) {
                    mixed.add(i + "/" + j);
                }
            });
        });
        assertEquals(Set.of(), mixed);
    }

    @Test
    void callersShareTheThreads() throws InterruptedException {
        SparseThreads.set(3);
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Thread[] callers = new Thread[3];
        CountDownLatch all = new CountDownLatch(3);
        for (int c = 0; c < callers.length; c++) {
            callers[c] = new Thread(() -> Tasks.forEach(50, i -> {
                all.countDown();
                arrives(all);
                most.accumulateAndGet(working.incrementAndGet(), Math::max);
                Thread.yield();
                working.decrementAndGet();
            }));
        }
        for (Thread caller : callers) {
            caller.start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        // helpers that the first caller took before the others came finish what they have begun
        assertTrue(most.get() <= 5, () -> most + " threads at work");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void failuresReachTheCaller(int threads) {
        SparseThreads.set(threads);
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> Tasks.forEach(100, i -> {
                    if (i == 7) {
                        throw new IllegalStateException("part 7");
                    }
                }));
        assertEquals("part 7", thrown.getMessage());
        AtomicInteger sum = new AtomicInteger();
        Tasks.forEach(10, sum::addAndGet);
        assertEquals(45, sum.get());
    }

    @Test
    void nativeCodeIsSingleThreadedWithin() {
        int masters = Nd4j.getEnvironment().maxMasterThreads();
        Tasks.forEach(4, i -> assertEquals(1, Nd4j.getEnvironment().maxMasterThreads()));
        assertEquals(masters, Nd4j.getEnvironment().maxMasterThreads());
    }
}
