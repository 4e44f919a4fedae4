package io.github.dl4jsparse.examples.picture;

import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.LossCurves.Epoch;
import io.github.dl4jsparse.examples.run.TrainingLosses;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the losses of training over the epochs of both phases, beside the validation error. */
public final class LossChart {
    private static final int WIDTH = 620;
    private static final int HEIGHT = 440;
    private static final float THICK = 2;
    private static final BasicStroke DASHED =
            new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {4, 4}, 0);

    private static final List<Color> COLOURS =
            List.of(Canvas.BLUE, Canvas.GREEN, Canvas.ORANGE, Canvas.GREY, Canvas.FAINT_INK);

    private LossChart() {}

    public static BufferedImage draw(LossCurves curves) {
        return Charts.sideBySide(charts(curves).toArray(XYChart[]::new));
    }

    /** The two charts of {@link #draw} as pictures of their own: losses, then errors. */
    public static List<BufferedImage> drawApart(LossCurves curves) {
        return charts(curves).stream().map(chart -> Charts.sideBySide(chart)).toList();
    }

    private static List<XYChart> charts(LossCurves curves) {
        List<Epoch> all = curves.epochs();
        List<Epoch> joint = all.stream().filter(Epoch::joint).toList();
        XYChart losses = chart(
                "Losses on the training images (labels from the dashed line on)", "loss, mean per image (logarithmic)");
        losses.getStyler().setYAxisLogarithmic(true);
        losses(losses, curves);
        XYChart errors = chart("Error on the validation images", "error in %");
        line(errors, "validation error", joint, epoch -> 100 * epoch.validationError(), Canvas.RED);
        errors.getStyler().setYAxisMin(0.0);
        List<XYChart> charts = List.of(losses, errors);
        for (XYChart chart : charts) {
            endAt(chart, all.size());
            if (!joint.isEmpty() && joint.size() < all.size()) {
                markStart(chart, joint.get(0).number() - 1);
            }
        }
        return charts;
    }

    /** Draws the energy, and its terms, of training that has no labels. */
    public static BufferedImage drawUnlabelled(LossCurves curves) {
        XYChart chart = chart("Energy on the training patches", "mean per patch");
        line(chart, "energy", curves.epochs(), e -> e.losses().total(), Canvas.RED);
        losses(chart, curves);
        chart.getStyler().setYAxisMin(0.0);
        endAt(chart, curves.epochs().size());
        return Charts.sideBySide(chart);
    }

    private static void losses(XYChart chart, LossCurves curves) {
        int others = 0;
        for (String name : curves.names()) {
            Color colour =
                    name.equals(TrainingLosses.CLASSIFICATION) ? Canvas.RED : COLOURS.get(others++ % COLOURS.size());
            line(chart, name, curves.epochs(), epoch -> epoch.loss(name), colour);
        }
    }

    /** A line between the two phases. */
    private static void markStart(XYChart chart, double epoch) {
        chart.addAnnotation(new AnnotationLine(epoch, true, false));
        chart.getStyler().setAnnotationLineColor(Canvas.FAINT_INK);
        chart.getStyler().setAnnotationLineStroke(DASHED);
    }

    /** Numbers the epochs so sparsely that the numbers do not touch: left alone, the library writes up to thirty of them. */
    private static void endAt(XYChart chart, int epochs) {
        chart.getStyler().setXAxisMax((double) epochs);
        int step = epochs < 25 ? 1 : epochs <= 100 ? 5 : 10;
        chart.getStyler().setxAxisTickLabelsFormattingFunction(epoch -> {
            long number = Math.round(epoch);
            return number % step == 0 ? String.valueOf(number) : " ";
        });
    }

    private static XYChart chart(String title, String yAxis) {
        return Charts.create(WIDTH, HEIGHT, title, "epoch", yAxis);
    }

    /** Draws what was measured; on a logarithmic axis a loss of exactly zero is left out. */
    private static void line(
            XYChart chart, String name, List<Epoch> epochs, ToDoubleFunction<Epoch> loss, Color color) {
        double least = chart.getStyler().isYAxisLogarithmic() ? Double.MIN_NORMAL : 0;
        List<Epoch> shown =
                epochs.stream().filter(e -> loss.applyAsDouble(e) >= least).toList();
        if (shown.isEmpty()) {
            return;
        }
        XYSeries series = chart.addSeries(
                name,
                shown.stream().mapToDouble(Epoch::number).toArray(),
                shown.stream().mapToDouble(loss).toArray());
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineStyle(new BasicStroke(THICK));
    }
}
