package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.examples.run.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures the time of a joint step against batch, units and steps, each varied separately, for each number of threads,
 * and predicts the speed-up on more processors.
 */
final class Growth {
    private static final String FILTER = "ListaBenchmark.jointStep$";
    private static final List<Integer> PREDICTED = List.of(2, 4, 16, 64);

    /** The quantity that is varied; a size is written as batch, inputs, units and steps. */
    enum Axis {
        /** Examples. */
        BATCH("examples of a batch", 0, List.of(16, 32, 64, 128, 256, 512)),
        /** Units. */
        UNITS("units", 2, List.of(100, 200, 400, 800, 1600)),
        /** Steps of the recurrence. */
        STEPS("steps", 3, List.of(2, 6, 11, 16, 21));

        private static final List<Integer> ORDINARY = List.of(128, 784, 400, 11);

        private final String label;
        private final int place;
        private final List<Integer> values;

        Axis(String label, int place, List<Integer> values) {
            this.label = label;
            this.place = place;
            this.values = values;
        }

        /** The name of the axis. */
        String label() {
            return label;
        }

        /** The sizes to measure, which differ in the varied quantity only. */
        List<String> sizes() {
            return values.stream().map(this::size).toList();
        }

        private String size(int value) {
            List<Integer> size = new ArrayList<>(ORDINARY);
            size.set(place, value);
            return String.join("x", size.stream().map(String::valueOf).toList());
        }

        /** The times with one number of threads, by the varied quantity. */
        Map<Integer, Double> curve(List<Timing> timings, int threads) {
            Map<Integer, Double> curve = new TreeMap<>();
            for (int value : values) {
                String size = size(value);
                timings.stream()
                        .filter(timing ->
                                timing.threads() == threads && timing.size().equals(size))
                        .forEach(timing -> curve.put(value, timing.millis()));
            }
            return curve;
        }
    }

    private final List<Integer> threads;
    private final BenchmarkRunner runner;

    /**
     * @param threads numbers of threads
     * @param quick   whether a third of the time is enough
     */
    Growth(List<Integer> threads, boolean quick) {
        this.threads = List.copyOf(threads);
        this.runner = new BenchmarkRunner(threads, quick);
    }

    /** Measures, prints, draws and writes. */
    void run(PrintWriter out, String machine, RunDirectory directory) throws RunnerException, IOException {
        List<Prediction> predictions = Prediction.measured();
        List<String> sizes = Stream.of(Axis.values())
                .flatMap(axis -> axis.sizes().stream())
                .distinct()
                .toList();
        List<Timing> timings = runner.run(out, FILTER, sizes);
        out.print(new BenchmarkTable(threads, timings).text());
        out.println();
        out.print(TextTable.plain(rows(predictions, timings)));
        directory.write("growth.png", GrowthChart.draw(threads, timings, predictions));
        directory.write(
                "growth.json",
                new ResultJson("benchmark --growth", machine)
                        .with("timings", timings)
                        .with("predictions", predictions));
        out.println("growth.png and growth.json are in " + directory.path());
    }

    /** Predictions beside what was measured. */
    private List<List<String>> rows(List<Prediction> predictions, List<Timing> timings) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("predicted from one thread", "not parallel"));
        PREDICTED.forEach(n -> head.add("on " + n));
        threads.stream().filter(n -> n > 1).forEach(n -> head.add("measured on " + n));
        rows.add(head);
        for (Prediction prediction : predictions) {
            List<String> row = new ArrayList<>(
                    List.of(prediction.step(), String.format(Locale.ROOT, "%.1f%%", 100 * prediction.serialShare())));
            PREDICTED.forEach(n -> row.add(times(prediction.speedUp(n))));
            threads.stream().filter(n -> n > 1).forEach(n -> row.add(measured(prediction, timings, n)));
            rows.add(row);
        }
        return rows;
    }

    private static String measured(Prediction prediction, List<Timing> timings, int threads) {
        Optional<Double> one = millis(prediction, timings, 1);
        return millis(prediction, timings, threads)
                .flatMap(many -> one.map(single -> times(single / many)))
                .orElse("");
    }

    private static Optional<Double> millis(Prediction prediction, List<Timing> timings, int threads) {
        return timings.stream()
                .filter(timing -> timing.threads() == threads && timing.label().equals(prediction.step()))
                .map(Timing::millis)
                .findFirst();
    }

    private static String times(double factor) {
        return String.format(Locale.ROOT, "%.2fx", factor);
    }
}
