package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.examples.data.DigitSettings;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/** The settings of {@code compare}. */
final class CompareSettings extends DigitSettings {
    private static final int QUICK_IMAGES = 2000;

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
    private int seeds;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Settings that each row is tried with, for each number of labels (default: 6; quick: 2).")
    private int trials;

    @Option(
            names = "--unlabelled",
            paramLabel = "N",
            description = "Images without labels, at most (default: 10000; quick: 300).")
    private int unlabelled;

    @Option(
            names = "--validation",
            paramLabel = "N",
            description = "Images by which settings are chosen, at most (default: 2000; quick: 100).")
    private int validation;

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

    /** @throws IllegalArgumentException if a value is out of its range, or a text is in no name of a row */
    @Override
    public void check() {
        complete(quick() ? new String[] {"all", "short"} : new String[] {"all"});
        Args.atLeast("--seeds", seeds, 1);
        Args.atLeast("--trials", trials, 1);
        Args.atLeast("--unlabelled", unlabelled, 1);
        Args.atLeast("--validation", validation, 1);
        contenders();
    }

    /** Whether finished rows are taken as they are. */
    @Override
    public boolean resume() {
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
        int most = data.train().numExamples();
        for (int number : labels) {
            if (number < 1 || number > most) {
                throw Args.failure("--labels", "numbers from 1 to the " + most + " images to train on", number);
            }
        }
        if (labels.stream().distinct().count() < labels.size()) {
            throw Args.failure("--labels", "numbers of which none is given twice", labels);
        }
        return labels;
    }

    /** The seeds of labelled images and weights. */
    List<Long> drawSeeds() {
        return LongStream.range(seed(), seed() + seeds).boxed().toList();
    }

    /** Settings for each row and number of labels. */
    int trials() {
        return trials;
    }

    /** Loads the images. */
    CompareData data() throws IOException {
        Digits digits = pixels(seed());
        return CompareData.of(quick() ? digits.atMost(QUICK_IMAGES) : digits, unlabelled, validation);
    }
}
