package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;

/** The area under the ROC curve: the probability that an odd example has a higher score than a good one, a tie counting half. */
final class AreaUnderCurve {
    private AreaUnderCurve() {}

    /**
     * The area of scores with a mark each.
     *
     * @param scores none NaN. Not modified.
     * @param odd    of that length, with at least one of each kind. Not modified.
     */
    static double of(double[] scores, boolean[] odd) {
        double[] good = new double[scores.length];
        double[] bad = new double[scores.length];
        int goods = 0;
        int bads = 0;
        for (int i = 0; i < scores.length; i++) {
            if (odd[i]) {
                bad[bads++] = scores[i];
            } else {
                good[goods++] = scores[i];
            }
        }
        Args.atLeast("number of good examples", goods, 1);
        Args.atLeast("number of odd examples", bads, 1);
        double[] sorted = Arrays.copyOf(good, goods);
        Arrays.sort(sorted);
        double below = 0;
        for (int i = 0; i < bads; i++) {
            below += (position(sorted, bad[i], false) + position(sorted, bad[i], true)) / 2.0;
        }
        return below / goods / bads;
    }

    /** How many are below a value, or not above it. */
    private static int position(double[] sorted, double value, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || orEqual && sorted[middle] == value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
