package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One point of a {@link Grid}.
 *
 * @param values by the names of the axes
 */
record Setting(Map<String, Double> values) {
    Setting {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** @throws IllegalArgumentException if there is no such axis */
    double value(String axis) {
        Double value = values.get(axis);
        if (value == null) {
            throw Args.failure("axis", "one of " + values.keySet(), axis);
        }
        return value;
    }

    /**
     * A value that is a whole number.
     *
     * @throws IllegalArgumentException if there is no such axis
     */
    int count(String axis) {
        return Math.toIntExact(Math.round(value(axis)));
    }

    /** The same with one more value, or another one. */
    Setting with(String axis, double value) {
        Map<String, Double> more = new LinkedHashMap<>(values);
        more.put(axis, value);
        return new Setting(more);
    }

    /** The values of some axes. */
    Setting only(Set<String> axes) {
        Map<String, Double> kept = new LinkedHashMap<>(values);
        kept.keySet().retainAll(axes);
        return new Setting(kept);
    }

    /** Names and values in one line. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(value -> value.getKey() + " " + text(value.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** A value as short as it can be written. */
    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.3g", value)
                        .replaceFirst("(\\.\\d*?)0+($|e)", "$1$2")
                        .replaceFirst("\\.($|e)", "$1");
    }
}
