package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the beats of an electrocardiogram by the steepness of their QRS complexes.
 * <pre>{@code
 * s = band(x, 3 Hz .. 20 Hz),   m(t) = mean of |ds/dt| over 100 ms
 * }</pre>
 * <p>A beat is a maximum of m within 200 ms on either side that reaches 0.35 of the median of the last eight beats;
 * while there are fewer, 0.35 of the typical height of such maxima. Its position is the largest |s| within 100 ms.
 * Absolute slopes, not their squares: wide beats are slower than narrow ones by a factor of three, and squares would
 * lose them.
 * <p>After J. Pan and W. J. Tompkins, "A real-time QRS detection algorithm", IEEE Trans. Biomed. Eng. 32, 1985.
 */
public final class HeartBeats {
    private static final double LOW = 3;
    private static final double HIGH = 20;
    private static final double AVERAGED_SECONDS = 0.1;
    private static final double SEPARATION_SECONDS = 0.2;
    private static final double SHARE = 0.35;
    private static final int REMEMBERED = 8;

    private HeartBeats() {}

    /**
     * Finds beats.
     *
     * @param samples of one channel, in any unit. Not modified.
     * @param rate    samples a second, at least 50
     * @return positions in ascending order; empty where there are none
     * @throws IllegalArgumentException if the rate is too low, or there are no samples
     */
    public static int[] find(float[] samples, double rate) {
        Args.atLeast("number of samples", Args.given("samples", samples).length, 1);
        if (!(rate >= 50 && rate < Double.POSITIVE_INFINITY)) {
            throw Args.failure("rate of an electrocardiogram", "at least 50 samples a second", rate);
        }
        double[] values = new double[samples.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = samples[i];
        }
        double[] band = SignalFilter.bandPass(values, rate, LOW, HIGH);
        double[] steepness = steepness(band, (int) Math.round(AVERAGED_SECONDS * rate));
        int separation = (int) Math.round(SEPARATION_SECONDS * rate);
        List<Integer> maxima = maxima(steepness, separation);
        List<Integer> beats = new ArrayList<>();
        if (maxima.isEmpty()) {
            return new int[0];
        }
        double[] recent = new double[REMEMBERED];
        Arrays.fill(recent, usual(steepness, maxima));
        for (int at : maxima) {
            if (steepness[at] > SHARE * median(recent)) {
                beats.add(largest(band, at - separation / 2, at + separation / 2));
                recent[beats.size() % REMEMBERED] = steepness[at];
            }
        }
        return beats.stream().mapToInt(Integer::intValue).distinct().toArray();
    }

    private static double[] steepness(double[] band, int window) {
        double[] sums = new double[band.length + 1];
        for (int i = 0; i < band.length; i++) {
            double slope = band[Math.min(i + 1, band.length - 1)] - band[Math.max(i - 1, 0)];
            sums[i + 1] = sums[i] + Math.abs(slope);
        }
        double[] means = new double[band.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = sums[Math.min(i + window / 2, band.length)] - sums[Math.max(i - window / 2, 0)];
        }
        return means;
    }

    private static List<Integer> maxima(double[] values, int separation) {
        List<Integer> maxima = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0 && largest(values, i - separation, i + separation) == i) {
                maxima.add(i);
            }
        }
        return maxima;
    }

    /** The first position of the largest absolute value. */
    private static int largest(double[] values, int from, int to) {
        int best = Math.max(from, 0);
        for (int i = best; i <= Math.min(to, values.length - 1); i++) {
            best = Math.abs(values[i]) > Math.abs(values[best]) ? i : best;
        }
        return best;
    }

    /** The median of the maxima that are above nine tenths of all samples. */
    private static double usual(double[] steepness, List<Integer> maxima) {
        double[] sorted = steepness.clone();
        Arrays.sort(sorted);
        double high = sorted[(int) (0.9 * (sorted.length - 1))];
        double[] peaks = maxima.stream()
                .mapToDouble(at -> steepness[at])
                .filter(value -> value >= high)
                .toArray();
        return peaks.length == 0 ? high : median(peaks);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
