package io.github.dl4jsparse.examples.features;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.SvgPlot;
import io.github.dl4jsparse.task.data.ExampleSet;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.evaluation.classification.Evaluation;

/** What the report of {@code features} says and shows: accuracies of all draws beside those of simpler ways, confusions, neighbours. */
record FeaturesPage(FeaturesRun run) {
    private static final int NEIGHBOURS = 300;

    /** How often the learner is right, and by how much more than each other way. */
    String claim() {
        if (run.first().test() == null) {
            return run.summary();
        }
        FeaturesMeasurement ours = run.measured().get(0);
        int draws = ours.accuracies().size();
        String right = String.format(
                Locale.ROOT,
                "With %d labels, features learned from all %d images classify %s %% of %d other images rightly",
                run.first().labelled().size(),
                run.data().all().size(),
                ours.text(),
                run.first().test().size());
        if (run.measured().size() == 1) {
            return right + (draws == 1 ? " (one draw)" : " (mean and deviation of " + draws + " draws)")
                    + "; whether learning without labels helped is not measured: --compare does.";
        }
        List<String> others = run.measured().subList(1, run.measured().size()).stream()
                .map(other -> String.format(
                        Locale.ROOT,
                        "%s %s %% (%s points %s)",
                        other.name(),
                        other.text(),
                        ours.against(other).replaceFirst("^[+-]", ""),
                        ours.mean() > other.mean() ? "fewer" : "more, so that ours is not better"))
                .toList();
        return right + "; " + String.join(", ", others)
                + (draws == 1 ? "; one draw of labels." : "; mean and deviation of " + draws + " draws of labels.");
    }

    /** Adds all. */
    void addTo(HtmlReport page) {
        ExampleSet test = run.first().test();
        if (test != null) {
            page.plot(
                    accuracies(),
                    "Right answers of each draw of labels, on images that were not trained on; dashed line: answers that are always the most frequent class");
            page.section("Confusions of the first draw").paragraph("Rows are classes, columns answers.");
            confusion(page, run.learner().evaluate(test));
        }
        ExampleSet shown = first(test == null ? run.first().labelled() : test);
        Map<String, BufferedImage> pictures = new LinkedHashMap<>();
        pictures.put(
                "Images and those whose features are nearest: framed blue if of the same class, orange and dashed if not",
                FeaturesPictures.neighbours(run.learner(), shown));
        pictures.put("Filters of the first stage, each scaled for itself", FeaturesPictures.filters(run.learner()));
        page.section("Features").beside(pictures);
    }

    private SvgPlot accuracies() {
        SvgPlot plot = SvgPlot.of("draw of labels", "right answers in %");
        for (FeaturesMeasurement way : run.measured()) {
            plot.points(
                    way.name(),
                    IntStream.rangeClosed(1, way.accuracies().size())
                            .asDoubleStream()
                            .toArray(),
                    way.accuracies().stream().mapToDouble(a -> 100 * a).toArray());
        }
        List<String> labels = run.first().test().labels();
        long most = labels.stream()
                .distinct()
                .mapToLong(label -> labels.stream().filter(label::equals).count())
                .max()
                .orElseThrow();
        return plot.bound("most frequent class", 100.0 * most / labels.size());
    }

    private void confusion(HtmlReport page, Evaluation evaluation) {
        List<String> classes = run.learner().classes();
        List<String> heading = new ArrayList<>(List.of("class"));
        heading.addAll(classes);
        heading.add("right");
        List<List<String>> rows = new ArrayList<>();
        for (int actual = 0; actual < classes.size(); actual++) {
            List<String> row = new ArrayList<>(List.of(classes.get(actual)));
            int all = 0;
            for (int answer = 0; answer < classes.size(); answer++) {
                int count = evaluation.getConfusionMatrix().getCount(actual, answer);
                all += count;
                row.add(count == 0 ? "" : String.valueOf(count));
            }
            int right = evaluation.getConfusionMatrix().getCount(actual, actual);
            row.add(all == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * right / all));
            rows.add(row);
        }
        page.table(heading, rows);
    }

    private static ExampleSet first(ExampleSet images) {
        return images.size() <= NEIGHBOURS
                ? images
                : images.select(IntStream.range(0, NEIGHBOURS).toArray());
    }
}
