package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.examples.run.Experiment;
import io.github.dl4jsparse.examples.run.ExperimentCommand;
import io.github.dl4jsparse.examples.run.StepProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;

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
public final class CompareCommand extends ExperimentCommand<CompareSettings, CompareData> {
    public CompareCommand() {
        super(new CompareSettings());
    }

    @Override
    protected CompareData data(CompareSettings s, long seed) throws IOException {
        CompareData data = s.data();
        s.labels(data);
        // a grid that is too small is found out before anything is trained
        s.contenders().forEach(search(s, data)::settings);
        return data;
    }

    private static Search search(CompareSettings s, CompareData data) {
        return new Search(data, s.trials(), s.drawSeeds(), s.quick());
    }

    @Override
    protected String opening(CompareSettings s, CompareData data, long seed) {
        return ComparisonScope.of(s, data).description();
    }

    @Override
    protected CompareResult run(CompareSettings s, CompareData data, long seed, Experiment experiment)
            throws IOException {
        ComparisonScope scope = ComparisonScope.of(s, data);
        FinishedRows finished = new FinishedRows(experiment.directory().child("rows"), scope.run());
        List<Outcome> outcomes = outcomes(search(s, data), s.contenders(), s.labels(data), finished, experiment);
        return new CompareResult(scope, s.contenders(), outcomes);
    }

    private List<Outcome> outcomes(
            Search search,
            List<Contender<?>> contenders,
            List<Integer> labels,
            FinishedRows finished,
            Experiment experiment)
            throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        int all = contenders.size() * labels.size();
        for (Contender<?> contender : contenders) {
            for (int number : labels) {
                Outcome outcome = outcome(search, contender, number, finished, experiment);
                outcomes.add(outcome);
                experiment.say(String.format(
                        Locale.ROOT,
                        "%d of %d, %s, %d labels: %s %% right, %.0f s (%s)",
                        outcomes.size(),
                        all,
                        contender.name(),
                        number,
                        outcome.text(),
                        outcome.seconds(),
                        outcome.chosen().setting()));
            }
        }
        return outcomes;
    }

    private Outcome outcome(
            Search search, Contender<?> contender, int labels, FinishedRows finished, Experiment experiment)
            throws IOException {
        Optional<Outcome> before = experiment.resumes() ? finished.read(contender, labels) : Optional.empty();
        if (before.isPresent()) {
            return before.get();
        }
        String phase = contender.name() + ", " + labels + " labels";
        try (StepProgress progress = experiment.progress(phase, search.trainings())) {
            Outcome outcome = search.run(contender, labels, progress::stepDone);
            finished.write(contender, outcome);
            return outcome;
        }
    }
}
