package io.github.dl4jsparse.examples.spark;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Locale;
import lombok.With;

/**
 * Everything that decides what the stack learns, apart from data, seed and cluster.
 *
 * @param units              of the lower stage, in pairs
 * @param upperUnits         of the upper stage, on the norms of the pairs
 * @param iterations         unrolled steps of both encoders
 * @param penalty            weight of both penalties beside 1/2 |x - D z|^2
 * @param unsupervisedWeight of the auto-encoders' losses beside the classification loss, with labels
 * @param pretrainRate       Adam's learning rate without labels
 * @param learningRate       Adam's learning rate with labels
 * @param batch              images an update of one worker
 * @param pretrainEpochs     without labels, for each stage
 * @param epochs             with labels
 * @param workers            that train at a time
 * @param averaging          batches of a worker after which all take the mean of their parameters
 */
@With
record SparkStackSettings(
        int units,
        int upperUnits,
        int iterations,
        double penalty,
        double unsupervisedWeight,
        double pretrainRate,
        double learningRate,
        int batch,
        int pretrainEpochs,
        int epochs,
        int workers,
        int averaging) {
    /** @throws IllegalArgumentException if a number is out of its range */
    SparkStackSettings {
        Args.atLeast("units", units, 2);
        Args.atLeast("upperUnits", upperUnits, 1);
        Args.atLeast("iterations", iterations, 1);
        Args.nonNegative("penalty", penalty);
        Args.positive("unsupervisedWeight", unsupervisedWeight);
        Args.positive("--pretrain-rate", pretrainRate);
        Args.positive("--learning-rate", learningRate);
        Args.atLeast("--batch", batch, 1);
        Args.atLeast("--pretrain-epochs", pretrainEpochs, 1);
        Args.atLeast("--epochs", epochs, 1);
        Args.atLeast("--workers", workers, 1);
        Args.atLeast("--averaging", averaging, 1);
    }

    /** What suits the small digits and two workers. */
    static SparkStackSettings standard() {
        return new SparkStackSettings(64, 48, 3, .02, .1, 2e-3, 2e-3, 10, 20, 20, 2, 5);
    }

    /** A few epochs, to see that it runs. */
    SparkStackSettings quick() {
        return withPretrainEpochs(3).withEpochs(4);
    }

    /** A line for people. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "%d + %d units, %d workers averaging every %d batches of %d, %d epochs a stage + %d with labels",
                units,
                upperUnits,
                workers,
                averaging,
                batch,
                pretrainEpochs,
                epochs);
    }
}
