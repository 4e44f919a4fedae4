package io.github.dl4jsparse.examples.restore;

import io.github.dl4jsparse.examples.run.Experiment;
import io.github.dl4jsparse.examples.run.ExperimentCommand;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Removes noise from images and fills in missing pixels. Start reading at {@link RestoreResult}. */
@Command(
        name = "restore",
        description = {
            "Removes noise from an image or a folder of them, and fills in missing pixels.",
            "It writes restored images, pictures for comparison, the restorer and result.json."
        })
public final class RestoreCommand extends ExperimentCommand<RestoreSettings, RestoreData> {
    public RestoreCommand() {
        super(new RestoreSettings());
    }

    @Override
    protected RestoreData data(RestoreSettings s, long seed) throws IOException {
        return s.data();
    }

    @Override
    protected String opening(RestoreSettings s, RestoreData data, long seed) {
        return data.summary();
    }

    @Override
    protected RestoreResult run(RestoreSettings s, RestoreData data, long seed, Experiment experiment)
            throws IOException {
        return RestoreResult.of(s, data, seed, experiment);
    }
}
