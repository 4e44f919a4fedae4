package io.github.dl4jsparse.examples.patch;

import io.github.dl4jsparse.examples.data.PatchSampling;
import io.github.dl4jsparse.examples.run.FallingRate;
import io.github.dl4jsparse.internal.check.Args;
import java.util.Locale;
import lombok.With;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * How a dictionary is learned from patches.
 *
 * @param learningRate of plain gradient descent at the start; falls linearly to a twentieth
 * @param epochs       with patches of their own each
 * @param sampling     of the patches
 * @param pruneTo      share of the units of a tree that stay when it is pruned; 1 for no pruning
 */
@With
public record PatchSchedule(double learningRate, int epochs, PatchSampling sampling, double pruneTo) {
    /** @throws IllegalArgumentException if a number is out of its range */
    public PatchSchedule {
        Args.positive("--learning-rate", learningRate);
        Args.atLeast("--epochs", epochs, 1);
        Args.inRange("--prune-to", pruneTo, 0, 1);
    }

    /** Whether a part of the units goes during the training. */
    public boolean isPruned() {
        return pruneTo < 1;
    }

    /** The epochs before the pruning, five of eight; all where there is none. */
    public int epochsBeforePruning() {
        return isPruned() ? Math.max(1, 5 * epochs / 8) : epochs;
    }

    /** The epochs after it; none where there is none. */
    public int epochsAfterPruning() {
        return epochs - epochsBeforePruning();
    }

    /** The learning rate, lowered a little after every epoch. */
    public ISchedule rate() {
        return FallingRate.linear(learningRate, FallingRate.TWENTIETH, epochs);
    }

    /** A part of a line for people. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "patches of %d x %d, %d epochs of %d",
                sampling.patch(),
                sampling.patch(),
                epochs,
                sampling.patches());
    }
}
