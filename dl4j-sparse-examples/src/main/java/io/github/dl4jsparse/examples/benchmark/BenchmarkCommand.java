package io.github.dl4jsparse.examples.benchmark;

import io.github.dl4jsparse.backend.BlasKernels;
import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.examples.backend.NativeMemory;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.results.RunResult;
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

/** Runs the benchmarks and prints each step as a fraction of the matrix products that it needs. */
@Command(
        name = "benchmark",
        description = "Measures the layers against the matrix products that they need, in one run.")
public final class BenchmarkCommand implements Callable<Integer> {
    private static final String PRODUCTS = "Products";
    private static final String ROW = "%-46s %10s %10s %10s %10s%s%n";

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

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        requireBenchmarks(names());
        out.println("machine: " + Runtime.getRuntime().availableProcessors() + " cores, OMP_NUM_THREADS="
                + System.getenv().getOrDefault("OMP_NUM_THREADS", "unset") + ", "
                + Nd4j.factory().blas().getBlasVendor() + " with "
                + BlasKernels.inUse().orElse("unknown") + " kernels and "
                + Nd4j.factory().blas().getMaxThreads() + " threads; medians in ms");
        out.flush();
        Map<String, Double> medians = new TreeMap<>();
        for (RunResult result : new Runner(options(), new BenchmarkProgress(out)).run()) {
            String name = result.getPrimaryResult().getLabel();
            medians.put(
                    result.getParams().getParam("size") + " " + name,
                    result.getPrimaryResult().getStatistics().getPercentile(50));
        }
        out.printf(Locale.ROOT, ROW, "", "step", "products", "GFLOP/s", "fraction", "");
        medians.forEach((name, step) -> print(out, name, step, medians.get(name + PRODUCTS)));
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
        return ".*\\.(Lista|Convolution|Local|Solver|Inhibition|Patch)Benchmark\\..*" + filter;
    }

    private Options options() {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(names())
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

    private static void print(PrintWriter out, String name, double step, Double products) {
        if (name.startsWith("patches")) {
            String rate = String.format(Locale.ROOT, "%,12.0f patches a second", 1000 * SolverBenchmark.PATCHES / step);
            out.printf(Locale.ROOT, ROW, name, String.format(Locale.ROOT, "%.2f", step), "", "", "", rate);
        }
        if (name.startsWith("local") || name.endsWith("builtInAutoencoder") || name.endsWith("NewArray")) {
            out.printf(Locale.ROOT, ROW, name, String.format(Locale.ROOT, "%.2f", step), "", "", "", "");
        }
        if (products == null) {
            return;
        }
        boolean solver = name.contains("-");
        boolean inhibition = name.endsWith("majorised");
        double operations = inhibition
                ? InhibitionBenchmark.gigaFlops(name.substring(0, name.indexOf(' ')))
                : solver ? solverGigaFlops(name) : gigaFlops(name);
        double rate = operations / products * 1000;
        String each = solver
                ? String.format(Locale.ROOT, "%8.1f us a patch", 1000 * step / SolverBenchmark.patches(name))
                : "";
        out.printf(
                Locale.ROOT,
                ROW,
                name,
                String.format(Locale.ROOT, "%.2f", step),
                String.format(Locale.ROOT, "%.2f", products),
                String.format(Locale.ROOT, "%.1f", rate),
                String.format(Locale.ROOT, "%.1f%%", 100 * products / step),
                each);
    }

    /** Operations of the products that a solver needs in any case, 10^9. */
    private static double solverGigaFlops(String name) {
        double atoms = SolverBenchmark.atoms(name.substring(0, name.indexOf(' ')));
        return 2e-9 * atoms * SolverBenchmark.PIXELS * (SolverBenchmark.patches(name) + atoms);
    }

    /** Operations of the products of one step of a layer, 10^9. */
    private static double gigaFlops(String name) {
        if (name.startsWith(ConvolutionBenchmark.PREFIX)) {
            return ConvolutionBenchmark.gigaFlops(name);
        }
        int[] size = ListaBenchmark.sizes(name.substring(0, name.indexOf(' ')));
        double perBatch = 2e-9 * size[0] * size[2];
        double once = perBatch * size[1];
        double recurrent = perBatch * size[2] * (size[3] - 1);
        return name.endsWith("forward") ? 2 * once + recurrent : 5 * once + 3 * recurrent;
    }
}
