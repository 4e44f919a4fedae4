package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Orientation, coherence and spatial frequency of the filters of a map, and what they say about the map as a whole.
 * <p>\[ \mathrm{coverage} = -\frac{1}{\log B} \sum_{b=1}^{B} p_b \log p_b \]
 * where p_b is the share of the oriented units in one of {@value #BINS} equal ranges of orientation: 1 where all
 * orientations are equally frequent, 0 where there is one. A unit is oriented if its coherence is above a minimum; the
 * others, among them constant filters, have no orientation, and a strength of 0 in the field.
 * <p>Shapes: {@code filters: [height * width, units]}, the pixels of a column row by row; units as the {@link MapGrid}
 * numbers them. Immutable.
 * <p>Reference: Bigun and Granlund, Optimal orientation detection of linear symmetry, ICCV 1987.
 */
public final class OrientationMap {
    /** Ranges of the histogram of orientations. */
    public static final int BINS = 12;

    private final MapGrid grid;
    private final double[] orientations;
    private final double[] coherences;
    private final double[] frequencies;

    private OrientationMap(MapGrid grid, FilterOrientation filters, double minCoherence) {
        this.grid = grid;
        coherences = filters.coherences();
        frequencies = filters.frequencies();
        orientations = filters.orientations();
        for (int unit = 0; unit < orientations.length; unit++) {
            if (!(coherences[unit] > minCoherence)) {
                orientations[unit] = Double.NaN;
            }
        }
    }

    /** The map of filters of which all above {@link FilterOrientation#ORIENTED_ABOVE} count as oriented. */
    public static OrientationMap of(MapGrid grid, INDArray filters, int height, int width) {
        return of(grid, FilterOrientation.of(filters, height, width), FilterOrientation.ORIENTED_ABOVE);
    }

    /**
     * The map of measured filters.
     *
     * @param filters      one for each unit
     * @param minCoherence units above it count as oriented, from 0 to 1
     * @throws IllegalArgumentException if there are more or fewer filters than units, or the minimum is out of its range
     */
    public static OrientationMap of(MapGrid grid, FilterOrientation filters, double minCoherence) {
        Args.given("grid", grid)
                .checked("filters", Args.given("filters", filters).coherences());
        Args.inRange("minCoherence", minCoherence, 0, 1);
        return new OrientationMap(grid, filters, minCoherence);
    }

    /** The positions of the units. */
    public MapGrid grid() {
        return grid;
    }

    /** The orientations in rad, from 0 to below pi, NaN for units that are not oriented; a new array. */
    public double[] orientations() {
        return orientations.clone();
    }

    /** The coherence of each unit, from 0 to 1; a new array. */
    public double[] coherences() {
        return coherences.clone();
    }

    /** The mean frequencies of the filters in cycles per pixel; a new array. */
    public double[] frequencies() {
        return frequencies.clone();
    }

    /** The share of the units that are oriented. */
    public double orientedFraction() {
        return (double) Arrays.stream(orientations)
                        .filter(theta -> !Double.isNaN(theta))
                        .count()
                / grid.units();
    }

    /** How evenly the oriented units cover all orientations, from 0 to 1; NaN where none is oriented. */
    public double coverage() {
        int[] histogram = histogram();
        double units = Arrays.stream(histogram).sum();
        if (units == 0) {
            return Double.NaN;
        }
        double entropy = IntStream.of(histogram)
                .filter(count -> count > 0)
                .mapToDouble(count -> -count / units * Math.log(count / units))
                .sum();
        return entropy / Math.log(BINS);
    }

    /** The number of oriented units in each of {@value #BINS} ranges, the first from 0 on; a new array. */
    public int[] histogram() {
        int[] histogram = new int[BINS];
        for (double theta : orientations) {
            if (!Double.isNaN(theta)) {
                histogram[Math.min(BINS - 1, (int) (theta / Math.PI * BINS))]++;
            }
        }
        return histogram;
    }

    /** The orientations as a field of complex numbers, not smoothed. */
    public OrientationField field() {
        return OrientationField.ofOrientations(grid, orientations);
    }

    /** Compares neighbouring units with all, as {@link OrientationDifference#of}. */
    public OrientationDifference difference(int permutations, long seed) {
        return OrientationDifference.of(grid, orientations, permutations, seed);
    }
}
