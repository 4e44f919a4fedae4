package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.examples.run.Repetitions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How much better one of our rows is than the best of those that it is compared with, with the same labelled
 * images each time.
 *
 * @param other  name of that row: the one of the best mean accuracy on the test images, so that the choice favours it
 * @param mean   over the seeds, in per cent of the test images
 * @param spread standard deviation over the seeds; 0 for a single one
 */
record Difference(String other, double mean, double spread) {
    /** Empty for a row that is not ours, and where there is nothing to compare with. */
    static Optional<Difference> of(Outcome ours, List<Outcome> all) {
        return all.stream()
                .filter(other -> other.labels() == ours.labels() && ours.kind().comparedWith(other.kind()))
                .max(Comparator.comparingDouble(Outcome::mean))
                .map(best -> of(ours, best));
    }

    private static Difference of(Outcome ours, Outcome other) {
        List<Double> differences = Repetitions.differences(ours.accuracies(), other.accuracies());
        return new Difference(other.name(), Repetitions.mean(differences), Repetitions.deviation(differences));
    }
}
