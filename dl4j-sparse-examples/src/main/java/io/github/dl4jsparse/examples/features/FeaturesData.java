package io.github.dl4jsparse.examples.features;

import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.task.FeatureLearner;
import io.github.dl4jsparse.task.data.ExampleSet;
import io.github.dl4jsparse.task.data.ReadingReport;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The images of a run.
 *
 * @param name     what a reader knows the data by
 * @param all      all images to learn features from
 * @param labelled those with a class, to draw labelled ones from
 * @param test     to measure on; null for those whose labels are not drawn
 */
record FeaturesData(String name, ExampleSet all, ExampleSet labelled, ExampleSet test) {
    /**
     * One draw of labels.
     *
     * @param labelled the images whose labels are used
     * @param test     the images to measure on, none of the others; null if there are none
     */
    record Draw(ExampleSet labelled, ExampleSet test) {}

    /** The digits that come with the program, 500 of them for the test. */
    static FeaturesData embedded(long seed, int most) throws IOException {
        Digits digits = Digits.embeddedPixels(seed);
        ExampleSet train = examples(digits, digits.train(), most, "digit");
        return new FeaturesData(
                digits.name(),
                train,
                train,
                examples(digits, digits.test(), digits.test().numExamples(), "test digit"));
    }

    private static ExampleSet examples(Digits digits, DataSet part, int most, String name) {
        int count = Math.min(most, part.numExamples());
        int[] classes = part.getLabels().argMax(1).toIntVector();
        return new ExampleSet(
                Rows.of(part.getFeatures(), 0, count).reshape('c', count, 1, digits.height(), digits.width()),
                IntStream.range(0, count).mapToObj(i -> name + " " + (i + 1)).toList(),
                Arrays.stream(classes, 0, count).mapToObj(String::valueOf).toList(),
                List.of(),
                new ReadingReport(count + " of the digits that come with the program", List.of()));
    }

    /**
     * Draws the labelled images of a seed.
     *
     * @throws IllegalArgumentException if only one class is drawn
     */
    Draw draw(int labels, long seed) {
        int[] drawn = FeatureLearner.draw(labelled, labels, seed);
        ExampleSet chosen = labelled.select(drawn);
        if (test != null) {
            return new Draw(chosen, test);
        }
        Set<Integer> used = Arrays.stream(drawn).boxed().collect(Collectors.toSet());
        Set<String> classes = new TreeSet<>(chosen.labels());
        int[] rest = IntStream.range(0, labelled.size())
                .filter(i ->
                        !used.contains(i) && classes.contains(labelled.labels().get(i)))
                .toArray();
        return new Draw(chosen, rest.length == 0 ? null : labelled.select(rest));
    }
}
