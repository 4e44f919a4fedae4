package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Diagrams of a map of orientations: its spectrum, its density of pinwheels beside that of random fields, and how its
 * orientations are distributed.
 */
public final class MapCharts {
    private static final int BARS = 24;
    private static final double ROOM = 1.15;

    private MapCharts() {}

    /** The power of every ring, the fit, and the peak where there is one. */
    public static BufferedImage spectrum(ColumnSpacing spacing) {
        double[] k = Args.given("spacing", spacing).frequencies();
        double[] power = spacing.power();
        double top = Arrays.stream(power).max().orElse(1);
        double end = k.length == 0 ? 1 : k[k.length - 1];
        Plot plot = new Plot("cycles along the longer side of the map", "power / mean power", end, ROOM * top);
        if (spacing.exists()) {
            plot.mark(spacing.peakFrequency(), Plot.RED).legend(Plot.RED, "peak");
        }
        if (spacing.peakHeight() > 0) {
            plot.line(k, spacing.fit(), Plot.GREY).legend(Plot.GREY, "fit");
        }
        return plot.points(k, power, Plot.BLUE).legend(Plot.BLUE, "map").picture();
    }

    /**
     * A histogram of the density of random fields with the same spectrum, with the map's own and that of narrow-band fields,
     * pi, as lines. Where there is no spacing, it is a histogram of the numbers of pinwheels.
     */
    public static BufferedImage density(Pinwheels pinwheels, double spacing, PinwheelBaseline baseline) {
        Args.given("pinwheels", pinwheels);
        boolean scaled = spacing > 0;
        double own = scaled ? pinwheels.density(spacing) : pinwheels.count();
        double[] random = scaled
                ? Args.given("baseline", baseline).densities(spacing)
                : Arrays.stream(Args.given("baseline", baseline).counts())
                        .asDoubleStream()
                        .toArray();
        double end = ROOM
                * Math.max(
                        Math.max(own, scaled ? Math.PI : 1),
                        Arrays.stream(random).max().orElse(1));
        int[] bars = new int[BARS];
        for (double value : random) {
            bars[Math.max(0, Math.min(BARS - 1, (int) (value / end * BARS)))]++;
        }
        Plot plot = new Plot(
                scaled ? "pinwheels per squared column spacing" : "pinwheels",
                "random fields",
                end,
                ROOM * Arrays.stream(bars).max().orElse(1));
        for (int i = 0; i < BARS; i++) {
            plot.bar(i * end / BARS, (i + 1) * end / BARS, bars[i], Plot.GREY);
        }
        plot.legend(Plot.GREY, "same spectrum").mark(own, Plot.RED).legend(Plot.RED, "map");
        if (scaled) {
            plot.mark(Pinwheels.RANDOM_DENSITY, Plot.BLUE).legend(Plot.BLUE, "pi");
        }
        return plot.picture();
    }

    /** How many units prefer each range of orientations, in the colours of {@link OrientationSheet}. */
    public static BufferedImage orientations(OrientationMap map) {
        int[] histogram = Args.given("map", map).histogram();
        Plot plot = new Plot(
                "orientation in degrees",
                "units",
                180,
                ROOM * Arrays.stream(histogram).max().orElse(1));
        double range = 180.0 / histogram.length;
        for (int i = 0; i < histogram.length; i++) {
            Color colour = OrientationSheet.colour(Math.PI * (i + 0.5) / histogram.length);
            plot.bar(i * range, (i + 1) * range, histogram[i], colour);
        }
        return plot.picture();
    }
}
