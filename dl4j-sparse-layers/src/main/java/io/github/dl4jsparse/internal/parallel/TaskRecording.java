package io.github.dl4jsparse.internal.parallel;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.parallel.SparseThreads;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;

/**
 * The parallel and the serial time of a computation: the time of every part of {@link Tasks} in it, and the time
 * outside of them.
 * <p>It predicts the time on more processors than the machine has, if a part takes as long there: the parts of each
 * call are assigned in their order to the thread that is free first, and serial time does not change.
 * <p>\[ T(n) = T_{\mathrm{outside}} + \sum_{\mathrm{calls}} \max_{\mathrm{threads}} \sum_{\mathrm{parts\ of\ a\ thread}} t \]
 * <p>where n is the number of threads and t the time of a part. Contention for memory, and the time to start threads,
 * are not modelled.
 *
 * @param nanos of the whole computation
 * @param calls of {@link Tasks#forEach} in their order, each the nanoseconds of its parts. Not copied.
 */
public record TaskRecording(long nanos, List<long[]> calls) {
    private static volatile List<long[]> recorded;

    /**
     * Runs a computation on one thread of the library and records it. One recording at a time in a process; no other
     * thread may compute with the library meanwhile, as its parts would be recorded, too.
     *
     * @param work calls layers, solvers or other classes of this library
     */
    public static synchronized TaskRecording of(Runnable work) {
        int threads = SparseThreads.get();
        List<long[]> calls = new CopyOnWriteArrayList<>();
        SparseThreads.set(1);
        recorded = calls;
        long start = System.nanoTime();
        try {
            work.run();
            return new TaskRecording(System.nanoTime() - start, List.copyOf(calls));
        } finally {
            recorded = null;
            SparseThreads.set(threads);
        }
    }

    /**
     * The shortest time of every part, and of what is outside of them, over recordings of the same computation: other programs
     * that interrupt a part make it longer, never shorter.
     *
     * @throws IllegalArgumentException if there is none, or the numbers of calls or parts differ
     */
    public static TaskRecording shortest(List<TaskRecording> recordings) {
        Args.atLeast("number of recordings", recordings.size(), 1);
        List<long[]> least = recordings.get(0).calls.stream().map(long[]::clone).toList();
        long outside = Long.MAX_VALUE;
        for (TaskRecording recording : recordings) {
            if (!Arrays.equals(recording.lengths(), recordings.get(0).lengths())) {
                throw Args.failure(
                        "parts of calls",
                        "the same in all recordings, "
                                + Arrays.toString(recordings.get(0).lengths()),
                        Arrays.toString(recording.lengths()));
            }
            for (int call = 0; call < least.size(); call++) {
                long[] kept = least.get(call);
                long[] parts = recording.calls.get(call);
                Arrays.setAll(kept, i -> Math.min(kept[i], parts[i]));
            }
            outside = Math.min(outside, recording.outside());
        }
        long inside = least.stream().mapToLong(parts -> span(parts, 1)).sum();
        return new TaskRecording(outside + inside, least);
    }

    /** The parts of a call, with measurement of their times during a recording. */
    static IntConsumer noting(int count, IntConsumer part) {
        List<long[]> calls = recorded;
        if (calls == null) {
            return part;
        }
        long[] times = new long[count];
        calls.add(times);
        return i -> {
            long start = System.nanoTime();
            part.accept(i);
            times[i] = System.nanoTime() - start;
        };
    }

    /** The share of the time that is outside of all parts, from 0 to 1. */
    public double serialShare() {
        return (double) outside() / nanos;
    }

    /**
     * The predicted speed-up of the computation.
     *
     * @param threads n, at least 1
     */
    public double speedUp(int threads) {
        long predicted = outside();
        for (long[] parts : calls) {
            predicted += span(parts, threads);
        }
        return (double) nanos / predicted;
    }

    private int[] lengths() {
        return calls.stream().mapToInt(parts -> parts.length).toArray();
    }

    private long outside() {
        long inside = 0;
        for (long[] parts : calls) {
            inside += span(parts, 1);
        }
        return nanos - inside;
    }

    /** The time at which the last thread has finished its parts. */
    private static long span(long[] parts, int threads) {
        PriorityQueue<Long> free = new PriorityQueue<>();
        long end = 0;
        for (long part : parts) {
            long start = free.size() < threads ? 0 : free.remove();
            free.add(start + part);
            end = Math.max(end, start + part);
        }
        return end;
    }
}
