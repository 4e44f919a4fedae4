package io.github.dl4jsparse.benchmarks;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Structure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Measures the memory of a process outside of Java's heap once garbage is collected, from the statistics of glibc's
 * allocator (parameters, buffers, workspaces, and some 30 MB of the virtual machine's own), and the largest memory that
 * the process has had. Only on Linux; NaN elsewhere.
 */
public final class OffHeapProfiler implements InternalProfiler {
    /** The name of the result for allocated bytes. */
    static final String HELD = "offheap.held";
    /** The name of the result for the largest resident memory. */
    static final String PEAK = "resident.peak";

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int COLLECTIONS = 3;
    private static final long MILLIS_FOR_RELEASE = 30;

    @Override
    public String getDescription() {
        return "bytes outside of the heap, and the peak of all memory";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        // measured afterwards
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double peak = peak();
        double held = Double.POSITIVE_INFINITY;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            try {
                Thread.sleep(MILLIS_FOR_RELEASE); // ND4J's threads free arrays some time after garbage collection
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            held = Math.min(held, allocated());
        }
        return List.of(
                new ScalarResult(HELD, held, "bytes", AggregationPolicy.MAX),
                new ScalarResult(PEAK, peak, "bytes", AggregationPolicy.MAX));
    }

    /** Bytes allocated by malloc and not freed. */
    static double allocated() {
        try {
            Function function = NativeLibrary.getProcess().getFunction("mallinfo2");
            return ((Usage) function.invoke(Usage.class, new Object[0])).bytes();
        } catch (LinkageError e) { // not glibc, or one from before 2.33
            return Double.NaN;
        }
    }

    /** The largest resident memory so far, bytes. */
    static double peak() {
        try {
            return Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    /** glibc's {@code struct mallinfo2}. */
    public static final class Usage extends Structure implements Structure.ByValue {
        private static final int MAPPED = 4;
        private static final int IN_USE = 7;

        /** arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks, fordblks, keepcost. */
        public long[] numbers = new long[10];

        @Override
        protected List<String> getFieldOrder() {
            return List.of("numbers");
        }

        double bytes() {
            return (double) numbers[MAPPED] + numbers[IN_USE];
        }
    }
}
