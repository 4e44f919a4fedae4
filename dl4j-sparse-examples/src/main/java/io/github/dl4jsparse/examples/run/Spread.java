package io.github.dl4jsparse.examples.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures over several runs: means of all numbers, and the list and standard deviation of the headline. */
final class Spread {
    private final List<FinishedRun> runs;
    private final String headline;

    Spread(List<FinishedRun> runs) {
        this.runs = runs;
        this.headline = runs.get(0).result().headline();
    }

    /** Means by the names of the figures; what is no number is left out. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        for (Map.Entry<String, Object> figure : runs.get(0).result().figures().entrySet()) {
            if (figure.getValue() instanceof Number) {
                figures.put(figure.getKey(), Repetitions.mean(values(figure.getKey())));
            }
        }
        figures.put("seeds", runs.stream().map(FinishedRun::seed).toList());
        if (!headline.isEmpty()) {
            figures.put(headline + "s", values(headline));
            figures.put(headline + "StandardDeviation", Repetitions.deviation(values(headline)));
        }
        return figures;
    }

    /** A figure of each run; NaN where it is no number. */
    List<Double> values(String key) {
        List<Double> values = new ArrayList<>();
        for (FinishedRun run : runs) {
            Object value = run.result().figures().get(key);
            values.add(value instanceof Number number ? number.doubleValue() : Double.NaN);
        }
        return values;
    }

    /** A line for people. */
    String summary() {
        if (headline.isEmpty()) {
            return runs.size() + " runs, seeds " + runs.get(0).seed() + " to "
                    + runs.get(runs.size() - 1).seed();
        }
        List<Double> values = values(headline);
        return String.format(
                Locale.ROOT,
                "%s over %d seeds: mean %.4f, standard deviation %.4f, lowest %.4f, highest %.4f",
                headline,
                runs.size(),
                Repetitions.mean(values),
                Repetitions.deviation(values),
                values.stream().mapToDouble(v -> v).min().orElse(Double.NaN),
                values.stream().mapToDouble(v -> v).max().orElse(Double.NaN));
    }
}
