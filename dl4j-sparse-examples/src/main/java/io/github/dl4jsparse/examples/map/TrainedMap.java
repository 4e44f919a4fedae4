package io.github.dl4jsparse.examples.map;

import io.github.dl4jsparse.diagnostics.TrainingHistory;
import io.github.dl4jsparse.examples.map.MapSettings.Structure;
import io.github.dl4jsparse.examples.run.LossCurves;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * One trained map.
 *
 * @param structure what its penalty takes for neighbours
 * @param numbers   of {@code measured}
 */
record TrainedMap(
        Structure structure,
        MultiLayerNetwork net,
        LossCurves curves,
        TrainingHistory history,
        MapMeasurement measured,
        MapMeasurement.Numbers numbers) {

    /** A line for people. */
    String summary() {
        MapMeasurement.Numbers n = numbers;
        return String.format(
                Locale.ROOT,
                "%s: %s, %s, %d + %d of %d pinwheels beyond chance%s, coverage "
                        + "%.2f, %.0f %% oriented, invariance %.2f (shifts) %.2f (phase), %.0f s",
                structure,
                n.neighbours(),
                Double.isNaN(n.columnSpacing())
                        ? "no column spacing"
                        : String.format(Locale.ROOT, "columns %.1f units apart", n.columnSpacing()),
                n.positivePinwheels(),
                n.negativePinwheels(),
                n.pinwheelsAndChance(),
                Double.isNaN(n.pinwheelDensity())
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " (all: %.2f per squared spacing, random %.2f)",
                                n.pinwheelDensity(),
                                n.randomDensity()),
                n.orientationCoverage(),
                100 * n.orientedFraction(),
                n.invarianceRatio(),
                n.phaseInvarianceRatio(),
                n.seconds());
    }
}
