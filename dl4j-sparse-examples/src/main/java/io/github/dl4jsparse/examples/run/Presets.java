package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values of a command's options by name, from {@code presets.properties} beside the class of its settings. A line is
 * {@code section.option=value}, such as {@code paper.units=400}.
 */
final class Presets {
    private static final String FILE = "presets.properties";

    private final Properties values = new Properties();

    private Presets() {}

    /** Reads the file of a class of settings. */
    static Presets of(Class<?> settings) {
        Presets presets = new Presets();
        try (InputStream in = settings.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("no " + FILE + " beside " + settings.getName());
            }
            presets.values.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return presets;
    }

    /** Sets options of a command that are not on its command line to the values of sections; a later section wins. */
    void complete(CommandSpec command, String... sections) {
        for (Map.Entry<String, String> value : values(sections).entrySet()) {
            OptionSpec option = command.findOption("--" + value.getKey());
            if (option == null) {
                throw new IllegalStateException(FILE + " of " + command.name() + " names no option: " + value.getKey());
            }
            if (!command.commandLine().getParseResult().hasMatchedOption(option)) {
                option.setValue(parsed(option, value.getValue().strip()));
            }
        }
    }

    private Map<String, String> values(String... sections) {
        Map<String, String> chosen = new LinkedHashMap<>();
        for (String section : sections) {
            List<String> keys = values.stringPropertyNames().stream()
                    .filter(key -> key.startsWith(section + "."))
                    .sorted()
                    .toList();
            if (keys.isEmpty()) {
                throw new IllegalStateException(FILE + " has no section " + section);
            }
            keys.forEach(key -> chosen.put(key.substring(section.length() + 1), values.getProperty(key)));
        }
        return chosen;
    }

    private static Object parsed(OptionSpec option, String text) {
        if (option.isMultiValue()) {
            Class<?> element = option.auxiliaryTypes()[0];
            return text.isEmpty()
                    ? List.of()
                    : Arrays.stream(text.split(","))
                            .map(part -> parsed(element, part))
                            .toList();
        }
        return parsed(option.type(), text);
    }

    private static Object parsed(Class<?> type, String text) {
        if (type == int.class || type == Integer.class) {
            return Integer.valueOf(text);
        }
        if (type == double.class || type == Double.class) {
            return Double.valueOf(text);
        }
        if (type == boolean.class) {
            return Boolean.valueOf(text);
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(each -> each.toString().equals(text))
                    .findFirst()
                    .orElseThrow(
                            () -> Args.failure("preset", "one of " + Arrays.toString(type.getEnumConstants()), text));
        }
        return text;
    }
}
