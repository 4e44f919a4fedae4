package io.github.dl4jsparse.examples.run;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Settings as a command line sets them, without the command. */
public final class ParsedSettings {
    @Command(name = "test")
    private static final class Host {
        @Mixin
        private Settings settings;
    }

    private ParsedSettings() {}

    /** Parses; what was not given is completed by the settings' own check. */
    public static <S extends Settings> S of(S settings, String... arguments) {
        Host host = new Host();
        host.settings = settings;
        new CommandLine(host)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .parseArgs(arguments);
        return settings;
    }

    /** Parses and checks. */
    public static <S extends Settings> S checked(S settings, String... arguments) {
        of(settings, arguments).check();
        return settings;
    }
}
