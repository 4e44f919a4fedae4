package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.examples.dictionary.EncoderTraining.Trained;
import io.github.dl4jsparse.examples.picture.Charts;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.examples.run.TextTable;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.knowm.xchart.XYChart;

/**
 * Encoders beside the solver whose codes they predict, on held-out patches.
 *
 * @param figures  of all encoders, and of the solver
 * @param networks the trained encoders, in the same order
 */
record EncoderComparison(Figures figures, List<MultiLayerNetwork> networks) {
    private static final int WIDTH = 620;
    private static final int HEIGHT = 440;

    /**
     * What {@code result.json} says.
     *
     * @param solverEnergy            mean of a patch
     * @param solverZeroGroupsPercent of all groups of all patches
     * @param solverMicroseconds      a patch
     */
    record Figures(
            EncoderSchedule schedule,
            double solverEnergy,
            double solverZeroGroupsPercent,
            double solverMicroseconds,
            List<EncoderMeasurement> encoders) {}

    /** Trains an encoder for each number of steps, and measures it. */
    static EncoderComparison of(EncoderTraining training) {
        DictionaryCodes codes = training.codes();
        double lambda = training.lambda();
        List<EncoderMeasurement> encoders = new ArrayList<>();
        List<MultiLayerNetwork> networks = new ArrayList<>();
        for (int steps : training.schedule().steps()) {
            Trained best = training.best(steps);
            encoders.add(EncoderMeasurement.of(training, steps, best));
            networks.add(best.net());
        }
        Figures figures = new Figures(
                training.schedule(),
                codes.meanEnergyOf(lambda, codes.patches(), codes.codes()),
                EncoderMeasurement.zeroGroupsPercent(codes.structure().groups(), codes.codes()),
                EncoderMeasurement.microseconds(
                        codes.patches().size(0),
                        () -> codes.structure().exactSolver().solve(codes.energy(lambda), codes.patches())),
                encoders);
        return new EncoderComparison(figures, networks);
    }

    /** Writes the chart and every encoder as a network that is ready for use. */
    void write(RunDirectory directory) throws IOException {
        directory.write("encoder.png", draw());
        for (int i = 0; i < networks.size(); i++) {
            directory.write("encoder-" + figures.encoders().get(i).steps() + ".zip", networks.get(i));
        }
    }

    /** Energy against the number of steps. */
    private BufferedImage draw() {
        XYChart chart = Charts.create(WIDTH, HEIGHT, "Energy of held-out patches", "steps K", "mean per patch");
        line(chart, "ISTA", EncoderMeasurement::istaEnergy);
        line(chart, "FISTA", EncoderMeasurement::fistaEnergy);
        line(chart, "trained encoder", EncoderMeasurement::energy);
        line(chart, "solver", e -> figures.solverEnergy());
        return Charts.sideBySide(chart);
    }

    private void line(XYChart chart, String name, ToDoubleFunction<EncoderMeasurement> value) {
        List<EncoderMeasurement> encoders = figures.encoders();
        chart.addSeries(
                name,
                encoders.stream().mapToDouble(EncoderMeasurement::steps).toArray(),
                encoders.stream().mapToDouble(value).toArray());
    }

    /** The table. */
    String summary() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "Encoder",
                "energy",
                "% above",
                "ISTA",
                "FISTA",
                "zero groups %",
                "violations",
                "us a patch",
                "coupling"));
        rows.add(List.of(
                "solver",
                text(figures.solverEnergy()),
                "",
                "",
                "",
                text(figures.solverZeroGroupsPercent()),
                "",
                text(figures.solverMicroseconds()),
                ""));
        for (EncoderMeasurement e : figures.encoders()) {
            rows.add(List.of(
                    "K = " + e.steps(),
                    text(e.energy()),
                    text(e.excessPercent()),
                    text(e.istaEnergy()),
                    text(e.fistaEnergy()),
                    text(e.zeroGroupsPercent()),
                    e.violations() == null ? "" : e.violations().toString(),
                    text(e.microseconds()),
                    e.coupling() + ", rate " + e.learningRate()));
        }
        return TextTable.plain(rows).stripTrailing();
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
