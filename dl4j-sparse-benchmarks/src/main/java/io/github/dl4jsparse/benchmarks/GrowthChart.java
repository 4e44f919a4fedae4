package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.examples.picture.Canvas;
import io.github.dl4jsparse.examples.picture.Charts;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the time of a joint step against batch, units and steps, and the predicted speed-up against threads. */
final class GrowthChart {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 440;
    private static final List<Color> COLORS =
            List.of(Canvas.BLUE, Canvas.RED, Canvas.GREEN, Canvas.ORANGE, Canvas.GREY);

    private GrowthChart() {}

    static BufferedImage draw(List<Integer> threads, List<Timing> timings, List<Prediction> predictions) {
        return Charts.sideBySide(Stream.concat(
                        Stream.of(Growth.Axis.values()).map(axis -> times(axis, threads, timings)),
                        Stream.of(speedUps(predictions)))
                .toArray(XYChart[]::new));
    }

    private static XYChart times(Growth.Axis axis, List<Integer> threads, List<Timing> timings) {
        XYChart chart =
                Charts.create(WIDTH, HEIGHT, "Joint step against " + axis.label(), axis.label(), "milliseconds");
        chart.getStyler().setYAxisMin(0.0);
        for (int i = 0; i < threads.size(); i++) {
            int n = threads.get(i);
            Map<Integer, Double> curve = axis.curve(timings, n);
            if (!curve.isEmpty()) {
                XYSeries series = chart.addSeries(
                        n == 1 ? "1 thread" : n + " threads",
                        curve.keySet().stream()
                                .mapToDouble(Integer::doubleValue)
                                .toArray(),
                        curve.values().stream().mapToDouble(Double::doubleValue).toArray());
                series.setMarker(SeriesMarkers.CIRCLE);
                colour(series, i);
            }
        }
        return chart;
    }

    private static XYChart speedUps(List<Prediction> predictions) {
        XYChart chart = Charts.create(
                WIDTH + WIDTH / 4, HEIGHT, "Speed-up, predicted from the parts of one thread", "threads", "times");
        chart.getStyler().setYAxisMin(0.0);
        double[] threads =
                IntStream.rangeClosed(1, Prediction.MOST).asDoubleStream().toArray();
        for (int i = 0; i < predictions.size(); i++) {
            Prediction prediction = predictions.get(i);
            XYSeries series = chart.addSeries(
                    prediction.step().substring(0, prediction.step().lastIndexOf(' ')),
                    threads,
                    prediction.speedUps().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray());
            series.setMarker(SeriesMarkers.NONE);
            colour(series, i);
        }
        chart.getStyler().setLegendLayout(LegendLayout.Vertical);
        return chart;
    }

    private static void colour(XYSeries series, int index) {
        Color color = COLORS.get(index % COLORS.size());
        series.setLineColor(color);
        series.setMarkerColor(color);
        series.setLineStyle(new BasicStroke(2));
    }
}
