package io.github.dl4jsparse.examples.drsae;

import io.github.dl4jsparse.diagnostics.UnitAngles;
import io.github.dl4jsparse.examples.picture.Canvas;
import io.github.dl4jsparse.examples.picture.Charts;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Draws the units by the angle between encoder and decoder, against what other units and the classifier make of them:
 * the split into part-units and categorical-units (Rolfe and LeCun, figure 4).
 */
final class UnitChart {
    private static final int WIDTH = 660;
    private static final int HEIGHT = 480;

    private UnitChart() {}

    static BufferedImage draw(MultiLayerNetwork before, MultiLayerNetwork after) {
        XYChart recurrent =
                chart("Recurrent input of each unit, before and after joint training", "length of its row of S - I");
        XYChart classifier =
                chart("Weight of each unit in the classifier, after joint training", "length of its column of C");
        double[] angles = DrsaeMeasurement.angles(after).angles();
        if (before.getLayer(0).paramTable().containsKey(ListaLayer.RECURRENT)) {
            points(
                    recurrent,
                    "before",
                    DrsaeMeasurement.angles(before).angles(),
                    recurrentNorms(before),
                    a -> true,
                    Canvas.GREY,
                    SeriesMarkers.CIRCLE);
            kinds(recurrent, angles, recurrentNorms(after));
        }
        // before joint training the classifier is random
        kinds(classifier, angles, after.getLayer(2).getParam("W").norm2(1).toDoubleVector());
        return Charts.sideBySide(recurrent, classifier);
    }

    private static double[] recurrentNorms(MultiLayerNetwork net) {
        INDArray s = net.getLayer(0).getParam(ListaLayer.RECURRENT);
        return s.sub(Nd4j.eye(s.rows()).castTo(s.dataType())).norm2(1).toDoubleVector();
    }

    private static XYChart chart(String title, String yAxis) {
        XYChart chart =
                Charts.create(WIDTH, HEIGHT, title, "angle between encoder row and decoder column in rad", yAxis);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setYAxisDecimalPattern("0.0#");
        return chart;
    }

    private static void kinds(XYChart chart, double[] angles, double[] norms) {
        points(chart, "part", angles, norms, a -> a < UnitAngles.PART_BELOW, Canvas.BLUE, SeriesMarkers.CIRCLE);
        points(
                chart,
                "between",
                angles,
                norms,
                a -> a >= UnitAngles.PART_BELOW && a <= UnitAngles.CATEGORICAL_ABOVE,
                Canvas.ORANGE,
                SeriesMarkers.DIAMOND);
        points(
                chart,
                "categorical",
                angles,
                norms,
                a -> a > UnitAngles.CATEGORICAL_ABOVE,
                Canvas.RED,
                SeriesMarkers.SQUARE);
    }

    private static void points(
            XYChart chart,
            String name,
            double[] angles,
            double[] norms,
            DoublePredicate which,
            Color color,
            Marker marker) {
        int[] units = IntStream.range(0, angles.length)
                .filter(i -> Double.isFinite(angles[i]) && which.test(angles[i]))
                .toArray();
        if (units.length == 0) {
            return;
        }
        XYSeries series = chart.addSeries(
                name + " (" + units.length + ")",
                IntStream.of(units).mapToDouble(i -> angles[i]).toArray(),
                IntStream.of(units).mapToDouble(i -> norms[i]).toArray());
        series.setMarker(marker);
        series.setMarkerColor(color);
    }
}
