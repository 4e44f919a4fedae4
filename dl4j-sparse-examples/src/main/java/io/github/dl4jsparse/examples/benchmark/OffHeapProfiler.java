package io.github.dl4jsparse.examples.benchmark;

import java.util.Collection;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Measures the memory that ND4J holds outside of Java's heap once garbage is collected: parameters, buffers, workspaces. */
public final class OffHeapProfiler implements InternalProfiler {
    /** The name of the result. */
    static final String HELD = "offheap.held";

    private static final int COLLECTIONS = 3;
    private static final long MILLIS_FOR_RELEASE = 30;

    @Override
    public String getDescription() {
        return "bytes that ND4J holds outside of the heap";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        // measured afterwards
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long held = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            try {
                Thread.sleep(MILLIS_FOR_RELEASE); // ND4J's threads give back what the collector has found
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            held = Math.min(held, Nd4j.getMemoryManager().allocatedMemory(0));
        }
        return List.of(new ScalarResult(HELD, held, "bytes", AggregationPolicy.MAX));
    }
}
