package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.internal.backend.NativeStart;
import io.github.dl4jsparse.parallel.SparseThreads;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The base of all benchmarks: times of single calls, in a virtual machine of their own, and the number of threads of
 * the library. Bare products for comparison are divided among as many tasks as there are threads.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
public abstract class ThreadedBenchmark {
    /** Threads of the library. */
    @Param("1")
    public int threads;

    /** JMH calls it before the set-up of a class that extends this one. */
    @Setup
    public void useThreads() {
        NativeStart.prepare();
        SparseThreads.set(threads);
    }

    /** The share of a number of rows that each thread gets, rounded up. */
    final int share(long rows) {
        return Math.toIntExact((rows + threads - 1) / threads);
    }
}
