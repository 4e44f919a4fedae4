package io.github.dl4jsparse.examples.compare;

import java.util.List;

/**
 * What is compared: all that decides the figures besides the grids.
 *
 * @param data       name of the data
 * @param seeds      of labelled images and weights
 * @param trials     settings for each row and number of labels
 * @param unlabelled number of images
 * @param validation number of images
 * @param test       number of images
 */
record ComparisonScope(
        String data, List<Long> seeds, int trials, int unlabelled, int validation, int test, boolean quick) {
    static ComparisonScope of(CompareSettings settings, CompareData data) {
        return new ComparisonScope(
                data.name(),
                settings.drawSeeds(),
                settings.trials(),
                data.unlabelled().count(),
                data.validation().numExamples(),
                data.test().numExamples(),
                settings.quick());
    }

    /** What was compared, in a line. */
    String description() {
        return String.format(
                "%s: %d images without labels, %d for validation, %d for the test; "
                        + "%d trials for each row and number of labels; mean and standard deviation over %d seeds.",
                data, unlabelled, validation, test, trials, seeds.size());
    }

    /** All that a row with a number of labels depends on besides its grid. */
    String run() {
        return data + ", seeds " + seeds + ", trials " + trials + ", unlabelled " + unlabelled + ", validation "
                + validation + ", test " + test + ", quick " + quick;
    }
}
