package io.github.dl4jsparse.diagnostics;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What is told of a layer at one time of its training, in the order in which it is told: in a line of the log, in a table, and as
 * a curve. NaN where it was not measured.
 */
enum TrainingMeasure {
    ENERGY("energy", Plot.INK, m -> m.energy().total()),
    RECONSTRUCTION("reconstruction", Plot.BLUE, m -> m.energy().reconstruction()),
    PENALTY("penalty", Plot.RED, m -> m.energy().penalty()),
    ACTIVE_UNITS("active units", Plot.BLUE, LayerMeasurement::meanActiveUnits),
    ACTIVE_GROUPS("active groups", Plot.BLUE, LayerMeasurement::meanActiveGroups),
    DEAD("dead fraction", Plot.RED, LayerMeasurement::deadFraction),
    EXPLAINED("explained variance", Plot.BLUE, LayerMeasurement::explainedVariance),
    COHERENCE("coherence", Plot.BLUE, LayerMeasurement::coherence),
    EXCESS("excess", Plot.RED, LayerMeasurement::excess);

    private final String label;
    private final Color colour;
    private final ToDoubleFunction<LayerMeasurement> value;

    TrainingMeasure(String label, Color colour, ToDoubleFunction<LayerMeasurement> value) {
        this.label = label;
        this.colour = colour;
        this.value = value;
    }

    String label() {
        return label;
    }

    Color colour() {
        return colour;
    }

    double of(LayerMeasurement measurement) {
        return value.applyAsDouble(measurement);
    }

    double of(TrainingPoint point) {
        return of(point.measurement());
    }

    /** The value in four digits; empty where it was not measured. */
    String text(TrainingPoint point) {
        double number = of(point);
        return Double.isNaN(number) ? "" : String.format(Locale.ROOT, "%.4g", number);
    }

    /** Measures that share a diagram, the largest first. */
    record Diagram(String caption, String axis, List<TrainingMeasure> measures) {
        /** Those that there are; every measure is in one of them. */
        static final List<Diagram> ALL = List.of(
                new Diagram("Energy and its terms", "mean per example", List.of(ENERGY, RECONSTRUCTION, PENALTY)),
                new Diagram("Active units", "mean per example", List.of(ACTIVE_UNITS)),
                new Diagram("Active groups", "mean per example", List.of(ACTIVE_GROUPS)),
                new Diagram("Units that are zero in every example", "share of all units", List.of(DEAD)),
                new Diagram(
                        "Explained variance; what is below 0 is drawn at 0",
                        "share of the variance",
                        List.of(EXPLAINED)),
                new Diagram("Coherence of the dictionary", "largest cosine of two atoms", List.of(COHERENCE)),
                new Diagram(
                        "Energy of the encoder's code above that of the solver's",
                        "share of the solver's",
                        List.of(EXCESS)));
    }
}
