package io.github.dl4jsparse.examples.drsae;

import io.github.dl4jsparse.examples.data.DigitSettings;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.run.FallingRate;
import io.github.dl4jsparse.examples.run.SeedOptions;
import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.util.Locale;
import lombok.Getter;
import lombok.experimental.Accessors;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All that decides what {@code drsae} learns: a preset, and single values in place of the preset's. */
@Getter
@Accessors(fluent = true)
final class DrsaeSettings extends DigitSettings {
    @Option(
            names = "--preset",
            paramLabel = "NAME",
            defaultValue = "quick",
            description = "${COMPLETION-CANDIDATES}: small and fast; the paper's protocol for MNIST; our own for the "
                    + "lowest error (default: ${DEFAULT-VALUE}).")
    private Preset preset;

    @Mixin
    @Getter(lombok.AccessLevel.NONE)
    private SeedOptions seeds = new SeedOptions();

    @Option(
            names = "--split",
            defaultValue = "3",
            paramLabel = "SEED",
            description = "Seed of the split of the embedded digits into training, validation and test images "
                    + "(default: ${DEFAULT-VALUE}).")
    private long split;

    @Option(names = "--images", paramLabel = "N", description = "Images of each part of the data, at most.")
    private int images;

    @Option(names = "--units", paramLabel = "N", description = "Units of the code.")
    private int units;

    @Option(names = "--iterations", paramLabel = "N", description = "Unrolled steps T of the encoder.")
    private int iterations;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs of joint training.")
    private int epochs;

    @Option(
            names = "--pretrain-epochs",
            paramLabel = "N",
            description = "Epochs of unsupervised training before, 0 for none.")
    private int pretrainEpochs;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Epochs without a better validation error after which joint training ends.")
    private int patience;

    @Option(names = "--batch", paramLabel = "N", description = "Images an update.")
    private int batch;

    @Option(
            names = "--optimiser",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES}: the update rule of both phases.")
    private Optimiser optimiser;

    @Option(names = "--learning-rate", paramLabel = "X", description = "Learning rate of joint training at its start.")
    private double learningRate;

    @Option(
            names = "--final-learning-rate",
            paramLabel = "X",
            description =
                    "Learning rate of joint training at its end, as a fraction of that at its start; it falls linearly.")
    private double finalLearningRate;

    @Option(
            names = "--pretrain-rate-factor",
            paramLabel = "X",
            description = "Learning rate of unsupervised training, as a multiple of --learning-rate.")
    private double pretrainRateFactor;

    @Option(
            names = "--classifier-factor",
            paramLabel = "X",
            description = "Learning rate of the classifier, as a multiple of --learning-rate.")
    private double classifierFactor;

    @Option(
            names = "--penalty",
            paramLabel = "X",
            description = "Weight lambda of the L1 penalty beside 1/2 |x - D z|^2.")
    private double penalty;

    @Option(
            names = "--unsupervised-weight",
            paramLabel = "X",
            description = "Weight of the auto-encoder's loss beside the classification loss.")
    private double unsupervisedWeight;

    @Option(
            names = "--dropout",
            paramLabel = "X",
            description = "Share of the input that the encoder does not see in training.")
    private double dropout;

    @Option(
            names = "--data-fraction",
            paramLabel = "X",
            description = "Share of a random image in each atom of the dictionary at the start.")
    private double dataFraction;

    /** The update rule of both phases. */
    enum Optimiser {
        SGD,
        ADAM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Named sets of values, sections of the presets file. */
    enum Preset {
        /** Small digits in well under two minutes. */
        QUICK,
        /** The protocol of Rolfe and LeCun for MNIST, with the constants of their program. */
        PAPER,
        /** The same network with dropout and Adam. */
        BEST;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public int seeds() {
        return seeds.count();
    }

    @Override
    public void check() {
        complete(quick() ? new String[] {"all", preset.toString(), "short"} : new String[] {"all", preset.toString()});
        seeds();
        Args.atLeast("--images", images, 1);
        Args.atLeast("--units", units, 1);
        Args.atLeast("--iterations", iterations, 1);
        Args.nonNegative("--penalty", penalty);
        Args.nonNegative("--unsupervised-weight", unsupervisedWeight);
        Args.positive("--learning-rate", learningRate);
        Args.inRange("--final-learning-rate", finalLearningRate, 0, 1);
        Args.positive("--pretrain-rate-factor", pretrainRateFactor);
        Args.positive("--classifier-factor", classifierFactor);
        Args.atLeast("--batch", batch, 1);
        Args.atLeast("--pretrain-epochs", pretrainEpochs, 0);
        Args.atLeast("--epochs", epochs, 1);
        Args.atLeast("--patience", patience, 1);
        Args.inRange("--dropout", dropout, 0, 0.95);
        Args.nonNegative("--data-fraction", dataFraction);
    }

    /** Loads the data. The embedded digits are split the same way in every run, IDX training images by the run's seed. */
    Digits digits(long runSeed) throws IOException {
        return digits(split, runSeed).atMost(images);
    }

    /** What DL4J calls dropOut: the share of the input that is kept, or 0 for no dropout. */
    double keptInput() {
        return dropout == 0 ? 0 : 1 - dropout;
    }

    /** Bound of the norm of the encoder's rows: 1.25 / (T - 1). */
    double encoderNorm() {
        return 1.25 / Math.max(1, iterations - 1);
    }

    /** ISTA's step size at the start: 1.25 / T. */
    double stepSize() {
        return 1.25 / iterations;
    }

    /** Learning rate of unsupervised training, whose loss has weight 1. */
    double pretrainLearningRate() {
        return pretrainRateFactor * learningRate;
    }

    /** DL4J's updater of this kind. */
    IUpdater updater(double rate) {
        return optimiser == Optimiser.ADAM ? new Adam(rate) : new Sgd(rate);
    }

    /** The learning rate of joint training, lowered a little after every epoch. */
    ISchedule schedule(double factor) {
        return FallingRate.linear(factor * learningRate, finalLearningRate, epochs);
    }

    /** A line for people. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "%s: %d units, %d iterations, lambda %s, %s, batch %d, %d + %d epochs",
                preset,
                units,
                iterations,
                penalty,
                optimiser,
                batch,
                pretrainEpochs,
                epochs);
    }
}
