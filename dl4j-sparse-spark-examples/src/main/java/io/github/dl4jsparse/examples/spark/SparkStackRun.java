package io.github.dl4jsparse.examples.spark;

import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What one run of {@code spark-stack} brought, and how it is written down.
 *
 * @param data        name of the data
 * @param master      where Spark ran
 * @param trained     on Spark
 * @param before      energy of both stages at the start
 * @param onSpark     measured
 * @param onOneThread measured; null without a control
 */
record SparkStackRun(
        SparkStackSettings settings,
        long seed,
        String data,
        String master,
        MultiLayerNetwork trained,
        double before,
        StackMeasurement onSpark,
        StackMeasurement onOneThread) {

    private static final String EXAMPLE = "spark-stack";

    /** Energy on Spark as a part of that on one thread; NaN without a control. */
    double energyRatio() {
        return onOneThread == null ? Double.NaN : onSpark.energy() / onOneThread.energy();
    }

    /** Loss with labels on Spark as a part of that on one thread; NaN without a control. */
    double lossRatio() {
        return onOneThread == null ? Double.NaN : onSpark.loss() / onOneThread.loss();
    }

    private double seconds() {
        return seconds(onSpark) + (onOneThread == null ? 0 : seconds(onOneThread));
    }

    private static double seconds(StackMeasurement measured) {
        return measured.pretrainSeconds() + measured.trainingSeconds();
    }

    /** Writes the network and the numbers. */
    void write(RunDirectory directory) throws IOException {
        directory.write("network.zip", trained);
        directory.write("result.json", json(seconds()));
    }

    private ResultJson json(double seconds) {
        return new ResultJson(EXAMPLE, data, seed, settings, seconds)
                .with("master", master)
                .with("energyBefore", before)
                .with("energySpark", onSpark.energy())
                .with("energyOneThread", onOneThread == null ? null : onOneThread.energy())
                .with("energyRatio", energyRatio())
                .with("lossRatio", lossRatio())
                .with("testError", onSpark.testError())
                .with("spark", onSpark)
                .with("oneThread", onOneThread);
    }

    /** A line for people. */
    String summary() {
        String fall = String.format(
                Locale.ROOT, "Energy of both stages: %.4f at the start, %.4f on Spark", before, onSpark.energy());
        return onOneThread == null
                ? fall
                : String.format(
                        Locale.ROOT,
                        "%s, %.4f on one thread, ratio %.4f; loss with labels, ratio %.4f",
                        fall,
                        onOneThread.energy(),
                        energyRatio(),
                        lossRatio());
    }

    /** Writes the numbers of several runs, those of the first by name; returns a line for people. */
    static String writeAll(List<SparkStackRun> runs, RunDirectory directory) throws IOException {
        List<Double> ratios = runs.stream().map(SparkStackRun::energyRatio).toList();
        List<Double> lossRatios = runs.stream().map(SparkStackRun::lossRatio).toList();
        SparkStackRun first = runs.get(0);
        directory.write(
                "result.json",
                first.json(runs.stream().mapToDouble(SparkStackRun::seconds).sum())
                        .with("seeds", runs.stream().map(SparkStackRun::seed).toList())
                        .with(
                                "testErrors",
                                runs.stream()
                                        .map(run -> run.onSpark.testError())
                                        .toList())
                        .with("energyRatios", ratios)
                        .with("lossRatios", lossRatios));
        return "Over " + runs.size() + " seeds: ratio of energies " + text(ratios) + "; of losses with labels "
                + text(lossRatios);
    }

    private static String text(List<Double> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%.4f", value))
                .collect(Collectors.joining(", "));
    }
}
