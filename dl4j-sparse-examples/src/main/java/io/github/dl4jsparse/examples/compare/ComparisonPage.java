package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.SvgPlot;
import io.github.dl4jsparse.examples.run.Repetitions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the report of {@code compare} says and shows: accuracies against the number of labels, a line a row.
 *
 * @param outcomes of every row with every number of labels, row by row
 */
record ComparisonPage(ComparisonScope scope, List<Outcome> outcomes) {
    private List<Integer> labels() {
        return outcomes.stream().map(Outcome::labels).distinct().toList();
    }

    /**
     * The row of ours that has the best validation, with the first number of labels, against the row of the others that has the best test: the
     * choice favours the others.
     */
    String claim() {
        List<Outcome> found =
                labels().stream().map(this::chosen).flatMap(Optional::stream).toList();
        if (!found.isEmpty()) {
            String more = found.stream()
                    .skip(1)
                    .map(ours -> String.format(
                            Locale.ROOT,
                            "%+.1f with %d labels",
                            difference(ours).mean(),
                            ours.labels()))
                    .collect(Collectors.joining(", "));
            return sentence(found.get(0)) + (more.isEmpty() ? "." : "; the difference is " + more + ".");
        }
        Outcome best =
                outcomes.stream().max(Comparator.comparingDouble(Outcome::mean)).orElseThrow();
        return String.format(
                Locale.ROOT,
                "%s is right for %s %% of the test images with %d labels; our networks were not compared with others, as "
                        + "--rows has none of the one kind or the other.",
                best.name(),
                best.text(),
                best.labels());
    }

    private Optional<Outcome> chosen(int number) {
        return outcomes.stream()
                .filter(o -> o.labels() == number && Difference.of(o, outcomes).isPresent())
                .max(Comparator.comparingDouble(o -> o.chosen().validation()));
    }

    private Difference difference(Outcome ours) {
        return Difference.of(ours, outcomes).orElseThrow();
    }

    private String sentence(Outcome ours) {
        Difference difference = difference(ours);
        Outcome other = outcomes.stream()
                .filter(o -> o.labels() == ours.labels() && o.name().equals(difference.other()))
                .findFirst()
                .orElseThrow();
        List<Double> differences = Repetitions.differences(ours.accuracies(), other.accuracies());
        long better = differences.stream().filter(d -> d > 0).count();
        String spread = differences.size() == 1
                ? "one seed: no spread is known"
                : String.format(
                        Locale.ROOT,
                        "deviation of the difference %.1f, better with %d of %d seeds",
                        difference.spread(),
                        better,
                        differences.size());
        return String.format(
                Locale.ROOT,
                "With %d labels \"%s\" is right for %s %% of the test images, %.1f points %s the best of those that it is compared with, "
                        + "\"%s\", with %s %% (%s)",
                ours.labels(),
                ours.name(),
                ours.text(),
                Math.abs(difference.mean()),
                difference.mean() > 0 ? "above" : "below",
                other.name(),
                other.text(),
                spread);
    }

    /** Adds the diagram, then the tables. */
    void addTo(HtmlReport page) {
        SvgPlot plot = SvgPlot.logarithmic("labels", "right answers in %");
        outcomes.stream()
                .collect(Collectors.groupingBy(Outcome::name, LinkedHashMap::new, Collectors.toList()))
                .forEach((name, row) -> plot.line(
                        name,
                        row.stream().mapToDouble(Outcome::labels).toArray(),
                        row.stream().mapToDouble(Outcome::mean).toArray(),
                        row.stream().mapToDouble(Outcome::spread).toArray()));
        page.plot(
                plot,
                scope.seeds().size() == 1
                        ? "Accuracy on the test images, of one seed"
                        : "Accuracy on the test images: mean of "
                                + scope.seeds().size() + " seeds; bars reach one standard deviation up and down");
        page.figure(
                ComparisonChart.draw("Test images of " + scope.data(), outcomes),
                "The same, row beside row, a colour for each number of labels");
        page.paragraph(scope.description());
        new ComparisonTable(outcomes).addTo(page);
    }
}
