package io.github.dl4jsparse.examples.drsae;

import io.github.dl4jsparse.diagnostics.TrainingHistory;
import io.github.dl4jsparse.diagnostics.TrainingReport;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.picture.LossChart;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.Repetitions;
import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.examples.run.TrainingProgress;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What one run of {@code drsae} brought, and how it is written down.
 *
 * @param pretrained the network before joint training
 * @param trained    the network with the lowest validation error
 * @param history    of the code on images that were not trained on
 * @param before     measured on the test images before joint training
 * @param after      measured on the test images at the end
 */
record DrsaeRun(
        DrsaeSettings settings,
        long seed,
        Digits digits,
        MultiLayerNetwork pretrained,
        MultiLayerNetwork trained,
        LossCurves curves,
        TrainingHistory history,
        BestNetwork best,
        DrsaeMeasurement before,
        DrsaeMeasurement after,
        double seconds) {

    private static final String EXAMPLE = "drsae";

    /** Writes the network, the numbers and the pictures. */
    void write(RunDirectory directory) throws IOException {
        directory.write("network.zip", trained);
        directory.write("result.json", json());
        DrsaePictures pictures = new DrsaePictures(digits, pretrained, trained);
        directory.write("filters.png", pictures.filters());
        directory.write("losses.png", LossChart.draw(curves));
        directory.write("units.png", UnitChart.draw(pretrained, trained));
        directory.write("progressive.png", pictures.progressive());
        TrainingReport report = new TrainingReport("A discriminative recurrent sparse auto-encoder", history);
        history.layers()
                .forEach(layer -> report.filters(
                        layer, trained.getLayer(0).getParam(ListaLayer.DECODER), digits.height(), digits.width()));
        report.write(directory.path().resolve("training.html"));
    }

    private ResultJson json() {
        return new ResultJson(EXAMPLE, digits.name(), seed, settings, seconds)
                .with(after)
                .with("validationError", best.error())
                .with("bestEpoch", best.epoch())
                .with("beforeJoint", ResultJson.keys(before.code()));
    }

    /** A few lines for people. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "Test error %.2f %% (%d images), validation error %.2f %% (epoch %d), %.0f s%n"
                        + "Losses: %s%n"
                        + "Units: %.1f active on average, %d of %d dead; part-units %d before joint training, %d after; "
                        + "categorical %d before, %d after",
                after.testError(),
                digits.test().numExamples(),
                best.error(),
                best.epoch(),
                seconds,
                TrainingProgress.text(after.losses()),
                after.meanActiveUnits(),
                after.deadUnits(),
                settings.units(),
                before.partUnits(),
                after.partUnits(),
                before.categoricalUnits(),
                after.categoricalUnits());
    }

    /** Writes the means over several runs, with the test error of each; returns a line for people. */
    static String writeSpread(List<DrsaeRun> runs, RunDirectory directory) throws IOException {
        DrsaeRun first = runs.get(0);
        Map<String, List<Double>> measured = new LinkedHashMap<>();
        for (DrsaeRun run : runs) {
            ResultJson.keys(run.after).forEach((key, value) -> measured.computeIfAbsent(key, k -> new ArrayList<>())
                    .add(((Number) value).doubleValue()));
        }
        double seconds = runs.stream().mapToDouble(DrsaeRun::seconds).sum();
        ResultJson json = new ResultJson(EXAMPLE, first.digits.name(), first.seed, first.settings, seconds);
        measured.forEach((key, values) -> json.with(key, Repetitions.mean(values)));
        List<Double> errors = measured.get("testError");
        json.with("seeds", runs.stream().map(DrsaeRun::seed).toList())
                .with("testErrors", errors)
                .with("testErrorStandardDeviation", Repetitions.deviation(errors));
        directory.write("result.json", json);
        return String.format(
                Locale.ROOT,
                "Test error over %d seeds: mean %.2f %%, standard deviation %.2f, lowest %.2f, highest %.2f",
                runs.size(),
                Repetitions.mean(errors),
                Repetitions.deviation(errors),
                errors.stream().mapToDouble(e -> e).min().orElse(Double.NaN),
                errors.stream().mapToDouble(e -> e).max().orElse(Double.NaN));
    }
}
