package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.backend.NativeThreads;
import io.github.dl4jsparse.examples.ResultJson;
import io.github.dl4jsparse.examples.RunDirectory;
import io.github.dl4jsparse.examples.StepProgress;
import io.github.dl4jsparse.io.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Compares our networks with Deeplearning4j's own where few images have labels.
 * <p>Every row has the same labelled and unlabelled images and the same number of settings to choose from, by validation
 * images that are taken from the training images; only the chosen setting of each row sees the test images.
 * <p>Start reading at {@link Contender} and {@link Search}.
 */
@Command(
        name = "compare",
        description = {
            "Compares our networks with Deeplearning4j's own, with few labels.",
            "Each chooses its settings on validation images in as many trials as the others. It writes table.md, "
                    + "accuracies.png and result.json."
        })
public final class CompareCommand implements Callable<Integer> {
    @Mixin
    private CompareOptions options;

    @Spec
    private CommandSpec spec;

    /** What decides the figures besides data, seed and grids. */
    private record Settings(
            List<Integer> labels,
            List<Long> seeds,
            int trials,
            int unlabelled,
            int validation,
            int test,
            boolean quick) {
        /** All that a row depends on besides its grid; the number of labels is in its file's name. */
        String run() {
            return "seeds " + seeds + ", trials " + trials + ", unlabelled " + unlabelled + ", validation " + validation
                    + ", test " + test + ", quick " + quick;
        }
    }

    @Override
    public Integer call() throws IOException {
        NativeThreads.preferOne();
        List<Long> seeds = options.seeds();
        int trials = options.trials();
        CompareData data = options.data();
        List<Integer> labels = options.labels(data);
        List<Contender<?>> contenders = options.contenders();
        Search search = new Search(data, trials, seeds, options.quick());
        // a grid that is too small is found out before anything is trained
        contenders.forEach(search::settings);
        RunDirectory directory = RunDirectory.open(options.out());
        Settings settings = new Settings(
                labels,
                seeds,
                trials,
                data.unlabelled().count(),
                data.validation().numExamples(),
                data.test().numExamples(),
                options.quick());
        String description = description(data, settings);
        out().println(description);
        long start = System.nanoTime();
        FinishedRows finished = new FinishedRows(directory.child("rows").path(), data.name() + ", " + settings.run());
        List<Outcome> outcomes = outcomes(search, contenders, labels, finished);
        double seconds = (System.nanoTime() - start) / 1e9;
        ComparisonTable table = new ComparisonTable(outcomes);
        out().println();
        out().print(table.text());
        write(directory, "table.md", table.markdown(description) + "\n" + TextTable.markdown(grids(contenders)));
        directory.write("accuracies.png", ComparisonChart.draw("Test images of " + data.name(), outcomes));
        directory.write(
                "result.json",
                new ResultJson("compare", data.name(), options.seed(), settings, seconds)
                        .with(
                                "rows",
                                outcomes.stream().map(o -> values(o, outcomes)).toList()));
        out().println("Results are in " + directory.path());
        out().flush();
        return 0;
    }

    private static String description(CompareData data, Settings s) {
        return String.format(
                Locale.ROOT,
                "%s: %d images without labels, %d for validation, %d for the test; %d trials for each row and number of "
                        + "labels; mean and standard deviation over %d seeds.",
                data.name(),
                s.unlabelled(),
                s.validation(),
                s.test(),
                s.trials(),
                s.seeds().size());
    }

    private List<Outcome> outcomes(
            Search search, List<Contender<?>> contenders, List<Integer> labels, FinishedRows finished)
            throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        int all = contenders.size() * labels.size();
        for (Contender<?> contender : contenders) {
            for (int number : labels) {
                Outcome outcome = outcome(search, contender, number, finished);
                outcomes.add(outcome);
                out().printf(
                                Locale.ROOT,
                                "%d of %d, %s, %d labels: %.1f %% right, deviation %.1f, %.0f s (%s)%n",
                                outcomes.size(),
                                all,
                                contender.name(),
                                number,
                                outcome.mean(),
                                outcome.spread(),
                                outcome.seconds(),
                                outcome.chosen().setting());
                out().flush();
            }
        }
        return outcomes;
    }

    private Outcome outcome(Search search, Contender<?> contender, int labels, FinishedRows finished)
            throws IOException {
        Optional<Outcome> before = options.resume() ? finished.read(contender, labels) : Optional.empty();
        if (before.isPresent()) {
            return before.get();
        }
        String phase = contender.name() + ", " + labels + " labels";
        try (StepProgress progress = new StepProgress(phase, search.trainings(), out())) {
            Outcome outcome = search.run(contender, labels, () -> progress.stepDone(() -> ""));
            finished.write(contender, outcome);
            return outcome;
        }
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

    /** What each row chooses from, the setting to start with first. */
    private static List<List<String>> grids(List<Contender<?>> contenders) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("row", "grid"));
        contenders.forEach(row -> rows.add(List.of(row.name(), row.grid().toString())));
        return rows;
    }

    private static void write(RunDirectory directory, String name, String text) throws IOException {
        AtomicFile.write(directory.path().resolve(name), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
