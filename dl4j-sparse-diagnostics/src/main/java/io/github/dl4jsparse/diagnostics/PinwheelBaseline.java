package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.parallel.Tasks;
import java.util.Arrays;

/**
 * The number of pinwheels in random fields with the power spectrum of a map, as a baseline for the pinwheels of the
 * map.
 * <p>A density of pi and 80 % of neighbours of opposite sign come with any field of a narrow spectrum, and are no
 * evidence of learning. Only a density outside of the range of these random fields is not explained by the spectrum.
 * <p>Shapes: {@code counts}: the number of pinwheels of each random field, which is smoothed as the map is.
 * <p>Reference: Wolf and Geisel, Spontaneous pinwheel annihilation during visual development, Nature 395, 1998.
 */
public final class PinwheelBaseline {
    private final MapGrid grid;
    private final int[] counts;
    private final double[] opposite;

    private PinwheelBaseline(MapGrid grid, int[] counts, double[] opposite) {
        this.grid = grid;
        this.counts = counts;
        this.opposite = opposite;
    }

    /**
     * Draws fields with random phases and counts their pinwheels.
     *
     * @param field not smoothed
     * @param sigma of the smoothing, as {@link OrientationField#smoothed}
     * @param draws number of fields, at least 1
     * @throws IllegalArgumentException if there is no draw or sigma is not finite and at least 0
     */
    public static PinwheelBaseline of(OrientationField field, double sigma, int draws, long seed) {
        Args.given("field", field);
        Args.atLeast("draws", draws, 1);
        Args.nonNegative("sigma", sigma);
        Pinwheels[] found = new Pinwheels[draws];
        Tasks.forEach(
                draws,
                i -> found[i] = Pinwheels.of(
                        field.withRandomPhases(seed * 1_000_003 + i).smoothed(sigma)));
        return new PinwheelBaseline(
                field.grid(),
                Arrays.stream(found).mapToInt(Pinwheels::count).toArray(),
                Arrays.stream(found).mapToDouble(Pinwheels::oppositeNeighbours).toArray());
    }

    /** The number of pinwheels of each random field; a new array. */
    public int[] counts() {
        return counts.clone();
    }

    /** The density of each random field at a column spacing, as {@link Pinwheels#density}; a new array. */
    public double[] densities(double spacing) {
        return Arrays.stream(counts)
                .mapToDouble(count -> grid.density(count, spacing))
                .toArray();
    }

    /** The mean share of opposite neighbours of the random fields with two pinwheels or more; NaN if there are none. */
    public double oppositeNeighbours() {
        return Arrays.stream(opposite)
                .filter(share -> !Double.isNaN(share))
                .average()
                .orElse(Double.NaN);
    }

    /** The mean number of pinwheels. */
    public double meanCount() {
        return Arrays.stream(counts).average().orElseThrow();
    }
}
