package io.github.dl4jsparse.examples.spark;

import io.github.dl4jsparse.examples.data.DigitSettings;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.run.SeedOptions;
import java.io.IOException;
import java.util.Objects;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code spark-stack}. */
final class SparkStackOptions extends DigitSettings {
    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Where Spark runs: local[N] for N threads here, spark://HOST:PORT or another cluster "
                    + "(default: what spark-submit was given, otherwise local[2]).")
    private String master;

    @Option(names = "--workers", paramLabel = "N", description = "Workers that train at a time (default: 2).")
    private Integer workers;

    @Option(
            names = "--averaging",
            paramLabel = "N",
            description = "Batches of a worker after which all take the mean of their parameters.")
    private Integer averaging;

    @Option(names = "--kryo", description = "Send arrays by Kryo in place of Java's serialisation.")
    private boolean kryo;

    @Option(names = "--control", description = "Also train the same stack on one thread, without Spark.")
    private boolean control;

    @Mixin
    private SeedOptions seeds;

    @Option(names = "--pretrain-epochs", paramLabel = "N", description = "Epochs without labels, for each stage.")
    private Integer pretrainEpochs;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs with labels.")
    private Integer epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Images an update.")
    private Integer batch;

    @Option(names = "--pretrain-rate", paramLabel = "X", description = "Adam's learning rate without labels.")
    private Double pretrainRate;

    @Option(names = "--learning-rate", paramLabel = "X", description = "Adam's learning rate with labels.")
    private Double learningRate;

    /** Null for what spark-submit was given. */
    String master() {
        return master;
    }

    boolean kryo() {
        return kryo;
    }

    boolean control() {
        return control;
    }

    @Override
    public int seeds() {
        return seeds.count();
    }

    /** Loads the data; each seed has its own split. */
    Digits digits(long runSeed) throws IOException {
        return digits(runSeed, runSeed);
    }

    /** The usual values, with those that were given. */
    SparkStackSettings settings() {
        SparkStackSettings s = SparkStackSettings.standard();
        s = quick() ? s.quick() : s;
        return s.withWorkers(Objects.requireNonNullElse(workers, s.workers()))
                .withAveraging(Objects.requireNonNullElse(averaging, s.averaging()))
                .withPretrainEpochs(Objects.requireNonNullElse(pretrainEpochs, s.pretrainEpochs()))
                .withEpochs(Objects.requireNonNullElse(epochs, s.epochs()))
                .withBatch(Objects.requireNonNullElse(batch, s.batch()))
                .withPretrainRate(Objects.requireNonNullElse(pretrainRate, s.pretrainRate()))
                .withLearningRate(Objects.requireNonNullElse(learningRate, s.learningRate()));
    }
}
