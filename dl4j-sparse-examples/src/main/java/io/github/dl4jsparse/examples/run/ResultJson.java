package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.nn.LossTerms;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializationFeature;

/**
 * The machine-readable outcome of a command, {@code result.json}: one object that begins with the same keys for every command -
 * command, arguments, version, data, seed, settings, seconds - followed by what the command measured, the machine and the files.
 * Shares are fractions from 0 to 1.
 * <p>A number that does not exist (NaN) is written as null, so that the file is JSON.
 */
public final class ResultJson {
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** An empty object. */
    public ResultJson() {}

    /**
     * @param command  name of the subcommand
     * @param data     name of the data
     * @param settings a record, each component of which becomes a key
     * @param seconds  wall time of training and measuring
     */
    public ResultJson(String command, String data, long seed, Record settings, double seconds) {
        values.put("command", command);
        values.put("data", data);
        values.put("seed", seed);
        values.put("settings", keys(settings));
        values.put("seconds", rounded(seconds));
    }

    /**
     * Of a command without a seed, settings and data.
     *
     * @param command name of the subcommand
     * @param machine what it ran on
     */
    public ResultJson(String command, String machine) {
        values.put("command", command);
        values.put("machine", machine);
    }

    /** Seconds with one decimal. */
    static double rounded(double seconds) {
        return Math.round(10 * seconds) / 10.0;
    }

    /** Adds a number, text, list or map. */
    public ResultJson with(String key, Object value) {
        values.put(key, valid(value));
        return this;
    }

    /** Adds every component of a record under its own name. */
    public ResultJson with(Record measured) {
        values.putAll(keys(measured));
        return this;
    }

    /** Adds each entry under its key. */
    public ResultJson with(Map<String, Object> figures) {
        figures.forEach(this::with);
        return this;
    }

    /** The components of a record by their names. */
    public static Map<String, Object> keys(Record settings) {
        Map<String, Object> keys = new LinkedHashMap<>();
        try {
            for (RecordComponent component : settings.getClass().getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                put(keys, component.getName(), component.getAccessor().invoke(settings));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("can't read " + settings, e);
        }
        return keys;
    }

    /** The terms of a loss have a key each, whatever the component's name. */
    private static void put(Map<String, Object> keys, String name, Object value) {
        if (value instanceof LossTerms losses) {
            losses.terms().forEach(term -> keys.put(term.name() + "Loss", valid(term.value())));
        } else {
            keys.put(name, valid(value));
        }
    }

    private static Object valid(Object value) {
        if (value instanceof Enum<?>) {
            return value.toString();
        }
        if (value instanceof Record record) {
            return keys(record);
        }
        if (value instanceof Path path) {
            return path.toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            map.forEach((key, each) -> entries.put(key, valid(each)));
            return entries;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ResultJson::valid).toList();
        }
        return value instanceof Double number && !Double.isFinite(number) ? null : value;
    }

    /** Writes the object, indented, as UTF-8. */
    void writeTo(OutputStream out) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        out.write(mapper.writeValueAsBytes(values));
        out.write('\n');
    }
}
