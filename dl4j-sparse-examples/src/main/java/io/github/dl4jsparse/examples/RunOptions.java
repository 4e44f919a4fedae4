package io.github.dl4jsparse.examples;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every example can be told: where its results go, and the seed. */
abstract class RunOptions {
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

    final Path out() {
        return out;
    }

    final long seed() {
        return seed;
    }
}
