package io.github.dl4jsparse.examples.features;

import io.github.dl4jsparse.examples.run.Experiment;
import io.github.dl4jsparse.examples.run.ExperimentCommand;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Learns features from all images of a folder and a classifier from few labels. Start reading at {@link FeaturesRun}. */
@Command(
        name = "features",
        description = {
            "Learns features from all images of a folder, and classes from few labels.",
            "It writes the network, embeddings.csv, pictures of neighbours, filters and confusions, and result.json."
        })
public final class FeaturesCommand extends ExperimentCommand<FeaturesSettings, FeaturesData> {
    public FeaturesCommand() {
        super(new FeaturesSettings());
    }

    @Override
    protected FeaturesData data(FeaturesSettings s, long seed) throws IOException {
        FeaturesData data = s.data();
        s.labels(data);
        return data;
    }

    @Override
    protected String opening(FeaturesSettings s, FeaturesData data, long seed) {
        return data.all().report().summary() + System.lineSeparator() + "Learning from " + data.name() + ", "
                + s.labels(data) + " labels, seed " + seed;
    }

    @Override
    protected FeaturesResult run(FeaturesSettings s, FeaturesData data, long seed, Experiment experiment) {
        return new FeaturesResult(FeaturesRun.of(s, data, s.labels(data), experiment), s.embeddings());
    }
}
