package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.parallel.Tasks;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A significance test for each pinwheel of a smoothed map: smoothing unrelated orientations makes pinwheels, too.
 * <p>\[ a(c) = \mathrm{mean}_{i :\, |i - c| \le R} \cos\Bigl(2 \theta_i - \arg \sum_{j \ne i} w_{ij} e^{2 i \theta_j}\Bigr),
 * \qquad p(c) = \frac{1 + \#\{c' : a(c') \ge a(c)\}}{1 + \#\{c'\}} \]
 * where w are the weights of the smoothing: the orientation of each unit near the centre c is compared with the
 * weighted mean of the units around it, itself left out. The centres c' are the pinwheels of maps with the same
 * orientations in other positions, at random, smoothed as the map is. The agreement is 1 where every unit has the
 * orientation of its surroundings, and about 0 where orientation does not depend on the position. R is {@value #RADIUS}
 * standard deviations of the smoothing, at least {@value #LEAST_RADIUS} units.
 * <p>Units without an orientation are left out; a centre without an oriented unit near it has the agreement NaN and p =
 * 1. The signs of the significant pinwheels of a torus need not sum to 0.
 * <p>Reference: Phipson and Smyth, Permutation p-values should never be zero, Statistical Applications in Genetics and Molecular
 * Biology 9, 2010.
 */
public final class PinwheelSupport {
    /** A usual number of shuffled maps. */
    public static final int SHUFFLES = 99;
    /** A usual significance level: the share of the pinwheels of a map without order that are significant by chance. */
    public static final double LEVEL = 0.001;

    private static final double RADIUS = 2.5;
    private static final double LEAST_RADIUS = 1.5;

    private final Pinwheels pinwheels;
    private final double[] agreements;
    private final double[] byChance;

    private PinwheelSupport(Pinwheels pinwheels, double[] agreements, double[] byChance) {
        this.pinwheels = pinwheels;
        this.agreements = agreements;
        this.byChance = byChance;
    }

    /**
     * Finds the pinwheels of a map and those of shuffled ones.
     *
     * @param field    not smoothed
     * @param sigma    of the smoothing, as {@link OrientationField#smoothed}
     * @param shuffles number of shuffled maps, at least 1; {@value #SHUFFLES} is usual
     * @throws IllegalArgumentException if there is no shuffled map, or sigma is not finite and positive
     */
    public static PinwheelSupport of(OrientationField field, double sigma, int shuffles, long seed) {
        Args.given("field", field);
        Args.positive("sigma", sigma);
        Args.atLeast("shuffles", shuffles, 1);
        Pinwheels pinwheels = Pinwheels.of(field.smoothed(sigma));
        double[][] ofShuffled = new double[shuffles][];
        Tasks.forEach(shuffles, i -> {
            OrientationField shuffled = field.shuffled(new Random(seed * 1_000_003 + i));
            ofShuffled[i] = agreements(shuffled, sigma, Pinwheels.of(shuffled.smoothed(sigma)));
        });
        double[] byChance = Arrays.stream(ofShuffled)
                .flatMapToDouble(DoubleStream::of)
                .filter(agreement -> !Double.isNaN(agreement))
                .sorted()
                .toArray();
        return new PinwheelSupport(pinwheels, agreements(field, sigma, pinwheels), byChance);
    }

    private static double[] agreements(OrientationField field, double sigma, Pinwheels pinwheels) {
        MapGrid grid = field.grid();
        OrientationField others = field.smoothedOthers(sigma);
        double[] cosines = new double[grid.units()];
        for (int unit = 0; unit < cosines.length; unit++) {
            boolean known = field.strength(unit) > 0 && others.strength(unit) > 0;
            cosines[unit] = known ? Math.cos(2 * (field.orientation(unit) - others.orientation(unit))) : Double.NaN;
        }
        double radius = Math.max(LEAST_RADIUS, RADIUS * sigma);
        return pinwheels.centres().stream()
                .mapToDouble(centre -> IntStream.range(0, cosines.length)
                        .filter(unit -> grid.distance(unit / grid.width(), unit % grid.width(), centre.y(), centre.x())
                                <= radius)
                        .mapToDouble(unit -> cosines[unit])
                        .filter(cosine -> !Double.isNaN(cosine))
                        .average()
                        .orElse(Double.NaN))
                .toArray();
    }

    /** All pinwheels of the smoothed map. */
    public Pinwheels pinwheels() {
        return pinwheels;
    }

    /** The agreement about each pinwheel, in their order; a new array. */
    public double[] agreements() {
        return agreements.clone();
    }

    /** The p-value of each pinwheel, in their order; a new array. */
    public double[] pValues() {
        return Arrays.stream(agreements)
                .map(agreement -> (1.0 + byChance.length - below(agreement)) / (1 + byChance.length))
                .toArray();
    }

    /** The number of agreements on shuffled maps that are less. */
    private int below(double agreement) {
        if (Double.isNaN(agreement)) {
            return 0;
        }
        int found = Arrays.binarySearch(byChance, agreement);
        int place = found < 0 ? -found - 1 : found;
        while (place > 0 && byChance[place - 1] == agreement) {
            place--;
        }
        return place;
    }

    /**
     * The pinwheels that chance does not explain.
     *
     * @param level the largest p; {@value #LEVEL} is usual
     * @throws IllegalArgumentException if the level is not from 0 to 1
     */
    public Pinwheels significant(double level) {
        Args.inRange("level", level, 0, 1);
        double[] p = pValues();
        return pinwheels.only(IntStream.range(0, p.length).filter(i -> p[i] <= level));
    }
}
