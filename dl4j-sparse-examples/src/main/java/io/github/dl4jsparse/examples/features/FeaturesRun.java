package io.github.dl4jsparse.examples.features;

import io.github.dl4jsparse.examples.features.FeaturesData.Draw;
import io.github.dl4jsparse.examples.run.Experiment;
import io.github.dl4jsparse.examples.run.StepProgress;
import io.github.dl4jsparse.examples.run.TextTable;
import io.github.dl4jsparse.task.FeatureLearner;
import io.github.dl4jsparse.task.FeatureLearnerBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The learner of the first draw, and the accuracies of all draws.
 *
 * @param data     the images
 * @param first    the first draw of labels
 * @param learner  trained with it
 * @param measured all ways of classifying, the learner first
 */
record FeaturesRun(FeaturesData data, Draw first, FeatureLearner learner, List<FeaturesMeasurement> measured) {
    /** Of a bar of progress. */
    private static final int STEPS = 1000;

    private static final String OURS = "pre-trained on all images";
    private static final String RANDOM = "same network, random weights";
    private static final String NEIGHBOURS = "nearest neighbours on pixels";

    /**
     * Learns, once for each seed.
     *
     * @param labels how many labels are used
     */
    static FeaturesRun of(FeaturesSettings settings, FeaturesData data, int labels, Experiment experiment) {
        Draw first = null;
        FeatureLearner learner = null;
        Map<String, List<Double>> accuracies = new LinkedHashMap<>();
        for (long seed : settings.drawSeeds()) {
            Draw draw = data.draw(labels, seed);
            FeatureLearner own = fit("draw " + seed, settings.learner(seed), data, draw, experiment);
            add(accuracies, OURS, accuracy(own, draw));
            if (settings.compare()) {
                FeatureLearnerBuilder random = settings.learner(seed).pretraining(false);
                add(
                        accuracies,
                        RANDOM,
                        accuracy(fit("draw " + seed + ", random weights", random, data, draw, experiment), draw));
                add(accuracies, NEIGHBOURS, neighbours(draw));
            }
            if (learner == null) {
                first = draw;
                learner = own;
            }
            experiment.say("draw " + seed + ": " + last(accuracies));
        }
        List<FeaturesMeasurement> measured = accuracies.entrySet().stream()
                .map(way -> new FeaturesMeasurement(way.getKey(), way.getValue()))
                .toList();
        return new FeaturesRun(data, first, learner, measured);
    }

    private static double neighbours(Draw draw) {
        return draw.test() == null
                ? Double.NaN
                : PixelNeighbours.of(draw.labelled()).accuracy(draw.test());
    }

    /** The accuracies of the last draw. */
    private static String last(Map<String, List<Double>> accuracies) {
        return accuracies.entrySet().stream()
                .map(way -> String.format(
                        Locale.ROOT,
                        "%s %.1f %% right",
                        way.getKey(),
                        100 * way.getValue().get(way.getValue().size() - 1)))
                .collect(Collectors.joining(", "));
    }

    private static FeatureLearner fit(
            String phase, FeatureLearnerBuilder builder, FeaturesData data, Draw draw, Experiment experiment) {
        try (StepProgress progress = experiment.progress(phase, STEPS)) {
            int[] shown = {0};
            return builder.progress(done -> {
                        for (; shown[0] < (int) (STEPS * done); shown[0]++) {
                            progress.stepDone();
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
