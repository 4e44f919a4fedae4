package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Norms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The mean similarity of the filters of neighbouring units, relative to that of all pairs, with a permutation test.
 * <p>\[ \mathrm{ratio} = \frac{\mathrm{mean}_{(i,j) \in N} |\cos(d_i, d_j)|}{\mathrm{mean}_{i \lt j} |\cos(d_i, d_j)|},
 * \qquad p = \frac{1 + \#\{\pi : \mathrm{ratio}_\pi \ge \mathrm{ratio}\}}{1 + \mathrm{permutations}} \]
 * where N holds the pairs of neighbours, and each pi puts the same filters into other positions, at random. The ratio
 * is 1 where filters do not depend on their positions; p is then uniform from 0 to 1.
 * <p>A filter of zeros has no direction: it stays in its place and no pair with it counts. Where no pair is left, or no
 * two filters overlap, the ratio is NaN and p is 1.
 * <p>Shapes: {@code filters: [pixels, n]}. All cosines are kept, 8 n^2 bytes.
 * <p>Reference: Phipson and Smyth, Permutation p-values should never be zero, Statistical Applications in Genetics and
 * Molecular Biology 9, 2010.
 *
 * @param neighbourMean mean of |cos| over the pairs of neighbours
 * @param overallMean   mean of |cos| over all pairs
 * @param pValue        from 1 / (1 + permutations) to 1
 */
public record NeighbourSimilarity(double neighbourMean, double overallMean, double pValue) {
    /** A usual number of permutations; the smallest p is then 1/1000. */
    public static final int PERMUTATIONS = 999;

    /** Relative differences below this are rounding error of sums of the same cosines in another order. */
    private static final double ROUNDING = 1e-12;

    /** The mean of neighbours divided by the mean of all pairs. */
    public double ratio() {
        return neighbourMean / overallMean;
    }

    /**
     * Compares every unit of a map with the next ones in its row and its column; the last is next to the first.
     *
     * @param filters {@code [pixels, height * width]}, the units row by row. Not modified.
     * @param height  of the map, in units
     * @param width   of the map, in units
     * @throws IllegalArgumentException if the map has another number of units, or as {@link #pairs}
     */
    public static NeighbourSimilarity torus(INDArray filters, int height, int width, int permutations, long seed) {
        Args.atLeast("height", height, 1);
        Args.atLeast("width", width, 1);
        if (Args.given("filters", filters).rank() != 2 || filters.size(1) != (long) height * width) {
            throw Args.failure(
                    "filters",
                    "a matrix with " + height + " x " + width + " columns",
                    Arrays.toString(filters.shape()));
        }
        return pairs(filters, MapGrid.torus(height, width).neighbours(), permutations, seed);
    }

    /**
     * Compares every unit of a tree with its parent.
     *
     * @param filters {@code [pixels, n]}. Not modified.
     * @param parents of each unit, -1 for a root. Not modified.
     * @throws IllegalArgumentException if the parents make no tree or trees of n units, or as {@link #pairs}
     */
    public static NeighbourSimilarity tree(INDArray filters, int[] parents, int permutations, long seed) {
        Forest forest = Forest.of(parents, (int) Args.given("filters", filters).size(-1));
        List<int[]> pairs = new ArrayList<>();
        for (int unit = 0; unit < parents.length; unit++) {
            if (forest.parent(unit) >= 0) {
                pairs.add(new int[] {unit, forest.parent(unit)});
            }
        }
        return pairs(filters, pairs.toArray(int[][]::new), permutations, seed);
    }

    /**
     * Compares the units of given pairs.
     *
     * @param filters      {@code [pixels, n]}. Not modified.
     * @param pairs        of two different units each. Not modified.
     * @param permutations at least 1; {@value #PERMUTATIONS} is usual
     * @param seed         of the permutations
     * @throws IllegalArgumentException if the filters are no matrix or a value is not finite, a pair is not of two
     *     different units, or there is no permutation
     */
    public static NeighbourSimilarity pairs(INDArray filters, int[][] pairs, int permutations, long seed) {
        Args.atLeast("permutations", permutations, 1);
        double[][] directions = FilterColumns.scaled("filters", filters);
        int units = directions.length;
        boolean[] living = new boolean[units];
        for (int unit = 0; unit < units; unit++) {
            living[unit] = FilterColumns.largest(directions[unit]) > 0;
        }
        int[] places = IntStream.range(0, units).filter(unit -> living[unit]).toArray();
        int[][] counted = Arrays.stream(checked(pairs, units))
                .filter(pair -> living[pair[0]] && living[pair[1]])
                .toArray(int[][]::new);
        double[][] cosines = cosines(directions);
        int[] arrangement = Arrangement.identity(units);
        double observed = mean(cosines, counted, arrangement);
        Random random = new Random(seed);
        int notLess = 0;
        for (int permutation = 0; permutation < permutations; permutation++) {
            Arrangement.shuffle(arrangement, places, random);
            // written so that NaN counts as not less
            if (!(mean(cosines, counted, arrangement) < observed * (1 - ROUNDING))) {
                notLess++;
            }
        }
        return new NeighbourSimilarity(observed, meanOfAll(cosines, places), (1.0 + notLess) / (1 + permutations));
    }

    private static int[][] checked(int[][] pairs, int units) {
        for (int[] pair : Args.given("pairs", pairs)) {
            if (pair.length != 2
                    || pair[0] == pair[1]
                    || Math.min(pair[0], pair[1]) < 0
                    || Math.max(pair[0], pair[1]) >= units) {
                throw Args.failure("pairs", "of two different units from 0 to " + (units - 1), Arrays.toString(pair));
            }
        }
        return pairs;
    }

    /**
     * |cos| of every two filters, 0 where one is zero; a new array.
     *
     * @param filters Not modified.
     */
    static double[][] cosines(double[][] filters) {
        double[][] directions = new double[filters.length][];
        for (int i = 0; i < filters.length; i++) {
            directions[i] = filters[i].clone();
            double norm = Norms.of(directions[i], 0, directions[i].length);
            for (int k = 0; norm > 0 && k < directions[i].length; k++) {
                directions[i][k] /= norm;
            }
        }
        INDArray rows = Nd4j.createFromArray(directions);
        return Transforms.abs(rows.mmul(rows.transpose()), false).dup('c').toDoubleMatrix();
    }

    /** The mean of the pairs of positions, where {@code arrangement} says which unit is at a position. */
    private static double mean(double[][] cosines, int[][] pairs, int[] arrangement) {
        double sum = 0;
        for (int[] pair : pairs) {
            sum += cosines[arrangement[pair[0]]][arrangement[pair[1]]];
        }
        return sum / pairs.length;
    }

    private static double meanOfAll(double[][] cosines, int[] places) {
        double sum = 0;
        for (int i = 0; i < places.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += cosines[places[i]][places[j]];
            }
        }
        return sum / (places.length * (places.length - 1.0) / 2);
    }
}
