package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.examples.run.StepProgress;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBar;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * Shows JMH's progress and its estimate of the remaining time: as a bar on a terminal, otherwise in about ten plain
 * lines. Benchmarks run in virtual machines of their own, so that drawing does not disturb them.
 */
final class BenchmarkProgress implements OutputFormat {
    private static final Pattern PROGRESS = Pattern.compile("# Run progress: ([0-9.]+)% complete, ETA (\\S+)");
    private static final String PHASE = "measuring";
    private static final int TENTH = 10;

    private final PrintWriter out;
    private final ProgressBar bar;
    private double nextLine;

    /** @param out for the plain lines */
    BenchmarkProgress(PrintWriter out) {
        this.out = out;
        this.bar = StepProgress.bar(PHASE, 100);
    }

    @Override
    public void println(String line) {
        Matcher progress = PROGRESS.matcher(line);
        if (!progress.find()) {
            return;
        }
        double percent = Double.parseDouble(progress.group(1));
        if (bar != null) {
            bar.stepTo((long) percent);
        } else if (percent >= nextLine) {
            nextLine = percent + TENTH;
            out.println(PHASE + ", " + (int) percent + " % done: " + progress.group(2) + " left");
            out.flush();
        }
    }

    @Override
    public void endRun(Collection<RunResult> results) {
        close();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    // other output of JMH is dropped: results are printed as a table at the end

    @Override
    public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {}

    @Override
    public void iterationResult(
            BenchmarkParams benchmark, IterationParams params, int iteration, IterationResult result) {}

    @Override
    public void startBenchmark(BenchmarkParams benchmark) {}

    @Override
    public void endBenchmark(BenchmarkResult result) {}

    @Override
    public void startRun() {}

    @Override
    public void print(String text) {}

    @Override
    public void verbosePrintln(String line) {}

    @Override
    public void write(int b) {}

    @Override
    public void write(byte[] b) {}

    @Override
    public void flush() {}
}
