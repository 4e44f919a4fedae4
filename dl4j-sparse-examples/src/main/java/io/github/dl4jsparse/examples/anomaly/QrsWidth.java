package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.task.data.SignalFilter;
import java.util.Arrays;

/**
 * The rule by which beats of an electrocardiogram count as wide: a QRS complex of at least 120 ms. It was written down before the first
 * beat was scored, and depends on nothing that a detector computes.
 * <p>The signal is smoothed with a cut-off of 25 Hz; its slope is taken over 11 ms. The complex reaches from the beat's position in both
 * directions as far as the slope is at least 5 mV/s and at least a tenth of the steepest within 100 ms of the position. Less steep pieces
 * are bridged if they last up to 20 ms, as the slope is 0 at every peak, or if the signal stays in them beyond half of the beat's height
 * over the median of the 800 ms around it, as between the two peaks of a notched complex. It is looked for within 200 ms of the position.
 */
final class QrsWidth {
    /** Complexes of this many seconds are wide. */
    static final double WIDE = 0.12;

    private static final double CUT_OFF = 25;
    private static final double SLOPE_SECONDS = 0.011;
    private static final double LEAST_SLOPE = 5;
    private static final double SHARE = 0.1;
    private static final double BRIDGED_SECONDS = 0.02;
    private static final double NEAR_SECONDS = 0.1;
    private static final double REACH_SECONDS = 0.2;
    private static final double AROUND_SECONDS = 0.4;

    private final double rate;
    private final double[] smooth;
    private final double[] slopes;

    /**
     * @param millivolts one channel. Not modified.
     * @param rate       samples a second
     */
    QrsWidth(double[] millivolts, double rate) {
        this.rate = rate;
        smooth = SignalFilter.lowPass(millivolts, rate, CUT_OFF);
        int half = halfOfSlope();
        slopes = new double[smooth.length];
        for (int i = half; i < slopes.length - half; i++) {
            slopes[i] = Math.abs(smooth[i + half] - smooth[i - half]) * rate / (2 * half);
        }
    }

    private int halfOfSlope() {
        return Math.max(1, (int) Math.round(SLOPE_SECONDS * rate / 2));
    }

    /** Whether a beat is wide. */
    boolean isWide(int beat) {
        return seconds(beat) >= WIDE;
    }

    /** The width of a beat's QRS complex in seconds; 0 where nothing is steep. */
    double seconds(int beat) {
        int near = (int) Math.round(NEAR_SECONDS * rate);
        double steepest = 0;
        for (int i = Math.max(0, beat - near); i <= Math.min(slopes.length - 1, beat + near); i++) {
            steepest = Math.max(steepest, slopes[i]);
        }
        double threshold = Math.max(LEAST_SLOPE, SHARE * steepest);
        int start = nearest(beat, threshold);
        if (start < 0) {
            return 0;
        }
        int first = end(start, beat, -1, threshold);
        int last = end(start, beat, 1, threshold);
        return (last - first + 1) / rate;
    }

    private int nearest(int beat, double threshold) {
        int reach = (int) Math.round(REACH_SECONDS * rate);
        for (int distance = 0; distance <= reach; distance++) {
            for (int at : new int[] {beat - distance, beat + distance}) {
                if (at >= 0 && at < slopes.length && slopes[at] >= threshold) {
                    return at;
                }
            }
        }
        return -1;
    }

    /** The last steep position in one direction. */
    private int end(int start, int beat, int direction, double threshold) {
        int reach = (int) Math.round(REACH_SECONDS * rate);
        int bridged = (int) Math.round(BRIDGED_SECONDS * rate);
        double base = base(beat);
        int last = start;
        int flat = 0;
        for (int at = start; at >= 0 && at < slopes.length && Math.abs(at - beat) <= reach; at += direction) {
            boolean high = (smooth[at] - base) / (smooth[beat] - base) >= 0.5;
            if (slopes[at] >= threshold) {
                last = at;
                flat = 0;
            } else if (!high && ++flat > bridged) {
                break;
            }
        }
        return last;
    }

    private double base(int beat) {
        int around = (int) Math.round(AROUND_SECONDS * rate);
        double[] values =
                Arrays.copyOfRange(smooth, Math.max(0, beat - around), Math.min(smooth.length, beat + around + 1));
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
