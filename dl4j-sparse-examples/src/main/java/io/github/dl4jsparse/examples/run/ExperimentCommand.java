package io.github.dl4jsparse.examples.run;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that runs once for each seed: settings are checked, the directory is opened, data is read, and then {@link #run}
 * trains and measures.
 *
 * @param <S> the settings
 * @param <D> the data of a run
 */
public abstract class ExperimentCommand<S extends Settings, D> implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private final S settings;

    /** @param settings to be filled in by picocli */
    protected ExperimentCommand(S settings) {
        this.settings = settings;
    }

    /** Reads the data of a run; all that can be wrong with it is found out here. */
    protected abstract D data(S settings, long seed) throws IOException;

    /** What is printed before a run. */
    protected abstract String opening(S settings, D data, long seed);

    /** Trains and measures. */
    protected abstract Result run(S settings, D data, long seed, Experiment experiment) throws IOException;

    @Override
    public final Integer call() throws IOException {
        settings.check();
        Experiment experiment = Experiment.start(command, settings);
        for (int i = 0; i < settings.seeds(); i++) {
            long seed = settings.seed() + i;
            D data = data(settings, seed);
            experiment.say(opening(settings, data, seed));
            experiment.run(seed, () -> run(settings, data, seed, experiment));
        }
        experiment.finish();
        return 0;
    }
}
