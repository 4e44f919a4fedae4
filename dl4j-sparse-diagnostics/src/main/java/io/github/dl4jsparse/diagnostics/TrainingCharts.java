package io.github.dl4jsparse.diagnostics;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The measurements of one layer as curves over its updates. A grey line marks where pre-training ends, if there is more.
 * <p>A quantity that was never measured has no curve. A short curve has a disc at each point, so that a single point is
 * visible.
 */
final class TrainingCharts {
    private static final double ROOM = 1.1;
    private static final int FEW = 40;
    /**
     * Values above this multiple of the median are drawn at the top of the diagram: the first values of a training
     * would flatten the rest of the curve.
     */
    private static final double OUTLIERS = 4;

    private final List<TrainingPoint> points;
    private final double[] updates;

    TrainingCharts(List<TrainingPoint> points) {
        this.points = points;
        this.updates = points.stream().mapToDouble(TrainingPoint::updates).toArray();
    }

    /** The diagrams that have data, by their captions. */
    Map<String, BufferedImage> draw() {
        Map<String, BufferedImage> charts = new LinkedHashMap<>();
        TrainingMeasure.Diagram.of(points).forEach(diagram -> add(charts, diagram));
        return charts;
    }

    private void add(Map<String, BufferedImage> charts, TrainingMeasure.Diagram diagram) {
        List<TrainingMeasure> all = diagram.measures();
        double[][] values = all.stream()
                .map(measure -> points.stream().mapToDouble(measure::at).toArray())
                .toArray(double[][]::new);
        double[] finite = Arrays.stream(values)
                .flatMapToDouble(DoubleStream::of)
                .filter(Double::isFinite)
                .toArray();
        if (finite.length == 0) {
            return;
        }
        Plot plot = new Plot("updates", diagram.axis(), updates[updates.length - 1], top(values[0]));
        double boundary = boundary();
        if (boundary > 0) {
            plot.mark(boundary, Plot.GREY);
        }
        for (int i = 0; i < values.length; i++) {
            TrainingMeasure measure = all.get(i);
            plot.line(updates, values[i], measure.colour()).legend(measure.colour(), measure.label());
            int measured =
                    (int) DoubleStream.of(values[i]).filter(Double::isFinite).count();
            if (measured <= FEW) {
                plot.points(updates, values[i], measure.colour());
            }
        }
        charts.put(diagram.caption(), plot.picture());
    }

    /** The top of the axis, for the first series, which is the largest. */
    private static double top(double[] values) {
        double[] sorted =
                DoubleStream.of(values).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return 1;
        }
        double median = sorted[sorted.length / 2];
        double largest = sorted[sorted.length - 1];
        return ROOM * (median > 0 ? Math.min(largest, OUTLIERS * median) : largest);
    }

    /** The number of updates at which pre-training ended; 0 where all points, or none, are of pre-training. */
    private double boundary() {
        double last = points.stream()
                .filter(TrainingPoint::pretraining)
                .mapToDouble(TrainingPoint::updates)
                .max()
                .orElse(0);
        return last < updates[updates.length - 1] ? last : 0;
    }
}
