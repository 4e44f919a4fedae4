package io.github.dl4jsparse.examples.features;

import io.github.dl4jsparse.examples.features.FeaturesData.Draw;
import io.github.dl4jsparse.examples.run.StepProgress;
import io.github.dl4jsparse.examples.run.TextTable;
import io.github.dl4jsparse.task.FeatureLearner;
import io.github.dl4jsparse.task.FeatureLearnerBuilder;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run of {@code features} brought.
 *
 * @param data     the images
 * @param first    the first draw of labels
 * @param learner  trained with it
 * @param measured all ways of classifying, the learner first
 * @param seconds  in all
 */
record FeaturesRun(
        FeaturesData data, Draw first, FeatureLearner learner, List<FeaturesMeasurement> measured, double seconds) {
    /** Of a bar of progress. */
    private static final int STEPS = 1000;

    private static final String OURS = "pre-trained on all images";
    private static final String RANDOM = "same network, random weights";
    private static final String NEIGHBOURS = "nearest neighbours on pixels";

    /**
     * Learns, once for each seed.
     *
     * @param labels how many labels are used
     * @param out    for progress and a line for each draw
     */
    static FeaturesRun of(FeaturesOptions options, FeaturesData data, int labels, PrintWriter out) {
        long start = System.nanoTime();
        Draw first = null;
        FeatureLearner learner = null;
        Map<String, List<Double>> accuracies = new LinkedHashMap<>();
        for (long seed : options.seeds()) {
            Draw draw = data.draw(labels, seed);
            FeatureLearner own = fit("draw " + seed, options.learner(seed), data, draw, out);
            add(accuracies, OURS, accuracy(own, draw));
            if (options.compare()) {
                add(
                        accuracies,
                        RANDOM,
                        accuracy(
                                fit(
                                        "draw " + seed + ", random weights",
                                        options.learner(seed).pretraining(false),
                                        data,
                                        draw,
                                        out),
                                draw));
                add(
                        accuracies,
                        NEIGHBOURS,
                        draw.test() == null
                                ? Double.NaN
                                : PixelNeighbours.of(draw.labelled()).accuracy(draw.test()));
            }
            if (learner == null) {
                first = draw;
                learner = own;
            }
            out.println("draw " + seed + ": "
                    + accuracies.entrySet().stream()
                            .map(way -> String.format(
                                    Locale.ROOT,
                                    "%s %.1f %% right",
                                    way.getKey(),
                                    100 * way.getValue().get(way.getValue().size() - 1)))
                            .collect(Collectors.joining(", ")));
        }
        List<FeaturesMeasurement> measured = accuracies.entrySet().stream()
                .map(way -> new FeaturesMeasurement(way.getKey(), way.getValue()))
                .toList();
        return new FeaturesRun(data, first, learner, measured, (System.nanoTime() - start) / 1e9);
    }

    private static FeatureLearner fit(
            String phase, FeatureLearnerBuilder builder, FeaturesData data, Draw draw, PrintWriter out) {
        try (StepProgress progress = new StepProgress(phase, STEPS, out)) {
            int[] shown = {0};
            return builder.progress(done -> {
                        for (; shown[0] < (int) (STEPS * done); shown[0]++) {
                            progress.stepDone(() -> "");
                        }
                    })
                    .fit(data.all(), draw.labelled());
        }
    }

    private static void add(Map<String, List<Double>> to, String way, double accuracy) {
        to.computeIfAbsent(way, name -> new ArrayList<>()).add(accuracy);
    }

    private static double accuracy(FeatureLearner learner, Draw draw) {
        return draw.test() == null ? Double.NaN : learner.evaluate(draw.test()).accuracy();
    }

    /** The table. */
    String summary() {
        if (first.test() == null) {
            return "All labelled images were trained on: none is left to measure with. Give --test DIR, or fewer --labels.";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "% right", "ours above it"));
        for (FeaturesMeasurement way : measured) {
            rows.add(List.of(
                    way.name(),
                    way.text(),
                    way == measured.get(0) ? "" : measured.get(0).against(way)));
        }
        return first.labelled().size() + " labelled images, " + data.all().size() + " to learn features from, "
                + first.test().size() + " to measure on; "
                + (measured.get(0).accuracies().size() == 1
                        ? "one draw"
                        : "mean ± deviation of " + measured.get(0).accuracies().size() + " draws")
                + System.lineSeparator() + TextTable.plain(rows).stripTrailing();
    }
}
