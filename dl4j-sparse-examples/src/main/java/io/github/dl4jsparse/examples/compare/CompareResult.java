package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.examples.run.Result;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.examples.run.TextTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a comparison.
 *
 * @param outcomes of every row with every number of labels, row by row
 */
record CompareResult(ComparisonScope scope, List<Contender<?>> rows, List<Outcome> outcomes) implements Result {
    @Override
    public String data() {
        return scope.data();
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("unlabelledImages", scope.unlabelled());
        figures.put("validationImages", scope.validation());
        figures.put("testImages", scope.test());
        figures.put(
                "rows",
                outcomes.stream().map(outcome -> values(outcome, outcomes)).toList());
        return figures;
    }

    @Override
    public void write(RunDirectory directory) throws IOException {
        String page =
                new ComparisonTable(outcomes).markdown(scope.description()) + "\n" + TextTable.markdown(grids(rows));
        directory.write("table.md", out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
        directory.write("accuracies.png", ComparisonChart.draw("Test images of " + data(), outcomes));
    }

    @Override
    public String claim() {
        return new ComparisonPage(scope, outcomes).claim();
    }

    @Override
    public void show(HtmlReport page) {
        new ComparisonPage(scope, outcomes).addTo(page);
    }

    @Override
    public String summary() {
        return System.lineSeparator() + new ComparisonTable(outcomes).text().stripTrailing();
    }

    /** What each row chooses from, the setting to start with first. */
    private static List<List<String>> grids(List<Contender<?>> contenders) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("row", "grid"));
        contenders.forEach(row -> rows.add(List.of(row.name(), row.grid().toString())));
        return rows;
    }

    private static Map<String, Object> values(Outcome outcome, List<Outcome> all) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", outcome.name());
        values.put("labels", outcome.labels());
        values.put(
                "accuracies",
                outcome.accuracies().stream().map(CompareResult::fraction).toList());
        values.put("mean", fraction(outcome.mean()));
        values.put("deviation", fraction(outcome.spread()));
        values.put("setting", outcome.chosen().setting().values());
        values.put(
                "trials",
                outcome.trials().stream()
                        .map(t -> Map.of("setting", t.setting().values(), "validation", fraction(t.validation())))
                        .toList());
        values.put("seconds", outcome.seconds());
        Difference.of(outcome, all).ifPresent(d -> {
            values.put("bestOther", d.other());
            values.put("difference", fraction(d.mean()));
            values.put("differenceDeviation", fraction(d.spread()));
        });
        return values;
    }

    /** Of per cent, without the last bits of the division. */
    private static double fraction(double percent) {
        return Math.round(1e8 * percent) / 1e10;
    }
}
