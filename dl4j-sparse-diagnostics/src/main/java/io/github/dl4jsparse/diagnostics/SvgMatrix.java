package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A matrix of values from 0 on as scalable vector graphics: a square an entry, white where it is 0 and darkest where it is greatest, with
 * names on both axes and a scale; each entry above 0 says its value when the mouse is on it.
 * <p>Shapes: {@code values: [rows][columns]}, of at least one row and column.
 */
public final class SvgMatrix implements SvgFigure {
    /** About how long a side is; entries have whole sides, without seams between neighbours. */
    private static final int SIDE = 420;

    private static final int LEFT = 56;
    private static final int TOP = 12;
    private static final int BOTTOM = 46;
    private static final int RIGHT = 84;
    private static final int SCALE = 14;
    private static final int TICKS = 8;
    private static final int[] DARKEST = {0x00, 0x2b, 0x5c};

    private final String axis;
    private final double[][] values;
    private final List<String> names;
    private final double greatest;

    private SvgMatrix(String axis, double[][] values, List<String> names) {
        this.axis = axis;
        this.values = values;
        this.names = names;
        this.greatest =
                Arrays.stream(values).flatMapToDouble(Arrays::stream).max().orElseThrow();
    }

    /**
     * A square matrix whose rows and columns are the same things, named by their numbers.
     *
     * @param axis   what a row and column is, such as "unit"
     * @param values finite and not below 0. Not modified.
     */
    public static SvgMatrix of(String axis, double[][] values) {
        return of(
                axis,
                values,
                IntStream.range(0, Args.given("values", values).length)
                        .mapToObj(String::valueOf)
                        .toList());
    }

    /**
     * A square matrix whose rows and columns are the same things, with their names.
     *
     * @param names one a row
     * @throws IllegalArgumentException if the matrix is not square, a value is below 0 or not finite, or a name lacks
     */
    public static SvgMatrix of(String axis, double[][] values, List<String> names) {
        Args.atLeast("rows", Args.given("values", values).length, 1);
        if (Args.given("names", names).size() != values.length) {
            throw Args.failure("number of names", "that of the rows, " + values.length, names.size());
        }
        double[][] copy = new double[values.length][];
        for (int i = 0; i < values.length; i++) {
            if (values[i].length != values.length) {
                throw Args.failure("length of row " + i, "the number of rows, " + values.length, values[i].length);
            }
            for (double value : values[i]) {
                Args.nonNegative("entry of row " + i, value);
            }
            copy[i] = values[i].clone();
        }
        return new SvgMatrix(Args.given("axis", axis), copy, List.copyOf(names));
    }

    @Override
    public String svg() {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class=\"plot\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"matrix over %s\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n",
                LEFT + side() + RIGHT,
                TOP + side() + BOTTOM,
                HtmlReport.escaped(axis)));
        entries(svg);
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#555\"/>%n",
                LEFT,
                TOP,
                side(),
                side()));
        ticks(svg);
        scale(svg);
        return svg.append("</svg>\n").toString();
    }

    private int cell() {
        return Math.max(1, SIDE / values.length);
    }

    private int side() {
        return cell() * values.length;
    }

    private void entries(StringBuilder svg) {
        // edges that are not smoothed: no white lines between neighbours
        svg.append("<g shape-rendering=\"crispEdges\">\n");
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values.length; j++) {
                if (values[i][j] > 0) {
                    svg.append(String.format(
                            Locale.ROOT,
                            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"><title>%s</title></rect>%n",
                            LEFT + j * cell(),
                            TOP + i * cell(),
                            cell(),
                            cell(),
                            colour(values[i][j] / greatest),
                            HtmlReport.escaped(names.get(i) + ", " + names.get(j) + ": " + number(values[i][j]))));
                }
            }
        }
        svg.append("</g>\n");
    }

    private void ticks(StringBuilder svg) {
        int step = (int) Math.ceil((double) values.length / TICKS);
        for (int i = 0; i < values.length; i += step) {
            double middle = (i + 0.5) * cell();
            text(svg, LEFT + middle, TOP + side() + 16, "middle", names.get(i));
            text(svg, LEFT - 6, TOP + middle + 4, "end", names.get(i));
        }
        text(svg, LEFT + side() / 2.0, TOP + side() + 36, "middle", axis);
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"14\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 14 %d)\">%s</text>%n",
                TOP + side() / 2,
                TOP + side() / 2,
                HtmlReport.escaped(axis)));
    }

    private void scale(StringBuilder svg) {
        int left = LEFT + side() + 20;
        int steps = 50;
        svg.append("<g shape-rendering=\"crispEdges\">\n");
        for (int i = 0; i < steps; i++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.2f\" fill=\"%s\"/>%n",
                    left,
                    TOP + side() * (1 - (i + 1.0) / steps),
                    SCALE,
                    side() / (double) steps + 1,
                    colour((i + 0.5) / steps)));
        }
        svg.append("</g>\n");
        for (int quarter = 0; quarter <= 4; quarter++) {
            double at = TOP + side() * (1 - quarter / 4.0) + (quarter == 4 ? 10 : quarter == 0 ? 0 : 4);
            text(svg, left + SCALE + 4, at, "start", number(greatest * quarter / 4));
        }
    }

    private static String colour(double share) {
        StringBuilder colour = new StringBuilder("#");
        for (int dark : DARKEST) {
            colour.append(String.format(Locale.ROOT, "%02x", Math.round(255 - share * (255 - dark))));
        }
        return colour.toString();
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

    /** Three digits, without zeros at the end. */
    private static String number(double value) {
        return new BigDecimal(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
