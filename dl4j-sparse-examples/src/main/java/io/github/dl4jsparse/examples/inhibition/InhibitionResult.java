package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.examples.inhibition.InhibitionSettings.Structure;
import io.github.dl4jsparse.examples.patch.TreePruning;
import io.github.dl4jsparse.examples.patch.TreePruningMeasurement;
import io.github.dl4jsparse.examples.picture.LossChart;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.Result;
import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The result of one run of {@code inhibition}.
 *
 * @param data    its name
 * @param trained the network with the learned dictionary
 * @param codes   of the held-out patches
 * @param effect  what a learned inhibition does; null where it is given
 * @param recovery of an inhibition that was planted in synthetic inputs; null where it is given
 * @param pruning how the tree was pruned; null where it was not
 * @param pruned  the figures of that; null where it was not
 */
record InhibitionResult(
        InhibitionSettings settings,
        String data,
        MultiLayerNetwork trained,
        LossCurves curves,
        InhibitionCodes codes,
        InhibitionMeasurement measured,
        LearnedMeasurement effect,
        PlantedRecovery recovery,
        TreePruning pruning,
        TreePruningMeasurement pruned)
        implements Result {

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> figures = measured.figures();
        if (effect != null) {
            figures.putAll(ResultJson.keys(effect));
        }
        if (pruned != null) {
            figures.putAll(ResultJson.keys(pruned));
        }
        return figures;
    }

    @Override
    public String headline() {
        return "energy";
    }

    @Override
    public String claim() {
        return InhibitionClaim.of(this);
    }

    @Override
    public void show(HtmlReport page) {
        new InhibitionPage(this).addTo(page);
    }

    @Override
    public void write(RunDirectory directory) throws IOException {
        directory.write("inhibition.zip", trained);
        InhibitionPictures pictures = new InhibitionPictures(settings, codes);
        directory.write("filters.png", pictures.filters());
        if (pruning != null) {
            directory.write("filters-before.png", pictures.pruning(pruning));
        }
        if (settings.structure() == Structure.ANNULUS) {
            directory.write("orientations.png", pictures.orientations());
        }
        if (settings.structure() == Structure.LEARNED) {
            directory.write("inhibition.png", pictures.matrix());
            directory.write("partners.png", pictures.partners());
        }
        directory.write("energy.png", LossChart.drawUnlabelled(curves));
    }

    @Override
    public String summary() {
        StringBuilder text = new StringBuilder(measured.summary(codes));
        if (pruned != null) {
            text.append(System.lineSeparator()).append(pruned.summary());
        }
        if (effect != null) {
            text.append(System.lineSeparator()).append(effect.summary());
        }
        if (!Double.isNaN(measured.zeroRecoveryAuc())) {
            text.append(String.format(
                    Locale.ROOT,
                    "%nZeros of a planted %s found with an area under the curve of %.3f",
                    settings.planted(),
                    measured.zeroRecoveryAuc()));
        }
        return text.toString();
    }
}
