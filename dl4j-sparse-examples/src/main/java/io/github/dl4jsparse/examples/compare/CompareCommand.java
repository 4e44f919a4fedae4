package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.examples.run.StepProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Compares our networks with Deeplearning4j's own where few images have labels.
 * <p>Every row has the same labelled and unlabelled images and the same number of settings to choose from, by
 * validation images that are taken from the training images; only the chosen setting of each row sees the test images.
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

    @Override
    public Integer call() throws IOException {
        List<Long> seeds = options.seeds();
        int trials = options.trials();
        CompareData data = options.data();
        List<Integer> labels = options.labels(data);
        List<Contender<?>> contenders = options.contenders();
        Search search = new Search(data, trials, seeds, options.quick());
        // a grid that is too small is found out before anything is trained
        contenders.forEach(search::settings);
        RunDirectory directory = RunDirectory.open(options.out());
        CompareReport report = new CompareReport(
                data.name(),
                new CompareReport.Settings(
                        labels,
                        seeds,
                        trials,
                        data.unlabelled().count(),
                        data.validation().numExamples(),
                        data.test().numExamples(),
                        options.quick()));
        out().println(report.description());
        long start = System.nanoTime();
        FinishedRows finished = new FinishedRows(directory.child("rows").path(), report.run());
        List<Outcome> outcomes = outcomes(search, contenders, labels, finished);
        out().println();
        out().print(new ComparisonTable(outcomes).text());
        report.write(directory, contenders, outcomes, (System.nanoTime() - start) / 1e9);
        out().println("Results are in " + directory.path());
        out().flush();
        return 0;
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

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
