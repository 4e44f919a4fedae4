package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.examples.run.Repetitions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a row of the table came to with a number of labels.
 *
 * @param name       of the row
 * @param kind       of the row
 * @param labels     labelled images to train on
 * @param trials     all settings that were tried, in order
 * @param accuracies right answers on the test images in per cent, of each seed with the chosen setting
 * @param seconds    of processor time of all its trainings; training without labels counts where it was first needed
 */
record Outcome(String name, Kind kind, int labels, List<Trial> trials, List<Double> accuracies, double seconds) {
    Outcome {
        trials = List.copyOf(trials);
        accuracies = List.copyOf(accuracies);
    }

    /** The trial of the best validation; of equal ones the first. */
    static Trial best(List<Trial> trials) {
        return trials.stream()
                .sorted(Comparator.comparingDouble(Trial::validation).reversed())
                .findFirst()
                .orElseThrow();
    }

    /** The trial whose setting was chosen. */
    Trial chosen() {
        return best(trials);
    }

    /** Mean of the accuracies. */
    double mean() {
        return Repetitions.mean(accuracies);
    }

    /** Mean and, of several seeds, standard deviation in per cent. */
    String text() {
        return accuracies.size() == 1
                ? String.format(Locale.ROOT, "%.1f", mean())
                : String.format(Locale.ROOT, "%.1f ± %.1f", mean(), spread());
    }

    /** Standard deviation of the accuracies; 0 for a single seed. */
    double spread() {
        return Repetitions.deviation(accuracies);
    }
}
