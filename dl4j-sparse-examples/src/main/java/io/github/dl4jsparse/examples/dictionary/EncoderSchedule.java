package io.github.dl4jsparse.examples.dictionary;

import java.util.List;

/**
 * How encoders for a learned dictionary are trained.
 *
 * @param steps         K, an encoder each
 * @param epochs        of each
 * @param learningRates of Adam at the start; each is tried, and falls linearly to a fiftieth
 */
record EncoderSchedule(List<Integer> steps, int epochs, List<Double> learningRates) {
    private static final double LAST = 0.02;

    /** One, three and five steps. */
    static EncoderSchedule usual(boolean quick) {
        return new EncoderSchedule(List.of(1, 3, 5), quick ? 5 : 60, List.of(1e-3, 3e-3));
    }

    /** What a rate ends with, as a fraction of the first. */
    double last() {
        return LAST;
    }
}
