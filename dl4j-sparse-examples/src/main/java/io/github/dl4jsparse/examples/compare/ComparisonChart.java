package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.examples.picture.Canvas;
import io.github.dl4jsparse.examples.picture.Charts;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a dot for the mean accuracy of each row with its deviation, a colour for each number of labels. */
final class ComparisonChart {
    private static final int WIDTH = 980;
    private static final int HEIGHT = 560;
    private static final int SLANT = 25;
    private static final List<Color> COLORS =
            List.of(Canvas.ORANGE, Canvas.BLUE, Canvas.GREEN, Canvas.RED, Canvas.GREY);

    private ComparisonChart() {}

    /** @param outcomes of every row with every number of labels, row by row */
    static BufferedImage draw(String title, List<Outcome> outcomes) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle("right answers in %")
                .build();
        style(chart.getStyler(), least(outcomes));
        List<Integer> labels = outcomes.stream().map(Outcome::labels).distinct().toList();
        for (int i = 0; i < labels.size(); i++) {
            int number = labels.get(i);
            List<Outcome> column =
                    outcomes.stream().filter(o -> o.labels() == number).toList();
            CategorySeries series = chart.addSeries(
                    number + " labels",
                    column.stream().map(Outcome::name).toList(),
                    column.stream().map(Outcome::mean).toList(),
                    column.stream().map(Outcome::spread).toList());
            series.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
            series.setMarker(SeriesMarkers.CIRCLE);
            series.setMarkerColor(COLORS.get(i % COLORS.size()));
        }
        return BitmapEncoder.getBufferedImage(chart);
    }

    private static double least(List<Outcome> outcomes) {
        double least = outcomes.stream()
                .mapToDouble(outcome -> outcome.mean() - outcome.spread())
                .min()
                .orElse(0);
        return Math.max(0, 10 * Math.floor((least - 1) / 10));
    }

    private static void style(CategoryStyler style, double least) {
        Charts.style(style);
        style.setMarkerSize(9);
        style.setXAxisLabelRotation(SLANT);
        style.setOverlapped(true);
        style.setYAxisMin(least);
        style.setYAxisMax(100.0);
    }
}
