package io.github.dl4jsparse.examples.stack;

import io.github.dl4jsparse.examples.run.Repetitions;
import java.util.List;

/**
 * The test errors, as fractions, with a number of labels, pre-trained beside random weights. In a draw both networks see the
 * same labelled images, so that what counts is by how much the one is better than the other in the same draw.
 *
 * @param pretrainedError  mean over the draws
 * @param randomError      mean over the draws
 * @param spread           standard deviation over the draws of the difference, random less pre-trained; 0 for one draw
 * @param draws            of labelled images and seeds
 * @param pretrainedSpread standard deviation over the draws of the error
 * @param randomSpread     standard deviation over the draws of the error
 * @param pretrainedErrors of each draw
 * @param randomErrors     of each draw
 */
record StackRow(
        int labels,
        double pretrainedError,
        double randomError,
        double spread,
        int draws,
        double pretrainedSpread,
        double randomSpread,
        List<Double> pretrainedErrors,
        List<Double> randomErrors) {
    /**
     * Sums up the draws.
     *
     * @param pretrained of each draw
     * @param random     of the same draws in the same order
     */
    static StackRow of(int labels, List<Double> pretrained, List<Double> random) {
        return new StackRow(
                labels,
                Repetitions.mean(pretrained),
                Repetitions.mean(random),
                Repetitions.deviation(Repetitions.differences(random, pretrained)),
                pretrained.size(),
                Repetitions.deviation(pretrained),
                Repetitions.deviation(random),
                List.copyOf(pretrained),
                List.copyOf(random));
    }
}
