package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.internal.check.Args;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The settings of a command: fields that picocli sets, completed by the command's {@link Presets}, and written into
 * {@code result.json} by the names of their options.
 */
public abstract class Settings {
    /** Options that say where results go or what is printed; they decide nothing that is measured. */
    private static final List<String> NOT_WRITTEN =
            List.of("--out", "--force", "--seed", "--resume", "--verbose", "--open");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "${COMMAND-NAME}-out",
            description = "Where the results go: an empty directory, made if missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--force",
            description = "Remove the files that the last run left in --out, as its manifest.json names them.")
    private boolean force;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--quick", description = "A small run, done in seconds whatever the data: to see that it runs.")
    private boolean quick;

    @Option(names = "--open", description = "Open report.html in the browser at the end.")
    private boolean open;

    /** Whether the report is opened at the end. */
    final boolean open() {
        return open;
    }

    /** Whether all is cut short. */
    public final boolean quick() {
        return quick;
    }

    /**
     * Directory of the results.
     *
     * @throws IllegalArgumentException if its name is empty
     */
    public final Path out() {
        if (out.toString().isBlank()) {
            throw Args.failure("--out", "the name of a directory", "\"" + out + "\"");
        }
        return out;
    }

    /** Whether the files of the run before are removed. */
    public final boolean force() {
        return force;
    }

    /** Whether a directory with files of an earlier run is taken as it is. */
    public boolean resume() {
        return false;
    }

    /** Seed of everything random, that of the first run. */
    public final long seed() {
        return seed;
    }

    /** How often the command runs, each time with the next seed. */
    public int seeds() {
        return 1;
    }

    /**
     * Completes what was not given and checks all, before anything is read.
     *
     * @throws IllegalArgumentException if a value is out of its range, or options do not go together
     */
    public void check() {}

    /**
     * Gives options that are not on the command line the values of the presets file beside this class.
     *
     * @param sections of the file; a later one wins
     */
    protected final void complete(String... sections) {
        Presets.of(getClass()).complete(command, sections);
    }

    /** Whether an option is on the command line. */
    protected final boolean isGiven(String option) {
        return command.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** The values of the options by their names in {@code result.json}: {@code --learning-rate} is learningRate. */
    public final Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            put(values, parameter.paramLabel().toLowerCase(Locale.ROOT), parameter);
        }
        for (OptionSpec option : command.options()) {
            boolean written =
                    !option.usageHelp() && !option.versionHelp() && !NOT_WRITTEN.contains(option.longestName());
            if (written) {
                put(values, key(option.longestName()), option);
            }
        }
        return values;
    }

    private static void put(Map<String, Object> values, String key, ArgSpec argument) {
        Object value = argument.getValue();
        if (value != null) {
            values.put(key, value);
        }
    }

    private static String key(String option) {
        StringBuilder key = new StringBuilder();
        for (String word : option.replaceFirst("^-+", "").split("-")) {
            key.append(key.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return key.toString();
    }
}
