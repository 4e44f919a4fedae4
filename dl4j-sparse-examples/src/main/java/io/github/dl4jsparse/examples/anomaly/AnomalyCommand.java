package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.examples.run.Experiment;
import io.github.dl4jsparse.examples.run.ExperimentCommand;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Finds what is odd among images, vectors or the beats of a heart. Start reading at {@link AnomalyRun}. */
@Command(
        name = "anomaly",
        description = {
            "Finds what is odd among images, vectors or the beats of a heart, by good examples alone.",
            "It writes the detector, pictures and result.json."
        })
public final class AnomalyCommand extends ExperimentCommand<AnomalySettings, AnomalyRun> {
    public AnomalyCommand() {
        super(new AnomalySettings());
    }

    @Override
    protected AnomalyRun data(AnomalySettings s, long seed) {
        return new AnomalyRun(s, seed);
    }

    @Override
    protected String opening(AnomalySettings s, AnomalyRun run, long seed) {
        return "Fitting detectors of " + s.units() + " units, seed " + seed;
    }

    @Override
    protected AnomalyOutcome run(AnomalySettings s, AnomalyRun run, long seed, Experiment experiment)
            throws IOException {
        return run.run();
    }
}
