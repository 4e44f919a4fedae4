package io.github.dl4jsparse.diagnostics;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One quantity of a {@link TrainingPoint}, as log lines, tables and curves show it.
 *
 * @param label  its name
 * @param colour of its curve
 * @param value  NaN where it was not measured
 */
record TrainingMeasure(String label, Color colour, ToDoubleFunction<LayerMeasurement> value) {
    /** Colours of the terms of the loss, in their order. */
    private static final List<Color> COLOURS =
            List.of(Plot.BLUE, Plot.RED, Plot.GREEN, Plot.PURPLE, Plot.ORANGE, Plot.SKY);

    /** The quantities of a point, in the order of display. */
    static List<TrainingMeasure> of(TrainingPoint point) {
        return of(List.of(point));
    }

    /**
     * The quantities of several points, in the order of display, with every term of the loss that any of the points
     * has.
     */
    static List<TrainingMeasure> of(List<TrainingPoint> points) {
        return Diagram.of(points).stream()
                .flatMap(diagram -> diagram.measures().stream())
                .toList();
    }

    private static TrainingMeasure term(String name, Color colour) {
        return new TrainingMeasure(
                name, colour, m -> m.energy().has(name) ? m.energy().value(name) : Double.NaN);
    }

    double of(LayerMeasurement measurement) {
        return value.applyAsDouble(measurement);
    }

    double at(TrainingPoint point) {
        return of(point.measurement());
    }

    /** The value in four digits; empty where it was not measured. */
    String text(TrainingPoint point) {
        double number = at(point);
        return Double.isNaN(number) ? "" : String.format(Locale.ROOT, "%.4g", number);
    }

    /** Quantities that share a diagram, the largest first. */
    record Diagram(String caption, String axis, List<TrainingMeasure> measures) {
        private static final String MEAN = "mean per example";

        /** The diagrams of some points; every quantity is in one of them. */
        static List<Diagram> of(List<TrainingPoint> points) {
            return List.of(
                    new Diagram("Energy and its terms", MEAN, energy(points)),
                    alone(
                            "Active elements of the code",
                            MEAN,
                            "active elements",
                            Plot.BLUE,
                            LayerMeasurement::meanActiveUnits),
                    alone("Active groups", MEAN, "active groups", Plot.BLUE, LayerMeasurement::meanActiveGroups),
                    alone(
                            "Elements of the code that are zero in every example of the probe",
                            "share of all elements",
                            "zero on the probe",
                            Plot.RED,
                            LayerMeasurement::deadFraction),
                    alone(
                            "Explained variance; what is below 0 is drawn at 0",
                            "share of the variance",
                            "explained variance",
                            Plot.BLUE,
                            LayerMeasurement::explainedVariance),
                    alone(
                            "Coherence of the dictionary",
                            "largest cosine of two atoms",
                            "coherence",
                            Plot.BLUE,
                            LayerMeasurement::coherence),
                    alone(
                            "Energy of the encoder's code above that of the solver's",
                            "share of the solver's",
                            "excess",
                            Plot.RED,
                            LayerMeasurement::excess));
        }

        private static List<TrainingMeasure> energy(List<TrainingPoint> points) {
            List<TrainingMeasure> measures = new ArrayList<>();
            measures.add(new TrainingMeasure("energy", Plot.INK, m -> m.energy().total()));
            List<String> names = points.stream()
                    .flatMap(point -> point.measurement().energy().names().stream())
                    .distinct()
                    .toList();
            for (int i = 0; i < names.size(); i++) {
                measures.add(term(names.get(i), COLOURS.get(i % COLOURS.size())));
            }
            return measures;
        }

        private static Diagram alone(
                String caption, String axis, String label, Color colour, ToDoubleFunction<LayerMeasurement> value) {
            return new Diagram(caption, axis, List.of(new TrainingMeasure(label, colour, value)));
        }
    }
}
