package io.github.dl4jsparse.examples.features;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How often a way of classifying is right, draw by draw.
 *
 * @param name       of the way
 * @param accuracies shares of right answers on images that it was not trained on; NaN where there are none
 */
record FeaturesMeasurement(String name, List<Double> accuracies) {
    /** The mean over the draws. */
    double mean() {
        return accuracies.stream().mapToDouble(a -> a).average().orElse(Double.NaN);
    }

    /** The standard deviation over the draws; 0 for one. */
    double deviation() {
        double mean = mean();
        double sum =
                accuracies.stream().mapToDouble(a -> (a - mean) * (a - mean)).sum();
        return accuracies.size() < 2 ? 0 : Math.sqrt(sum / (accuracies.size() - 1));
    }

    /** The means of the differences to another way on the same draws, with their standard deviation, in per cent. */
    String against(FeaturesMeasurement other) {
        FeaturesMeasurement difference = new FeaturesMeasurement(
                "",
                IntStream.range(0, accuracies.size())
                        .mapToObj(i -> accuracies.get(i) - other.accuracies().get(i))
                        .toList());
        return difference.text("%+.1f");
    }

    /** Mean and, of several draws, deviation in per cent. */
    String text() {
        return text("%.1f");
    }

    private String text(String form) {
        String mean = String.format(Locale.ROOT, form, 100 * mean());
        return accuracies.size() < 2 ? mean : String.format(Locale.ROOT, "%s ± %.1f", mean, 100 * deviation());
    }
}
