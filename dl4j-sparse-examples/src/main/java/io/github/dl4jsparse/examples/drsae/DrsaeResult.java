package io.github.dl4jsparse.examples.drsae;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.TrainingHistory;
import io.github.dl4jsparse.diagnostics.TrainingReport;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.picture.LossChart;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.Result;
import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.examples.run.TrainingProgress;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The result of one run of {@code drsae}.
 *
 * @param pretrained the network before joint training
 * @param trained    the network with the lowest validation error
 * @param history    of the code on images that were not trained on
 * @param before     measured on the test images before joint training
 * @param after      measured on the test images at the end
 * @param control    what the test images are read as without a code
 */
record DrsaeResult(
        DrsaeSettings settings,
        Digits digits,
        MultiLayerNetwork pretrained,
        MultiLayerNetwork trained,
        LossCurves curves,
        TrainingHistory history,
        BestNetwork best,
        DrsaeMeasurement before,
        DrsaeMeasurement after,
        DrsaeControl control)
        implements Result {

    @Override
    public String data() {
        return digits.name();
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> figures = ResultJson.keys(after);
        figures.put("classMeansError", control.classMeansError());
        figures.put("classMeansP", control.classMeansP());
        figures.put("validationError", best.error());
        figures.put("bestEpoch", best.epoch());
        figures.put("beforeJoint", ResultJson.keys(before.code()));
        return figures;
    }

    @Override
    public String headline() {
        return "testError";
    }

    DrsaePictures pictures() {
        return new DrsaePictures(digits, pretrained, trained);
    }

    @Override
    public String claim() {
        return new DrsaePage(this).claim();
    }

    @Override
    public void show(HtmlReport page) {
        new DrsaePage(this).addTo(page);
    }

    @Override
    public void write(RunDirectory directory) throws IOException {
        directory.write("network.zip", trained);
        DrsaePictures pictures = pictures();
        directory.write("filters.png", pictures.filters());
        directory.write("losses.png", LossChart.draw(curves));
        directory.write("units.png", UnitChart.draw(pretrained, trained));
        directory.write("progressive.png", pictures.progressive());
        TrainingReport report = new TrainingReport("A discriminative recurrent sparse auto-encoder", history);
        history.layers()
                .forEach(layer -> report.filters(
                        layer, trained.getLayer(0).getParam(ListaLayer.DECODER), digits.height(), digits.width()));
        report.write(directory.file("training.html"));
    }

    @Override
    public String summary() {
        return String.format(
                Locale.ROOT,
                "Test error %.2f %% (%d images), validation error %.2f %% (epoch %d)%n"
                        + "Losses: %s%n"
                        + "Units: %.1f active on average, %d of %d dead; part-units %d before joint training, %d after; "
                        + "categorical %d before, %d after",
                100 * after.testError(),
                digits.test().numExamples(),
                100 * best.error(),
                best.epoch(),
                TrainingProgress.text(after.losses()),
                after.meanActiveUnits(),
                after.deadUnits(),
                settings.units(),
                before.partUnits(),
                after.partUnits(),
                before.categoricalUnits(),
                after.categoricalUnits());
    }
}
