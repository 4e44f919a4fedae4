package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A diagram of points as scalable vector graphics in an HTML page: the values of a point are shown when the mouse is
 * over it.
 * <p>Both axes are linear, or the x axis logarithmic; they begin at the round number below the least value, at 0 where that
 * is not far. Colours are those of Okabe and Ito, which are distinguishable without red-green vision; every series has
 * a mark of its own too.
 */
public final class SvgPlot implements SvgFigure {
    private static final String[] COLOURS = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#222222"
    };
    /** Of the part with the points and the axes. */
    private static final int DRAWN = 410;

    private static final int HEIGHT = 340;
    private static final int LEFT = 64;
    private static final int NAMES = 150;
    private static final double LETTER = 6.6;
    private static final int TOP = 16;
    private static final int BOTTOM = 48;

    private final String xAxis;
    private final String yAxis;
    private final boolean logarithmic;
    private final List<Series> all = new ArrayList<>();
    private final List<Bound> bounds = new ArrayList<>();
    private final List<double[]> joins = new ArrayList<>();
    private List<String> names = List.of();

    private record Series(String name, double[] xs, double[] ys, double[] spreads, boolean joined) {
        DoubleStream ends() {
            return IntStream.range(0, ys.length)
                    .boxed()
                    .flatMapToDouble(i -> DoubleStream.of(ys[i] - spread(i), ys[i] + spread(i)));
        }

        double spread(int number) {
            return spreads == null ? 0 : spreads[number];
        }
    }

    private record Bound(String name, double y) {}

    private SvgPlot(String xAxis, String yAxis, boolean logarithmic) {
        this.xAxis = Args.given("xAxis", xAxis);
        this.yAxis = Args.given("yAxis", yAxis);
        this.logarithmic = logarithmic;
    }

    /** A diagram with linear axes and their names. */
    public static SvgPlot of(String xAxis, String yAxis) {
        return new SvgPlot(xAxis, yAxis, false);
    }

    /** A diagram whose x axis is logarithmic; values of x must be positive. */
    public static SvgPlot logarithmic(String xAxis, String yAxis) {
        return new SvgPlot(xAxis, yAxis, true);
    }

    /** Adds points. Not modified. */
    public SvgPlot points(String name, double[] xs, double[] ys) {
        return add(name, xs, ys, null, false);
    }

    /** Adds points that are joined by a line in their order. Not modified. */
    public SvgPlot line(String name, double[] xs, double[] ys) {
        return add(name, xs, ys, null, true);
    }

    /**
     * Adds points that are joined by a line in their order, each with a bar from {@code y - spread} to {@code y + spread}. Not modified.
     *
     * @param spreads as many, at least 0: a standard deviation, say
     */
    public SvgPlot line(String name, double[] xs, double[] ys, double[] spreads) {
        if (Args.given("spreads", spreads).length != ys.length) {
            throw Args.failure("spreads", "as many as points, " + ys.length, spreads.length);
        }
        for (double spread : spreads) {
            Args.nonNegative("spread", spread);
        }
        return add(name, xs, ys, spreads.clone(), true);
    }

    /** Adds a horizontal dashed line, such as what chance gives. */
    public SvgPlot bound(String name, double y) {
        if (!Double.isFinite(y)) {
            throw Args.failure("bound", "finite", y);
        }
        bounds.add(new Bound(Args.given("name", name), y));
        return this;
    }

    /**
     * Joins points by thin grey lines below them, a line a pair, such as what belongs together before and after.
     *
     * @param fromXs first points, as many as second ones; like all others not modified
     */
    public SvgPlot joining(double[] fromXs, double[] fromYs, double[] toXs, double[] toYs) {
        if (fromXs.length != fromYs.length || fromXs.length != toXs.length || fromXs.length != toYs.length) {
            throw Args.failure(
                    "ends of the lines",
                    "as many xs as ys on either side",
                    fromXs.length + ", " + fromYs.length + " and " + toXs.length + ", " + toYs.length);
        }
        for (int i = 0; i < fromXs.length; i++) {
            double[] line = {fromXs[i], fromYs[i], toXs[i], toYs[i]};
            if (!Arrays.stream(line).allMatch(Double::isFinite) || logarithmic && Math.min(line[0], line[2]) <= 0) {
                throw Args.failure("line " + i, logarithmic ? "finite, x above 0" : "finite", Arrays.toString(line));
            }
            joins.add(line);
        }
        return this;
    }

    /** Names the positions 0, 1, 2 and so on of a linear x axis, which then has these and no numbers. */
    public SvgPlot positions(List<String> names) {
        if (logarithmic) {
            throw Args.failure("positions", "of a linear x axis", "a logarithmic one");
        }
        Args.atLeast("number of positions", Args.given("names", names).size(), 1);
        this.names = List.copyOf(names);
        return this;
    }

    private SvgPlot add(String name, double[] xs, double[] ys, double[] spreads, boolean joined) {
        Args.given("name", name);
        if (Args.given("xs", xs).length != Args.given("ys", ys).length || xs.length == 0) {
            throw Args.failure("points", "as many xs as ys, at least one", xs.length + " and " + ys.length);
        }
        for (int i = 0; i < xs.length; i++) {
            if (!Double.isFinite(xs[i]) || !Double.isFinite(ys[i]) || logarithmic && xs[i] <= 0) {
                throw Args.failure(
                        "point " + i + " of " + name,
                        logarithmic ? "finite, x above 0" : "finite",
                        "(" + xs[i] + ", " + ys[i] + ")");
            }
        }
        all.add(new Series(name, xs.clone(), ys.clone(), spreads, joined));
        return this;
    }

    @Override
    public String svg() {
        Args.atLeast("number of series", all.size(), 1);
        PlotAxis x = names.isEmpty() ? positionAxis() : new PlotAxis(-0.5, names.size() - 0.5, 1);
        DoubleStream ends = all.stream().flatMapToDouble(Series::ends);
        PlotAxis y = PlotAxis.of(
                DoubleStream.concat(ends, bounds.stream().mapToDouble(Bound::y)).toArray());
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class=\"plot\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s against %s\" font-family=\"sans-serif\" font-size=\"12\">%n",
                DRAWN + names(),
                HEIGHT,
                HtmlReport.escaped(yAxis),
                HtmlReport.escaped(xAxis)));
        axes(svg, x, y);
        lines(svg, x, y);
        for (int i = 0; i < all.size(); i++) {
            series(svg, all.get(i), i, x, y);
        }
        // above the points, on a white edge, where the legend does not come
        svg.append("<g paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"4\" fill=\"#555\">");
        for (Bound bound : bounds) {
            text(svg, DRAWN - 4, vertical(y, bound.y()) - 5, "end", bound.name());
        }
        return svg.append("</g></svg>\n").toString();
    }

    private void lines(StringBuilder svg, PlotAxis x, PlotAxis y) {
        for (Bound bound : bounds) {
            double at = vertical(y, bound.y());
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#555\" stroke-dasharray=\"5 4\"/>",
                    LEFT,
                    DRAWN,
                    at,
                    at));
        }
        for (double[] line : joins) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#999\" stroke-opacity=\"0.6\"/>%n",
                    horizontal(x, scaled(line[0])),
                    vertical(y, line[1]),
                    horizontal(x, scaled(line[2])),
                    vertical(y, line[3])));
        }
    }

    /** Width of the names at the right. */
    private int names() {
        int longest =
                all.stream().mapToInt(series -> series.name().length()).max().orElse(0);
        return Math.max(NAMES, 26 + (int) Math.ceil(LETTER * longest));
    }

    private double scaled(double value) {
        return logarithmic ? Math.log10(value) : value;
    }

    private PlotAxis positionAxis() {
        PlotAxis x = PlotAxis.of(all.stream()
                .flatMapToDouble(series -> Arrays.stream(series.xs()))
                .map(this::scaled)
                .toArray());
        // no ticks between whole numbers, of examples or seeds
        return !logarithmic && x.step() < 1 && allWhole() ? x.withStep(1) : x;
    }

    private boolean allWhole() {
        return all.stream()
                .flatMapToDouble(series -> Arrays.stream(series.xs()))
                .allMatch(x -> x == Math.rint(x));
    }

    private void axes(StringBuilder svg, PlotAxis x, PlotAxis y) {
        for (double tick : y.ticks()) {
            double at = vertical(y, tick);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#e2e2e2\"/>",
                    LEFT,
                    DRAWN,
                    at,
                    at));
            text(svg, LEFT - 6, at + 4, "end", PlotAxis.text(tick));
        }
        for (int i = 0; i < names.size(); i++) {
            text(svg, horizontal(x, i), HEIGHT - BOTTOM + 18, "middle", names.get(i));
        }
        for (double tick : logarithmic ? distinct() : names.isEmpty() ? x.ticks() : new double[0]) {
            text(
                    svg,
                    horizontal(x, logarithmic ? Math.log10(tick) : tick),
                    HEIGHT - BOTTOM + 18,
                    "middle",
                    PlotAxis.text(tick));
        }
        text(svg, (LEFT + DRAWN) / 2.0, HEIGHT - 8, "middle", xAxis);
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"14\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 14 %d)\">%s</text>",
                (TOP + HEIGHT - BOTTOM) / 2,
                (TOP + HEIGHT - BOTTOM) / 2,
                HtmlReport.escaped(yAxis)));
    }

    /** The values of x themselves, where the axis is logarithmic: few, such as numbers of labels. */
    private double[] distinct() {
        return all.stream()
                .flatMapToDouble(series -> Arrays.stream(series.xs()))
                .distinct()
                .sorted()
                .limit(8)
                .toArray();
    }

    private void series(StringBuilder svg, Series series, int number, PlotAxis x, PlotAxis y) {
        String colour = COLOURS[number % COLOURS.length];
        if (series.joined()) {
            svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"")
                    .append(colour)
                    .append("\" points=\"");
            for (int i = 0; i < series.xs().length; i++) {
                svg.append(String.format(
                        Locale.ROOT, "%.1f,%.1f ", horizontal(x, scaled(series.xs()[i])), vertical(y, series.ys()[i])));
            }
            svg.append("\"/>\n");
        }
        for (int i = 0; i < series.xs().length; i++) {
            String title = series.name() + ": " + position(series.xs()[i]) + ", " + PlotAxis.text(series.ys()[i]);
            if (series.spread(i) > 0) {
                bar(svg, horizontal(x, scaled(series.xs()[i])), series.ys()[i], series.spread(i), y, colour);
                title += " ± " + PlotAxis.text(series.spread(i));
            }
            mark(svg, number, horizontal(x, scaled(series.xs()[i])), vertical(y, series.ys()[i]), colour, title);
        }
        int row = TOP + 14 + 18 * number;
        mark(svg, number, DRAWN + 12, row - 4, colour, series.name());
        text(svg, DRAWN + 22, row, "start", series.name());
    }

    private static void bar(StringBuilder svg, double x, double at, double spread, PlotAxis y, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<path stroke-width=\"1.5\" stroke=\"%s\" d=\"M%.1f %.1fV%.1f\"/>%n",
                colour,
                x,
                vertical(y, at - spread),
                vertical(y, at + spread)));
    }

    private String position(double x) {
        int nearest = (int) Math.round(x);
        return nearest >= 0 && nearest < names.size() ? names.get(nearest) : PlotAxis.text(x);
    }

    /** A disc, a square or a diamond. */
    private static void mark(StringBuilder svg, int number, double x, double y, String colour, String title) {
        String shape =
                switch (number % 3) {
                    case 0 -> String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"", x, y);
                    case 1 ->
                        String.format(
                                Locale.ROOT, "<rect x=\"%.1f\" y=\"%.1f\" width=\"8\" height=\"8\"", x - 4, y - 4);
                    default ->
                        String.format(Locale.ROOT, "<path d=\"M%.1f %.1fl5.5 5.5 -5.5 5.5 -5.5 -5.5z\"", x, y - 5.5);
                };
        svg.append(shape).append(" fill=\"").append(colour).append("\"><title>");
        svg.append(HtmlReport.escaped(title))
                .append("</title>")
                .append(
                        switch (number % 3) {
                            case 0 -> "</circle>";
                            case 1 -> "</rect>";
                            default -> "</path>";
                        });
        svg.append('\n');
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                HtmlReport.escaped(text)));
    }

    private static double horizontal(PlotAxis x, double value) {
        return LEFT + 8 + x.share(value) * (DRAWN - LEFT - 16);
    }

    private static double vertical(PlotAxis y, double value) {
        return HEIGHT - BOTTOM - y.share(value) * (HEIGHT - TOP - BOTTOM);
    }
}
