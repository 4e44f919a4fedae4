package io.github.dl4jsparse.diagnostics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Frequency and magnitudes of activity of each unit of a code, accumulated batch by batch.
 * <p>A unit of a code of maps is a map, which is active in an example where it is so at any position.
 */
final class UnitActivity {
    private static final int SAMPLE = 2048;

    private final long[] activeExamples;
    private final long[] activePositions;
    private final double[] sums;
    private final float[][] sample;
    /** {@code together[i][j]}: examples in which both units are active. */
    private final int[][] together;

    private final SplittableRandom random = new SplittableRandom(1);
    private long examples;
    private long positions;

    UnitActivity(int units) {
        activeExamples = new long[units];
        activePositions = new long[units];
        sums = new double[units];
        sample = new float[units][];
        together = new int[units][units];
    }

    /** Takes the codes of the next examples. */
    void add(CodeValues codes) {
        int places = codes.height() * codes.width();
        int[] active = new int[activeExamples.length];
        for (int example = 0; example < codes.batch(); example++) {
            int count = 0;
            for (int unit = 0; unit < activeExamples.length; unit++) {
                boolean any = false;
                for (int place = 0; place < places; place++) {
                    double value = codes.value(example, place, unit);
                    if (value != 0) {
                        any = true;
                        keep(unit, value);
                    }
                }
                if (any) {
                    activeExamples[unit]++;
                    active[count++] = unit;
                }
            }
            for (int a = 0; a < count; a++) {
                for (int b = 0; b < count; b++) {
                    together[active[a]][active[b]]++;
                }
            }
        }
        examples += codes.batch();
        positions += (long) codes.batch() * places;
    }

    /** Algorithm R of Vitter: each value is in the sample with the same probability. */
    private void keep(int unit, double value) {
        long seen = activePositions[unit]++;
        sums[unit] += Math.abs(value);
        if (sample[unit] == null) {
            sample[unit] = new float[SAMPLE];
        }
        long slot = seen < SAMPLE ? seen : random.nextLong(seen + 1);
        if (slot < SAMPLE) {
            sample[unit][(int) slot] = (float) Math.abs(value);
        }
    }

    /** The share of the examples in which a unit is active. */
    double share(int unit) {
        return (double) activeExamples[unit] / examples;
    }

    /** The share of all positions of all examples at which a unit is active. */
    double positionShare(int unit) {
        return (double) activePositions[unit] / positions;
    }

    /** The mean magnitude where a unit is active; 0 for one that never is. */
    double mean(int unit) {
        return activePositions[unit] == 0 ? 0 : sums[unit] / activePositions[unit];
    }

    /** The largest magnitude in the sample. */
    double largest(int unit) {
        double largest = 0;
        for (float value : sampled(unit)) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    private float[] sampled(int unit) {
        return sample[unit] == null
                ? new float[0]
                : Arrays.copyOf(sample[unit], (int) Math.min(SAMPLE, activePositions[unit]));
    }

    /** A histogram of a sample of active magnitudes, in equal ranges from 0 to the {@link #largest}. */
    int[] histogram(int unit, int bins) {
        int[] counts = new int[bins];
        double largest = largest(unit);
        for (float value : sampled(unit)) {
            counts[Math.min(bins - 1, (int) (bins * value / largest))]++;
        }
        return counts;
    }

    /**
     * The correlation of two units' being active, the phi coefficient; 0 where one is always or never active.
     */
    double coActivation(int a, int b) {
        double pa = share(a);
        double pb = share(b);
        double both = (double) together[a][b] / examples;
        double deviation = Math.sqrt(pa * (1 - pa) * pb * (1 - pb));
        return deviation > 0 ? (both - pa * pb) / deviation : 0;
    }
}
