package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.examples.run.TextTable;
import io.github.dl4jsparse.internal.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a comparison leaves in its directory. */
final class CompareReport {
    private static final String DESCRIPTION = "%s: %d images without labels, %d for validation, %d for the test; "
            + "%d trials for each row and number of labels; mean and standard deviation over %d seeds.";

    private final String data;
    private final Settings settings;

    /** @param data name of the data */
    CompareReport(String data, Settings settings) {
        this.data = data;
        this.settings = settings;
    }

    /**
     * What decides the figures besides data and grids.
     *
     * @param labels     the numbers of labels
     * @param seeds      of labelled images and weights
     * @param trials     settings for each row and number of labels
     * @param unlabelled number of images
     * @param validation number of images
     * @param test       number of images
     */
    record Settings(
            List<Integer> labels,
            List<Long> seeds,
            int trials,
            int unlabelled,
            int validation,
            int test,
            boolean quick) {}

    /** What was compared, in a line. */
    String description() {
        return String.format(
                Locale.ROOT,
                DESCRIPTION,
                data,
                settings.unlabelled(),
                settings.validation(),
                settings.test(),
                settings.trials(),
                settings.seeds().size());
    }

    /** All that a row with a number of labels depends on besides its grid. */
    String run() {
        Settings s = settings;
        return data + ", seeds " + s.seeds() + ", trials " + s.trials() + ", unlabelled " + s.unlabelled()
                + ", validation " + s.validation() + ", test " + s.test() + ", quick " + s.quick();
    }

    /**
     * Writes the tables, the picture and the figures.
     *
     * @param outcomes of every row with every number of labels, row by row
     * @param seconds  wall time
     */
    void write(RunDirectory directory, List<Contender<?>> rows, List<Outcome> outcomes, double seconds)
            throws IOException {
        String page = new ComparisonTable(outcomes).markdown(description()) + "\n" + TextTable.markdown(grids(rows));
        AtomicFile.write(directory.path().resolve("table.md"), out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
        directory.write("accuracies.png", ComparisonChart.draw("Test images of " + data, outcomes));
        List<Map<String, Object>> values =
                outcomes.stream().map(outcome -> values(outcome, outcomes)).toList();
        long seed = settings.seeds().get(0);
        directory.write("result.json", new ResultJson("compare", data, seed, settings, seconds).with("rows", values));
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
        values.put("accuracies", outcome.accuracies());
        values.put("mean", outcome.mean());
        values.put("deviation", outcome.spread());
        values.put("setting", outcome.chosen().setting().values());
        values.put(
                "trials",
                outcome.trials().stream()
                        .map(t -> Map.of("setting", t.setting().values(), "validation", t.validation()))
                        .toList());
        values.put("seconds", outcome.seconds());
        Difference.of(outcome, all).ifPresent(d -> {
            values.put("bestOther", d.other());
            values.put("difference", d.mean());
            values.put("differenceDeviation", d.spread());
        });
        return values;
    }
}
