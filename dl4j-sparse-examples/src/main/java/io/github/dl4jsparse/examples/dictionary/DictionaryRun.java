package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.examples.patch.TreePruning;
import io.github.dl4jsparse.examples.patch.TreePruningMeasurement;
import io.github.dl4jsparse.examples.picture.LossChart;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import java.io.IOException;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What one run of {@code dictionary} brought, and how it is written down.
 *
 * @param data    its name
 * @param trained the network with the learned dictionary
 * @param codes   of the held-out patches
 * @param pruning how the tree was pruned; null where it was not
 * @param pruned  the figures of that; null where it was not
 * @param encoder beside the solver; null where none was asked for
 */
record DictionaryRun(
        DictionarySettings settings,
        long seed,
        String data,
        MultiLayerNetwork trained,
        LossCurves curves,
        DictionaryCodes codes,
        DictionaryMeasurement measured,
        TreePruning pruning,
        TreePruningMeasurement pruned,
        EncoderComparison encoder,
        double seconds) {

    private static final String EXAMPLE = "dictionary";

    /** Writes the network, the numbers and the pictures. */
    void write(RunDirectory directory) throws IOException {
        directory.write("dictionary.zip", trained);
        ResultJson result = new ResultJson(EXAMPLE, data, seed, settings, seconds).with(measured);
        result = pruned == null ? result : result.with(pruned);
        directory.write("result.json", encoder == null ? result : result.with("encoder", encoder.figures()));
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

    /** A few lines for people. */
    String summary() {
        DictionaryMeasurement m = measured;
        String text = String.format(
                Locale.ROOT,
                "Energy %.3f a patch, %.1f %% of the variance explained (%d held-out patches), %.0f s%n"
                        + "Solver: %s, %s at most %.2g%n"
                        + "Units: %.1f of %d active on average, in %.1f groups; %d dead%n"
                        + "Filters: %.1f %% oriented",
                m.energy(),
                100 * m.explainedVariance(),
                codes.patches().size(0),
                seconds,
                m.converged() ? "converged" : "not converged",
                m.certificateKind(),
                m.certificate(),
                m.meanActiveUnits(),
                codes.dictionary().size(1),
                m.meanActiveGroups(),
                m.deadUnits(),
                100 * m.orientedFraction());
        if (!Double.isNaN(m.neighbourSimilarityRatio())) {
            text += String.format(
                    Locale.ROOT,
                    "; related ones are %.2f times as alike as any two (p = %.3f)",
                    m.neighbourSimilarityRatio(),
                    m.neighbourSimilarityP());
        }
        if (m.orphans() != null) {
            text += String.format(Locale.ROOT, "%nTree: %d active units without their parent", m.orphans());
        }
        text = pruned == null ? text : text + System.lineSeparator() + pruned.summary();
        return encoder == null ? text : text + System.lineSeparator() + encoder.summary();
    }
}
