package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.examples.data.DigitOptions;
import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/** The options of {@code compare}. */
final class CompareOptions extends DigitOptions {
    private static final List<Integer> LABELS = List.of(100, 300, 1000);
    private static final int SEEDS = 3;
    private static final int TRIALS = 6;
    private static final int QUICK_TRIALS = 2;
    private static final int UNLABELLED = 10_000;
    private static final int QUICK_UNLABELLED = 300;
    private static final int VALIDATION = 2000;
    private static final int QUICK_VALIDATION = 100;

    @Option(
            names = "--labels",
            paramLabel = "N",
            split = ",",
            description = "Labelled images to train with, several numbers (default: 100,300,1000; quick: 100).")
    private List<Integer> labels;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description =
                    "Times the labelled images and first weights are drawn, from --seed on (default: 3; quick: 2).")
    private Integer seeds;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Settings that each row is tried with, for each number of labels (default: 6; quick: 2).")
    private Integer trials;

    @Option(
            names = "--unlabelled",
            paramLabel = "N",
            description = "Images without labels, at most (default: 10000; quick: 300).")
    private Integer unlabelled;

    @Option(
            names = "--validation",
            paramLabel = "N",
            description = "Images by which settings are chosen, at most (default: 2000; quick: 100).")
    private Integer validation;

    @Option(
            names = "--rows",
            paramLabel = "TEXT",
            split = ",",
            description = "Only the rows whose names contain one of these texts (default: all).")
    private List<String> rows;

    @Option(
            names = "--resume",
            description = "Take the rows that --out has from an earlier run with the same options as they are.")
    private boolean resume;

    @Option(names = "--quick", description = "Few images, trials and updates: to see that it runs.")
    private boolean quick;

    /** Whether all is cut short. */
    boolean quick() {
        return quick;
    }

    /** Whether finished rows are taken as they are. */
    boolean resume() {
        return resume;
    }

    /**
     * The rows of the table.
     *
     * @throws IllegalArgumentException if a text is in no name
     */
    List<Contender<?>> contenders() {
        List<Contender<?>> all = Contenders.all();
        if (rows == null) {
            return all;
        }
        for (String text : rows) {
            if (all.stream().noneMatch(row -> row.name().contains(text))) {
                List<String> names = all.stream().<String>map(Contender::name).toList();
                throw Args.failure("--rows", "texts that are part of one of the names " + names, text);
            }
        }
        return all.stream()
                .<Contender<?>>map(row -> row)
                .filter(row -> rows.stream().anyMatch(row.name()::contains))
                .toList();
    }

    /**
     * The numbers of labels.
     *
     * @throws IllegalArgumentException if one is below 1 or above the images to draw from, or given twice
     */
    List<Integer> labels(CompareData data) {
        List<Integer> given = labels != null ? labels : quick ? LABELS.subList(0, 1) : LABELS;
        int most = data.train().numExamples();
        for (int number : given) {
            if (number < 1 || number > most) {
                throw Args.failure("--labels", "numbers from 1 to the " + most + " images to train on", number);
            }
        }
        if (given.stream().distinct().count() < given.size()) {
            throw Args.failure("--labels", "numbers of which none is given twice", given);
        }
        return given;
    }

    /** The seeds of labelled images and weights. */
    List<Long> seeds() {
        int number = seeds == null ? (quick ? 2 : SEEDS) : Args.atLeast("--seeds", seeds, 1);
        return LongStream.range(seed(), seed() + number).boxed().toList();
    }

    /** Settings for each row and number of labels. */
    int trials() {
        return trials == null ? (quick ? QUICK_TRIALS : TRIALS) : Args.atLeast("--trials", trials, 1);
    }

    /** Loads the images. */
    CompareData data() throws IOException {
        int images = given("--unlabelled", unlabelled, UNLABELLED, QUICK_UNLABELLED);
        int chosenBy = given("--validation", validation, VALIDATION, QUICK_VALIDATION);
        return CompareData.of(pixels(seed()), images, chosenBy);
    }

    private int given(String option, Integer value, int usual, int few) {
        return value != null ? Args.atLeast(option, value, 1) : quick ? few : usual;
    }
}
