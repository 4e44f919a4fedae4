package io.github.dl4jsparse.examples.run;

import java.util.List;
import java.util.stream.IntStream;

/** Mean and standard deviation of a figure that was measured several times. */
public final class Repetitions {
    private Repetitions() {}

    /** The mean; NaN if there are no values. */
    public static double mean(List<Double> values) {
        return values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    }

    /** The standard deviation, estimated with one degree of freedom less than values; 0 for a single one. */
    public static double deviation(List<Double> values) {
        double mean = mean(values);
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
    }

    /** Each value of one list less that of the same place of another. */
    public static List<Double> differences(List<Double> from, List<Double> values) {
        return IntStream.range(0, from.size())
                .mapToObj(i -> from.get(i) - values.get(i))
                .toList();
    }
}
