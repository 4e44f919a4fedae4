package io.github.dl4jsparse.examples.onnx;

import java.util.Arrays;
import java.util.concurrent.Callable;

/** The median time of many calls, once Java's loops are compiled. */
final class MedianTime {
    private static final int FEWEST = 11;

    private MedianTime() {}

    /**
     * Milliseconds of a call.
     *
     * @param seconds of measuring, after as many of warming up
     */
    static double millis(double seconds, Callable<?> call) throws Exception {
        run(seconds, call);
        double[] times = run(seconds, call);
        Arrays.sort(times);
        return times[times.length / 2] / 1e6;
    }

    private static double[] run(double seconds, Callable<?> call) throws Exception {
        double[] times = new double[1024];
        int count = 0;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (count < FEWEST || System.nanoTime() < end) {
            long start = System.nanoTime();
            call.call();
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count++] = System.nanoTime() - start;
        }
        return Arrays.copyOf(times, count);
    }
}
