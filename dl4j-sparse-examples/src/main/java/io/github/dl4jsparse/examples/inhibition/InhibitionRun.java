package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.examples.inhibition.InhibitionSettings.Structure;
import io.github.dl4jsparse.examples.patch.TreePruning;
import io.github.dl4jsparse.examples.patch.TreePruningMeasurement;
import io.github.dl4jsparse.examples.picture.LossChart;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What one run of {@code inhibition} brought, and how it is written down.
 *
 * @param data    its name
 * @param trained the network with the learned dictionary
 * @param codes   of the held-out patches
 * @param effect  what a learned inhibition does; null where it is given
 * @param pruning how the tree was pruned; null where it was not
 * @param pruned  the figures of that; null where it was not
 */
record InhibitionRun(
        InhibitionSettings settings,
        long seed,
        String data,
        MultiLayerNetwork trained,
        LossCurves curves,
        InhibitionCodes codes,
        InhibitionMeasurement measured,
        LearnedMeasurement effect,
        TreePruning pruning,
        TreePruningMeasurement pruned,
        double seconds) {

    /** Writes the network, the numbers and the pictures. */
    void write(RunDirectory directory) throws IOException {
        directory.write("inhibition.zip", trained);
        ResultJson result = new ResultJson("inhibition", data, seed, settings, seconds).with(measured);
        result = effect == null ? result : result.with(effect);
        directory.write("result.json", pruned == null ? result : result.with(pruned));
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

    /** A few lines for people. */
    String summary() {
        InhibitionMeasurement m = measured;
        String text = String.format(
                Locale.ROOT,
                "Energy %.3f a patch, %.1f %% of the variance explained (%d held-out patches), %.0f s%n"
                        + "Units: %.1f of %d active on average; %d dead; %.1f %% of the filters oriented%n"
                        + "Active together: %.3f %% of patches for pairs without inhibition, %.3f %% for pairs with",
                m.energy(),
                100 * m.explainedVariance(),
                codes.patches().size(0),
                seconds,
                m.meanActiveUnits(),
                codes.dictionary().size(1),
                m.deadUnits(),
                100 * m.orientedFraction(),
                100 * m.coActivationInsideZeros(),
                100 * m.coActivationOutsideZeros());
        if (!Double.isNaN(m.neighbourSimilarityRatio())) {
            text += String.format(
                    Locale.ROOT,
                    "%nNeighbours are %.2f times as alike as any two (p = %.3f)",
                    m.neighbourSimilarityRatio(),
                    m.neighbourSimilarityP());
        }
        if (m.selectivityByDepth() != null) {
            text += String.format(
                    Locale.ROOT,
                    "%nSelectivity by depth: %s; with S shuffled %s%n"
                            + "On one path from the root: %.1f %% of a code's active units; with S shuffled %.1f %%",
                    list(m.selectivityByDepth()),
                    list(m.selectivityByDepthControl()),
                    100 * m.chainFraction(),
                    100 * m.chainFractionControl());
        }
        if (pruned != null) {
            text += System.lineSeparator() + pruned.summary();
        }
        if (effect != null) {
            text += System.lineSeparator() + effect.summary();
        }
        if (!Double.isNaN(m.zeroRecoveryAuc())) {
            text += String.format(
                    Locale.ROOT,
                    "%nZeros of a planted %s found with an area under the curve of %.3f",
                    settings.planted(),
                    m.zeroRecoveryAuc());
        }
        return text;
    }

    private static String list(List<Double> numbers) {
        return numbers.stream()
                .map(number -> number == null ? "-" : String.format(Locale.ROOT, "%.3f", number))
                .collect(Collectors.joining(", "));
    }
}
