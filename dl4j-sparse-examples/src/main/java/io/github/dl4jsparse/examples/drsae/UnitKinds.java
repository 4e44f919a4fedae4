package io.github.dl4jsparse.examples.drsae;

import io.github.dl4jsparse.diagnostics.SvgPlot;
import io.github.dl4jsparse.diagnostics.UnitAngles;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Diagrams of the kinds of units: the split into part-units and categorical-units.
 *
 * @param before the network before joint training
 * @param after  the network after it
 */
record UnitKinds(MultiLayerNetwork before, MultiLayerNetwork after) {
    private static final int CLASSIFIER = 2;

    /** The angle of each unit before and after joint training against its recurrent input, joined by a line. */
    SvgPlot angles() {
        double[] from = DrsaeMeasurement.angles(before).angles();
        double[] to = DrsaeMeasurement.angles(after).angles();
        double[] fromLength = recurrentNorms(before);
        double[] toLength = recurrentNorms(after);
        int[] units = units();
        return SvgPlot.of("length of the unit's row of S - I (recurrent input)", "angle in rad")
                .joining(of(units, fromLength), of(units, from), of(units, toLength), of(units, to))
                .bound("part-unit below", UnitAngles.PART_BELOW)
                .bound("categorical above", UnitAngles.CATEGORICAL_ABOVE)
                .points("before", of(units, fromLength), of(units, from))
                .points("after", of(units, toLength), of(units, to));
    }

    /** The units that have an angle before and after: not those without a filter, or of a training that diverged. */
    private int[] units() {
        double[] from = DrsaeMeasurement.angles(before).angles();
        double[] to = DrsaeMeasurement.angles(after).angles();
        return IntStream.range(0, to.length)
                .filter(i -> Double.isFinite(from[i]) && Double.isFinite(to[i]))
                .toArray();
    }

    /** Whether there is a unit to draw. */
    boolean isEmpty() {
        return units().length == 0;
    }

    /** The weight of each unit in the classifier against its angle, by kind. */
    SvgPlot weights() {
        double[] angles = DrsaeMeasurement.angles(after).angles();
        double[] lengths = after.getLayer(CLASSIFIER).getParam("W").norm2(1).toDoubleVector();
        SvgPlot plot = SvgPlot.of("angle in rad", "length of its column of C");
        addKind(plot, "part", angles, lengths, angle -> angle < UnitAngles.PART_BELOW);
        addKind(
                plot,
                "between",
                angles,
                lengths,
                angle -> angle >= UnitAngles.PART_BELOW && angle <= UnitAngles.CATEGORICAL_ABOVE);
        addKind(plot, "categorical", angles, lengths, angle -> angle > UnitAngles.CATEGORICAL_ABOVE);
        return plot;
    }

    private static void addKind(SvgPlot plot, String name, double[] angles, double[] lengths, DoublePredicate kind) {
        int[] units = IntStream.range(0, angles.length)
                .filter(unit -> kind.test(angles[unit]))
                .toArray();
        if (units.length > 0) {
            plot.points(name + " (" + units.length + ")", of(units, angles), of(units, lengths));
        }
    }

    private static double[] of(int[] units, double[] values) {
        return IntStream.of(units).mapToDouble(unit -> values[unit]).toArray();
    }

    /** The lengths of the rows of S - I; zeros without S. */
    private static double[] recurrentNorms(MultiLayerNetwork net) {
        INDArray s = net.getLayer(0).paramTable().get(ListaLayer.RECURRENT);
        return s == null
                ? new double
                        [Math.toIntExact(
                                net.getLayer(0).getParam(ListaLayer.DECODER).size(1))]
                : s.sub(Nd4j.eye(s.rows()).castTo(s.dataType())).norm2(1).toDoubleVector();
    }
}
