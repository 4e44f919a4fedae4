package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.UnitBrowser;
import io.github.dl4jsparse.examples.patch.TreePruning;
import io.github.dl4jsparse.examples.patch.TreePruningMeasurement;
import io.github.dl4jsparse.examples.picture.LossChart;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.Result;
import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import java.io.IOException;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The result of one run of {@code dictionary}.
 *
 * @param data    its name
 * @param trained the network with the learned dictionary
 * @param codes   of the held-out patches
 * @param photograph a whole one and its reconstruction
 * @param pruning how the tree was pruned; null where it was not
 * @param pruned  the figures of that; null where it was not
 * @param encoder beside the solver; null where none was asked for
 */
record DictionaryResult(
        DictionarySettings settings,
        String data,
        MultiLayerNetwork trained,
        LossCurves curves,
        DictionaryCodes codes,
        DictionaryMeasurement measured,
        DictionaryPhotograph photograph,
        TreePruning pruning,
        TreePruningMeasurement pruned,
        EncoderComparison encoder)
        implements Result {

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> figures = measured.figures();
        if (pruned != null) {
            figures.putAll(ResultJson.keys(pruned));
        }
        if (encoder != null) {
            figures.put("encoder", encoder.figures());
        }
        return figures;
    }

    @Override
    public String headline() {
        return "energy";
    }

    @Override
    public void write(RunDirectory directory) throws IOException {
        directory.write("dictionary.zip", trained);
        if (encoder != null) {
            encoder.write(directory);
        }
        DictionaryPictures pictures = new DictionaryPictures(settings, codes);
        directory.write("filters.png", pictures.filters());
        if (pruning != null) {
            directory.write("filters-before.png", pictures.pruning(pruning));
        }
        directory.write("reconstructions.png", pictures.reconstructions());
        directory.write("energy.png", LossChart.drawUnlabelled(curves));
    }

    @Override
    public String claim() {
        return measured.claim(codes);
    }

    @Override
    public void show(HtmlReport page) {
        DictionaryPictures pictures = new DictionaryPictures(settings, codes);
        if (!measured.isStructured()) {
            photograph.addTo(page);
        }
        page.figure(pictures.filters(), "Filters in the order of their structure, each scaled for itself");
        if (pruning != null) {
            page.figure(pictures.pruning(pruning), "Filters before pruning; those that were removed are pale");
        }
        if (measured.isStructured()) {
            photograph.addTo(page);
        }
        page.figure(
                pictures.reconstructions(),
                "Held-out patches above, their reconstructions below, each scaled for itself: one without a pattern is gray");
        page.figure(LossChart.drawUnlabelled(curves), "Terms of the energy while it was learned");
        page.section("Units, on held-out patches");
        UnitBrowser.of(trained, 0, codes.patches())
                .images(1, settings.patch(), settings.patch())
                .addTo(page);
    }

    @Override
    public String summary() {
        String text = measured.summary(codes);
        text = pruned == null ? text : text + System.lineSeparator() + pruned.summary();
        return encoder == null ? text : text + System.lineSeparator() + encoder.summary();
    }
}
