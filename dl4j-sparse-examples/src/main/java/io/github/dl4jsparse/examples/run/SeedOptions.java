package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.internal.check.Args;
import picocli.CommandLine.Option;

/** How often a command runs, each time with the next seed. */
public final class SeedOptions {
    @Option(
            names = "--seeds",
            defaultValue = "1",
            paramLabel = "N",
            description = "Runs N times, from --seed on, and reports each and the spread (default: ${DEFAULT-VALUE}).")
    private int seeds;

    /** @throws IllegalArgumentException if the number is below 1 */
    public int count() {
        return Args.atLeast("--seeds", seeds, 1);
    }
}
