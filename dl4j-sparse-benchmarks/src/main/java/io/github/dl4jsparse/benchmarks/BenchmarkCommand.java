package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.examples.cli.SparseCommand;
import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.internal.backend.BlasKernels;
import io.github.dl4jsparse.internal.check.Args;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs the benchmarks and prints for each number of threads which share of the time of each step its bare matrix
 * products would take.
 */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Measures the layers against the matrix products that they need, in one run.")
public final class BenchmarkCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "a third of the time, for a first look")
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

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "SIZE",
            description = "sizes in place of the built-in ones, such as 64x784x400x11 with --filter jointStep")
    private List<String> sizes = List.of();

    @Option(
            names = "--growth",
            description = "measures a joint step against batch, units, steps and threads in place of the other"
                    + " benchmarks, and predicts its speed-up on more processors")
    private boolean growth;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where benchmark.json goes, or with --growth growth.json and growth.png"
                    + " (default: benchmarks-out with --growth, otherwise none)")
    private Path out;

    @Option(names = "--verbose", description = "with an error, print where in the program it happened")
    private boolean verbose;

    /** Runs the program and ends the virtual machine with its exit code. */
    public static void main(String[] args) {
        SparseCommand.main(BenchmarkCommand::commandLine, args);
    }

    /** The program, for running it within another. */
    static CommandLine commandLine() {
        return SparseCommand.commandLine(new BenchmarkCommand());
    }

    @Override
    public Integer call() throws Exception {
        if (threads.stream().anyMatch(n -> n < 1) || Set.copyOf(threads).size() < threads.size()) {
            throw Args.failure("--threads", "different numbers of at least 1, such as 1,2", threads);
        }
        if (growth && !(filter.pattern().isEmpty() && sizes.isEmpty())) {
            throw Args.failure("--growth", "without --filter and --sizes", filter + " " + sizes);
        }
        BenchmarkRunner.requireBenchmarks(filter.pattern(), sizes);
        RunDirectory directory =
                out != null ? RunDirectory.open(out) : growth ? RunDirectory.open(Path.of("benchmarks-out")) : null;
        PrintWriter text = spec.commandLine().getOut();
        String machine = machine();
        text.println(machine);
        text.flush();
        BenchmarkRunner runner = new BenchmarkRunner(threads, quick);
        if (growth) {
            new Growth(threads, quick).run(text, machine, directory);
        } else {
            List<Timing> timings = runner.run(text, filter.pattern(), sizes);
            text.print(new BenchmarkTable(threads, timings).text());
            if (directory != null) {
                directory.write("benchmark.json", new ResultJson("benchmark", machine).with("timings", timings));
            }
        }
        text.flush();
        return 0;
    }

    private static String machine() {
        return "machine: " + Runtime.getRuntime().availableProcessors() + " cores, OMP_NUM_THREADS="
                + System.getenv().getOrDefault("OMP_NUM_THREADS", "unset") + ", "
                + Nd4j.factory().blas().getBlasVendor() + " with "
                + BlasKernels.inUse().orElse("unknown") + " kernels";
    }
}
