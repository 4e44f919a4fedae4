package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.internal.check.Args;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settings of every type, for tests; their presets are in the resources of the tests. */
final class DiceSettings extends Settings {
    enum Way {
        LEFT,
        RIGHT;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Option(names = "--size")
    private int size;

    @Option(names = "--sides", split = ",")
    List<Integer> sides;

    @Option(names = "--rate")
    double rate;

    @Option(names = "--way")
    Way way;

    @Option(names = "--most")
    Integer most;

    @Option(names = "--preset", defaultValue = "all")
    private String preset;

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Override
    public int seeds() {
        return seeds.count();
    }

    @Override
    public void check() {
        complete(quick() ? new String[] {"all", preset, "short"} : new String[] {"all", preset});
        Args.atLeast("--size", size, 1);
    }

    int size() {
        return size;
    }
}
