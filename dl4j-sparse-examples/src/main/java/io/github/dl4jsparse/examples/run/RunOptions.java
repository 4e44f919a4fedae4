package io.github.dl4jsparse.examples.run;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every example can be told: where its results go, and the seed. */
public abstract class RunOptions {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "${COMMAND-NAME}-out",
            description = "Where the results go, made if missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
    private long seed;

    /** Directory of the results. */
    public final Path out() {
        return out;
    }

    /** Seed of everything random. */
    public final long seed() {
        return seed;
    }
}
