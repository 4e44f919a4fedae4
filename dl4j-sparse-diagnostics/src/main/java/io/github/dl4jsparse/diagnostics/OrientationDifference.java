package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The mean difference in orientation of neighbouring units, relative to that of all pairs, with a permutation test.
 * <p>\[ \mathrm{ratio} = \frac{\mathrm{mean}_{(i,j) \in N}\, |\theta_i - \theta_j|}{\mathrm{mean}_{i \lt j}\,
 * |\theta_i - \theta_j|}, \qquad p = \frac{1 + \#\{\pi : \mathrm{ratio}_\pi \le \mathrm{ratio}\}}{1 +
 * \mathrm{permutations}} \]
 * where the difference is the angle between two lines, from 0 to pi/2, N holds every unit with the next one in its row and
 * its column, and each pi puts the same orientations into other positions, at random. The ratio is 1 where orientation
 * does not depend on the position, and near 0 on a smooth map. Units without an orientation stay in their positions and
 * no pair with them counts; where no pair is left, or all orientations are the same, the ratio is NaN and p is 1.
 * <p>Reference: Phipson and Smyth, Permutation p-values should never be zero, Statistical Applications in Genetics and
 * Molecular Biology 9, 2010.
 *
 * @param neighbourMean mean difference of neighbours in rad
 * @param overallMean   mean difference of all pairs in rad
 * @param pValue        from 1 / (1 + permutations) to 1
 */
public record OrientationDifference(double neighbourMean, double overallMean, double pValue) {
    /** A usual number of permutations; the smallest p is then 1/1000. */
    public static final int PERMUTATIONS = 999;

    private static final double ROUNDING = 1e-12;

    /** The mean difference of neighbours divided by that of all pairs. */
    public double ratio() {
        return neighbourMean / overallMean;
    }

    /**
     * Compares the units of a map.
     *
     * @param orientations in rad, NaN for a unit without one. Not modified.
     * @param permutations at least 1; {@value #PERMUTATIONS} is usual
     * @param seed         of the permutations
     * @throws IllegalArgumentException if there are more or fewer orientations than units, or there is no permutation
     */
    public static OrientationDifference of(MapGrid grid, double[] orientations, int permutations, long seed) {
        Args.atLeast("permutations", permutations, 1);
        Args.given("grid", grid).checked("orientations", orientations);
        int[] places = IntStream.range(0, orientations.length)
                .filter(unit -> !Double.isNaN(orientations[unit]))
                .toArray();
        int[][] pairs = Arrays.stream(grid.neighbours())
                .filter(pair -> !Double.isNaN(orientations[pair[0]] + orientations[pair[1]]))
                .toArray(int[][]::new);
        int[] arrangement = Arrangement.identity(orientations.length);
        double observed = mean(orientations, pairs, arrangement);
        double overall = meanOfAll(orientations, places);
        Random random = new Random(seed);
        int notMore = 0;
        for (int permutation = 0; permutation < permutations; permutation++) {
            Arrangement.shuffle(arrangement, places, random);
            // written so that NaN counts as not more
            if (!(mean(orientations, pairs, arrangement) > observed * (1 + ROUNDING))) {
                notMore++;
            }
        }
        double p = overall > 0 ? (1.0 + notMore) / (1 + permutations) : 1;
        return new OrientationDifference(overall > 0 ? observed : Double.NaN, overall, p);
    }

    /** The angle between two lines, from 0 to pi/2. */
    static double between(double theta, double other) {
        return Math.abs(Math.IEEEremainder(theta - other, Math.PI));
    }

    private static double mean(double[] orientations, int[][] pairs, int[] arrangement) {
        double sum = 0;
        for (int[] pair : pairs) {
            sum += between(orientations[arrangement[pair[0]]], orientations[arrangement[pair[1]]]);
        }
        return sum / pairs.length;
    }

    private static double meanOfAll(double[] orientations, int[] places) {
        double sum = 0;
        for (int i = 0; i < places.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += between(orientations[places[i]], orientations[places[j]]);
            }
        }
        return sum / (places.length * (places.length - 1.0) / 2);
    }
}
