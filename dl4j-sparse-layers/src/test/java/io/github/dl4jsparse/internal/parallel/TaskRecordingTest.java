package io.github.dl4jsparse.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.parallel.SparseThreads;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class TaskRecordingTest {
    /** 10 outside; four parts of 20; two of 30 and 60. */
    private static final TaskRecording RECORDING =
            new TaskRecording(180, List.of(new long[] {20, 20, 20, 20}, new long[] {30, 60}));

    @Test
    void countsWhatIsOutsideOfTheParts() {
        assertEquals(10.0 / 180, RECORDING.serialShare(), 1e-12);
    }

    @Test
    void givesPartsToTheThreadThatIsFreeFirst() {
        assertEquals(1, RECORDING.speedUp(1), 1e-12);
        assertEquals(180.0 / (10 + 40 + 60), RECORDING.speedUp(2), 1e-12);
        assertEquals(180.0 / (10 + 40 + 60), RECORDING.speedUp(3), 1e-12);
        assertEquals(180.0 / (10 + 20 + 60), RECORDING.speedUp(4), 1e-12);
        assertEquals(180.0 / (10 + 20 + 60), RECORDING.speedUp(64), 1e-12, "no more threads than parts");
    }

    @Test
    void takesTheShortestTimeOfEveryPart() {
        TaskRecording other = new TaskRecording(260, List.of(new long[] {15, 20, 30, 20}, new long[] {40, 130}));
        TaskRecording shortest = TaskRecording.shortest(List.of(RECORDING, other));
        assertArrayEquals(new long[] {15, 20, 20, 20}, shortest.calls().get(0));
        assertArrayEquals(new long[] {30, 60}, shortest.calls().get(1));
        assertEquals(5 + 75 + 90, shortest.nanos(), "5 of 260 were outside of the parts");
        assertArrayEquals(new long[] {20, 20, 20, 20}, RECORDING.calls().get(0), "not modified");
    }

    @Test
    void refusesRecordingsOfDifferentComputations() {
        TaskRecording other = new TaskRecording(10, List.of(new long[] {5}));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> TaskRecording.shortest(List.of(RECORDING, other)))
                .getMessage();
        assertTrue(message.contains("[4, 2]") && message.contains("[1]"), message);
        assertThrows(IllegalArgumentException.class, () -> TaskRecording.shortest(List.of()));
    }

    @Test
    void recordsEveryCallOnOneThread() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        TaskRecording recording = TaskRecording.of(() -> {
            Tasks.forEach(8, i -> threads.add(Thread.currentThread()));
            Tasks.forEach(3, i -> Tasks.forEach(5, k -> threads.add(Thread.currentThread())));
        });
        assertEquals(
                List.of(8, 3),
                recording.calls().stream().map(parts -> parts.length).toList());
        assertEquals(Set.of(Thread.currentThread()), threads);
        assertTrue(recording.serialShare() > 0 && recording.serialShare() < 1, recording::toString);
    }

    @Test
    void aFailedComputationLeavesNothingBehind() {
        int threads = SparseThreads.get();
        assertThrows(
                ArithmeticException.class,
                () -> TaskRecording.of(() -> {
                    throw new ArithmeticException("expected");
                }));
        assertEquals(threads, SparseThreads.get());
        TaskRecording next = TaskRecording.of(() -> Tasks.forEach(2, i -> {}));
        Tasks.forEach(2, i -> {});
        assertEquals(1, next.calls().size());
    }
}
