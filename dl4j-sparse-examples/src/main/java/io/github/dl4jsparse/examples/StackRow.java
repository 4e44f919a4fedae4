package io.github.dl4jsparse.examples;

import java.util.List;

/**
 * The test errors in per cent with a number of labels, pre-trained beside random weights.
 *
 * @param pretrainedError mean over the draws
 * @param randomError     mean over the draws
 * @param spread          the larger standard deviation over the draws, of the two networks; 0 for one draw
 * @param draws           of labelled images and random weights
 */
record StackRow(int labels, double pretrainedError, double randomError, double spread, int draws) {
    static StackRow of(int labels, List<Double> pretrained, List<Double> random) {
        return new StackRow(
                labels,
                mean(pretrained),
                mean(random),
                Math.max(deviation(pretrained), deviation(random)),
                pretrained.size());
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    }

    private static double deviation(List<Double> values) {
        double mean = mean(values);
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
    }
}
