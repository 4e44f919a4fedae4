package io.github.dl4jsparse.examples.drsae;

import io.github.dl4jsparse.examples.data.DigitOptions;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.drsae.DrsaeSettings.Preset;
import io.github.dl4jsparse.examples.run.SeedOptions;
import java.io.IOException;
import java.util.Objects;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code drsae}: a preset, and single values in place of the preset's. */
final class DrsaeOptions extends DigitOptions {
    @Option(
            names = "--preset",
            paramLabel = "NAME",
            defaultValue = "quick",
            description = "${COMPLETION-CANDIDATES}: small and fast; the paper's protocol for MNIST; our own for the "
                    + "lowest error (default: ${DEFAULT-VALUE}).")
    private Preset preset;

    @Mixin
    private SeedOptions seeds;

    @Option(
            names = "--split",
            defaultValue = "3",
            paramLabel = "SEED",
            description = "Seed of the split of the embedded digits into training, validation and test images "
                    + "(default: ${DEFAULT-VALUE}).")
    private long split;

    @Option(names = "--units", paramLabel = "N", description = "Units of the code.")
    private Integer units;

    @Option(names = "--iterations", paramLabel = "N", description = "Unrolled steps T of the encoder.")
    private Integer iterations;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs of joint training.")
    private Integer epochs;

    @Option(
            names = "--pretrain-epochs",
            paramLabel = "N",
            description = "Epochs of unsupervised training before, 0 for none.")
    private Integer pretrainEpochs;

    @Option(names = "--batch", paramLabel = "N", description = "Images an update.")
    private Integer batch;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Learning rate of joint training; that of the first phase keeps the preset's ratio to it.")
    private Double learningRate;

    @Option(
            names = "--penalty",
            paramLabel = "X",
            description = "Weight lambda of the L1 penalty beside 1/2 |x - D z|^2.")
    private Double penalty;

    @Option(
            names = "--unsupervised-weight",
            paramLabel = "X",
            description = "Weight of the auto-encoder's loss beside the classification loss.")
    private Double unsupervisedWeight;

    int seeds() {
        return seeds.count();
    }

    /** Loads the data. The embedded digits are split the same way in every run, IDX training images by the run's seed. */
    Digits digits(long runSeed) throws IOException {
        return digits(split, runSeed);
    }

    /** The preset with the values that were given. */
    DrsaeSettings settings() {
        DrsaeSettings s = preset.settings();
        double ratio = s.pretrainLearningRate() / s.learningRate();
        double rate = Objects.requireNonNullElse(learningRate, s.learningRate());
        return s.withUnits(Objects.requireNonNullElse(units, s.units()))
                .withIterations(Objects.requireNonNullElse(iterations, s.iterations()))
                .withEpochs(Objects.requireNonNullElse(epochs, s.epochs()))
                .withPretrainEpochs(Objects.requireNonNullElse(pretrainEpochs, s.pretrainEpochs()))
                .withBatch(Objects.requireNonNullElse(batch, s.batch()))
                .withLearningRate(rate)
                .withPretrainLearningRate(ratio * rate)
                .withPenalty(Objects.requireNonNullElse(penalty, s.penalty()))
                .withUnsupervisedWeight(Objects.requireNonNullElse(unsupervisedWeight, s.unsupervisedWeight()));
    }
}
