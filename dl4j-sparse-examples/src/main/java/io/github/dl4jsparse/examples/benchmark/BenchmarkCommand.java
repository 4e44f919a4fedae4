package io.github.dl4jsparse.examples.benchmark;

import io.github.dl4jsparse.backend.BlasKernels;
import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.examples.backend.NativeMemory;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the benchmarks and prints each step as a share of the matrix products that it needs, for each number of threads. */
@Command(
        name = "benchmark",
        description = "Measures the layers against the matrix products that they need, in one run.")
public final class BenchmarkCommand implements Callable<Integer> {
    private static final String PACKAGE = ".*\\.benchmark\\.";

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "a tenth of the time, for a first look")
    private boolean quick;

    @Option(
            names = "--filter",
            defaultValue = "",
            paramLabel = "REGEX",
            description = "only the benchmarks whose name matches, with their products")
    private Pattern filter;

    @Option(
            names = "--threads",
            split = ",",
            paramLabel = "N",
            description = "numbers of threads to measure with, such as 1,2 (default: all processors)")
    private List<Integer> threads = List.of(Runtime.getRuntime().availableProcessors());

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (threads.stream().anyMatch(n -> n < 1) || Set.copyOf(threads).size() < threads.size()) {
            throw Args.failure("--threads", "different numbers of at least 1, such as 1,2", threads);
        }
        requireBenchmarks(names());
        out.println("machine: " + Runtime.getRuntime().availableProcessors() + " cores, OMP_NUM_THREADS="
                + System.getenv().getOrDefault("OMP_NUM_THREADS", "unset") + ", "
                + Nd4j.factory().blas().getBlasVendor() + " with "
                + BlasKernels.inUse().orElse("unknown") + " kernels");
        out.flush();
        List<Timing> timings = new Runner(options(), new BenchmarkProgress(out))
                .run().stream().map(Timing::of).toList();
        out.print(new BenchmarkTable(threads, timings).text());
        out.flush();
        return 0;
    }

    /** The runner itself would report it as a failure of its own. */
    private void requireBenchmarks(String names) {
        OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
        if (BenchmarkList.defaultList().find(silent, List.of(names), List.of()).isEmpty()) {
            throw Args.failure("--filter", "a pattern that a benchmark's name ends with, such as inference", filter);
        }
    }

    private String names() {
        return PACKAGE + ".*(?:" + filter + ")";
    }

    private Options options() {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(names())
                .include(PACKAGE + SgemmBenchmark.class.getSimpleName())
                .param("threads", threads.stream().map(String::valueOf).toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .addProfiler(OffHeapProfiler.class)
                .jvmArgsAppend("-D" + NativeMemory.LIMIT + "=" + NativeMemory.NONE)
                .verbosity(VerboseMode.SILENT);
        if (quick) {
            options.warmupIterations(1)
                    .measurementIterations(2)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementTime(TimeValue.seconds(1));
        }
        return options.build();
    }
}
