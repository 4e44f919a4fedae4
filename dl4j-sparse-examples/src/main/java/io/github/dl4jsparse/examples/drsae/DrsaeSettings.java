package io.github.dl4jsparse.examples.drsae;

import io.github.dl4jsparse.examples.run.FallingRate;
import io.github.dl4jsparse.internal.check.Args;
import java.util.Locale;
import lombok.With;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Everything that decides what the discriminative recurrent sparse auto-encoder learns, apart from data and seed.
 *
 * @param preset               name of the set of values this started from
 * @param units                of the code
 * @param iterations           T, the unrolled steps
 * @param penalty              lambda, weight of the L1 norm beside 1/2 |x - D z|^2
 * @param unsupervisedWeight   of the auto-encoder's loss beside the classification loss
 * @param optimiser            sgd or adam
 * @param learningRate         of the joint phase at its start
 * @param finalLearningRate    of the joint phase at its end, as a fraction of that at its start; falls linearly
 * @param pretrainLearningRate of the first phase, whose loss has weight 1
 * @param classifierFactor     of the learning rate of the classifier C
 * @param batch                images an update
 * @param pretrainEpochs       of the first phase
 * @param epochs               of the joint phase
 * @param patience             epochs without a better validation error after which the joint phase ends
 * @param dropout              share of the input that the encoder does not see in training
 * @param dataFraction         of a random image in each atom of the dictionary at the start
 */
@With
record DrsaeSettings(
        String preset,
        int units,
        int iterations,
        double penalty,
        double unsupervisedWeight,
        Optimiser optimiser,
        double learningRate,
        double finalLearningRate,
        double pretrainLearningRate,
        double classifierFactor,
        int batch,
        int pretrainEpochs,
        int epochs,
        int patience,
        double dropout,
        double dataFraction) {

    /** The update rule of both phases. */
    enum Optimiser {
        SGD,
        ADAM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Named sets of values. */
    enum Preset {
        /** Small digits in well under two minutes. */
        QUICK(new DrsaeSettings("quick", 100, 6, .01, 5, Optimiser.SGD, .05, .01, .5, 1, 20, 20, 120, 120, 0, .05)),
        /** The protocol of Rolfe and LeCun for MNIST, with the constants of their program. */
        PAPER(new DrsaeSettings("paper", 400, 11, .018, 5, Optimiser.SGD, .05, .01, .5, .2, 10, 4, 36, 36, 0, .25)),
        /** The same network with dropout and Adam. */
        BEST(new DrsaeSettings(
                "best", 400, 11, .018, 5, Optimiser.ADAM, 3e-3, .01, 1e-3, 1, 100, 10, 25, 25, .25, .25));

        private final DrsaeSettings settings;

        Preset(DrsaeSettings settings) {
            this.settings = settings;
        }

        DrsaeSettings settings() {
            return settings;
        }

        @Override
        public String toString() {
            return settings.preset;
        }
    }

    /** @throws IllegalArgumentException if a number is out of its range */
    DrsaeSettings {
        Args.atLeast("--units", units, 1);
        Args.atLeast("--iterations", iterations, 1);
        Args.nonNegative("--penalty", penalty);
        Args.positive("--unsupervised-weight", unsupervisedWeight);
        Args.positive("--learning-rate", learningRate);
        Args.inRange("finalLearningRate", finalLearningRate, 0, 1);
        Args.positive("pretrainLearningRate", pretrainLearningRate);
        Args.positive("classifierFactor", classifierFactor);
        Args.atLeast("--batch", batch, 1);
        Args.atLeast("--pretrain-epochs", pretrainEpochs, 0);
        Args.atLeast("--epochs", epochs, 1);
        Args.atLeast("patience", patience, 1);
        Args.inRange("dropout", dropout, 0, 0.95);
        Args.nonNegative("dataFraction", dataFraction);
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

    /** DL4J's updater of this kind. */
    IUpdater updater(double rate) {
        return optimiser == Optimiser.ADAM ? new Adam(rate) : new Sgd(rate);
    }

    /** The learning rate of the joint phase, lowered a little after every epoch. */
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
