package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import java.util.Locale;

/**
 * Median, deviation and threshold from the scores of good examples that were not fitted.
 * <p>Standardised is {@code (s - median) / (1.4826 MAD)}. The threshold for a share a of false alarms is the k-th smallest of the n
 * scores,
 * <pre>{@code
 * k = ceil((1 - a) (n + 1))
 * }</pre>
 * <p>The rank of a new good example among them is uniformly distributed, so that it exceeds the threshold with
 * probability {@code (n + 1 - k) / (n + 1) <= a}. Where k is above n, n scores are too few for such a share: the
 * threshold is then the largest score, which is exceeded with probability {@code 1 / (n + 1)}.
 * <p>References: Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World, 2005; Laxhammar and Falkman, Conformal prediction
 * for distribution-independent anomaly detection in streaming vessel data, 2010.
 *
 * @param median    of the scores
 * @param deviation 1.4826 times the median absolute deviation; above 0
 */
record HeldOutScores(double median, double deviation) {
    /** Ratio of standard deviation to median absolute deviation of a normal distribution. */
    private static final double NORMAL = 1.4826;

    HeldOutScores {
        if (!Double.isFinite(median)) {
            throw Args.failure("median of the held-out scores", "finite", median);
        }
        Args.positive("deviation of the held-out scores", deviation);
    }

    static HeldOutScores of(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double median = middle(sorted);
        double[] differences =
                Arrays.stream(sorted).map(s -> Math.abs(s - median)).sorted().toArray();
        double deviation = NORMAL * middle(differences);
        if (!(deviation > 0)) {
            // more than half of the scores are equal
            deviation = Math.sqrt(Arrays.stream(sorted)
                    .map(s -> (s - median) * (s - median))
                    .average()
                    .orElse(0));
        }
        return new HeldOutScores(median, deviation > 0 ? deviation : 1);
    }

    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    double standardised(double score) {
        return (score - median) / deviation;
    }

    /** The position k among n scores, from 1; above n where n is too small for the share. */
    static int rank(int n, double falseAlarms) {
        // of 0.95 * 20 the product is 19.000000000000004 or so
        return (int) Math.ceil((1 - falseAlarms) * (n + 1) - 1e-9);
    }

    /**
     * The threshold of standardised scores.
     *
     * @param contamination share of the scores that may be of anomalous examples: the largest, which are left out
     */
    static double threshold(double[] standardised, double falseAlarms, double contamination) {
        double[] sorted = standardised.clone();
        Arrays.sort(sorted);
        int n = good(sorted.length, contamination);
        return sorted[Math.min(rank(n, falseAlarms), n) - 1];
    }

    /** The number of n examples that count as good. */
    static int good(int n, double contamination) {
        return Math.max(1, n - (int) Math.round(contamination * n));
    }

    /** A sentence where n scores are too few for a share; else empty. */
    static String tooFew(int n, double falseAlarms) {
        return rank(n, falseAlarms) <= n
                ? ""
                : String.format(
                        Locale.ROOT,
                        "held-out good examples must be at least %d for a share of false alarms of %s, got %d: the threshold is "
                                + "their largest score, and the share up to %.3f; give more good examples",
                        (int) Math.ceil(1 / falseAlarms - 1e-9) - 1,
                        Double.toString(falseAlarms),
                        n,
                        1.0 / (n + 1));
    }
}
