package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.examples.run.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The outcomes as text: the accuracies, by how much ours differ from the best of the others, the chosen settings. */
final class ComparisonTable {
    private final List<Outcome> outcomes;
    private final List<Integer> labels;

    /** @param outcomes of every row with every number of labels, row by row */
    ComparisonTable(List<Outcome> outcomes) {
        this.outcomes = List.copyOf(outcomes);
        this.labels = outcomes.stream().map(Outcome::labels).distinct().toList();
    }

    /** For a terminal: accuracies and differences. */
    String text() {
        return TextTable.plain(accuracies()) + System.lineSeparator() + TextTable.plain(differences());
    }

    /**
     * For a page.
     *
     * @param description what was compared
     */
    String markdown(String description) {
        return description + "\n\n" + TextTable.markdown(accuracies()) + "\n" + TextTable.markdown(differences()) + "\n"
                + TextTable.markdown(settings());
    }

    /** Adds accuracies and differences to a page, and the settings folded. */
    void addTo(HtmlReport page) {
        List<List<String>> accuracies = accuracies();
        page.table(accuracies.get(0), accuracies.subList(1, accuracies.size()));
        List<List<String>> differences = differences();
        if (differences.size() > 1) {
            page.table(differences.get(0), differences.subList(1, differences.size()));
        }
        List<List<String>> settings = settings();
        page.folded("Chosen settings", settings.get(0), settings.subList(1, settings.size()));
    }

    /** Mean and standard deviation of the accuracies, and the seconds of a row. */
    private List<List<String>> accuracies() {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("test accuracy in %"));
        labels.forEach(number -> head.add(number + " labels"));
        head.add("CPU seconds");
        rows.add(head);
        byName().forEach((name, row) -> {
            List<String> cells = new ArrayList<>(List.of(name));
            row.forEach(outcome -> cells.add(outcome.text()));
            cells.add(format("%.0f", row.stream().mapToDouble(Outcome::seconds).sum()));
            rows.add(cells);
        });
        return rows;
    }

    private Map<String, List<Outcome>> byName() {
        Map<String, List<Outcome>> rows = new LinkedHashMap<>();
        outcomes.forEach(outcome ->
                rows.computeIfAbsent(outcome.name(), name -> new ArrayList<>()).add(outcome));
        return rows;
    }

    /** By how much ours are better than the best of the others. */
    private List<List<String>> differences() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ours", "labels", "best of the others", "difference", "deviation over seeds"));
        for (Outcome outcome : outcomes) {
            Optional<Difference> difference = Difference.of(outcome, outcomes);
            difference.ifPresent(d -> rows.add(List.of(
                    outcome.name(),
                    String.valueOf(outcome.labels()),
                    d.other(),
                    format("%+.1f", d.mean()),
                    outcome.accuracies().size() == 1 ? "one seed" : format("%.1f", d.spread()))));
        }
        return rows;
    }

    private List<List<String>> settings() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("row", "labels", "chosen setting", "validation accuracy in %"));
        for (Outcome outcome : outcomes) {
            Trial chosen = outcome.chosen();
            rows.add(List.of(
                    outcome.name(),
                    String.valueOf(outcome.labels()),
                    chosen.setting().toString(),
                    format("%.1f", chosen.validation())));
        }
        return rows;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
