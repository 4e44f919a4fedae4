package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.examples.cli.NativeMemory;
import io.github.dl4jsparse.internal.check.Args;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks by JMH, each in a virtual machine of its own, for each number of threads. */
final class BenchmarkRunner {
    private static final String PACKAGE = ".*\\.benchmarks\\.";
    private static final String SIZE = "size";
    private static final String SGEMM = PACKAGE + SgemmBenchmark.class.getSimpleName();

    private final List<Integer> threads;
    private final boolean quick;

    /**
     * @param threads numbers of threads
     * @param quick   whether a third of the time is enough
     */
    BenchmarkRunner(List<Integer> threads, boolean quick) {
        this.threads = List.copyOf(threads);
        this.quick = quick;
    }

    /**
     * Checks the filter and the sizes; JMH itself would report an internal failure.
     *
     * @param filter of names
     * @param sizes  in place of those of the benchmarks; empty for theirs
     * @throws IllegalArgumentException if no benchmark matches the filter, or a size has another form than those of a
     *      matching benchmark
     */
    static void requireBenchmarks(String filter, List<String> sizes) {
        OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
        Set<BenchmarkListEntry> found = BenchmarkList.defaultList().find(silent, List.of(names(filter)), List.of());
        if (found.isEmpty()) {
            throw Args.failure("--filter", "a pattern that a benchmark's name ends with, such as inference", filter);
        }
        Set<String> forms = found.stream()
                .flatMap(entry -> Stream.of(entry.getParams().orElse(Map.of()).getOrDefault(SIZE, new String[0])))
                .map(BenchmarkRunner::form)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String size : sizes) {
            if (forms.size() != 1 || !forms.contains(form(size))) {
                throw Args.failure("--sizes", "written as those of all benchmarks that --filter takes, " + forms, size);
            }
        }
    }

    private static String form(String size) {
        return size.replaceAll("\\d+", "N");
    }

    private static String names(String filter) {
        return PACKAGE + ".*(?:" + filter + ")";
    }

    /**
     * Runs the benchmarks, and sgemm.
     *
     * @param out    for the time left
     * @param filter of names
     * @param sizes  in place of those of the benchmarks; empty for theirs
     */
    List<Timing> run(PrintWriter out, String filter, Collection<String> sizes) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(names(filter))
                .include(SGEMM)
                .param("threads", threads.stream().map(String::valueOf).toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .addProfiler(OffHeapProfiler.class)
                .jvmArgsAppend("-D" + NativeMemory.LIMIT + "=" + NativeMemory.NONE)
                .verbosity(VerboseMode.SILENT);
        if (!sizes.isEmpty()) {
            options.param(SIZE, sizes.toArray(String[]::new));
        }
        if (quick) {
            // warm-up of some two hundred calls of a step, until Java's loops are compiled
            options.warmupIterations(4)
                    .measurementIterations(3)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementTime(TimeValue.seconds(1));
        }
        return new Runner(options.build(), new BenchmarkProgress(out))
                .run().stream().map(Timing::of).toList();
    }
}
