package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.diagnostics.CoActivation;
import io.github.dl4jsparse.diagnostics.NeighbourSimilarity;
import io.github.dl4jsparse.examples.patch.CodeQuality;
import io.github.dl4jsparse.examples.patch.TreeCodes;
import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.SignTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What is measured of a dictionary under inhibition, on held-out patches; its names are the keys of {@code result.json}.
 *
 * @param quality                   of the codes
 * @param coActivationInsideZeros   how often two units are active together that do not inhibit each other: a mean over pairs
 * @param coActivationOutsideZeros  the same over pairs that do
 * @param selectivityByDepth        mean selectivity of the units of each depth, the root first; null without tree
 * @param selectivityByDepthControl the same where S was shuffled before the training; null without tree
 * @param chainFraction             share of a code's active units on one path from the root; NaN without tree
 * @param chainFractionControl      the same where S was shuffled; NaN without tree
 * @param chainFractionP            of the sign test over the patches; NaN without tree
 * @param neighbourSimilarityRatio  similarity of neighbours on the map, ring or tree as a multiple of that of any two
 * @param neighbourSimilarityP      share of random arrangements that are as good
 * @param zeroRecoveryAuc           area under the ROC curve of the zeros of a learned S against those planted in synthetic data
 */
record InhibitionMeasurement(
        CodeQuality quality,
        double coActivationInsideZeros,
        double coActivationOutsideZeros,
        List<Double> selectivityByDepth,
        List<Double> selectivityByDepthControl,
        double chainFraction,
        double chainFractionControl,
        double chainFractionP,
        double neighbourSimilarityRatio,
        double neighbourSimilarityP,
        double zeroRecoveryAuc) {

    /**
     * @param control codes of the network that was trained with S shuffled; null without tree
     */
    static InhibitionMeasurement of(
            InhibitionCodes codes, InhibitionCodes control, InhibitionSettings s, long seed, double zeroRecoveryAuc) {
        INDArray z = codes.codes();
        CoActivation together = CoActivation.of(z);
        TreeCodes onTree = control == null ? null : new TreeCodes(codes.tree(), z);
        TreeCodes ofControl = control == null ? null : new TreeCodes(codes.tree(), control.codes());
        NeighbourSimilarity similarity = similarity(codes, s, seed);
        return new InhibitionMeasurement(
                CodeQuality.of(codes, s.patch()),
                together.mean(codes.inhibition(), true),
                together.mean(codes.inhibition(), false),
                onTree == null ? null : onTree.selectivityByDepth(),
                ofControl == null ? null : ofControl.selectivityByDepth(),
                onTree == null ? Double.NaN : onTree.chainFraction(),
                ofControl == null ? Double.NaN : ofControl.chainFraction(),
                ofControl == null ? Double.NaN : signTest(onTree.chainFractions(), ofControl.chainFractions()),
                similarity == null ? Double.NaN : similarity.ratio(),
                similarity == null ? Double.NaN : similarity.pValue(),
                zeroRecoveryAuc);
    }

    /** Patches with two active units and more under both networks. */
    private static double signTest(double[] ours, double[] control) {
        int more = 0;
        int less = 0;
        for (int i = 0; i < ours.length; i++) {
            more += ours[i] > control[i] ? 1 : 0;
            less += ours[i] < control[i] ? 1 : 0;
        }
        return SignTest.p(more, less);
    }

    private static NeighbourSimilarity similarity(InhibitionCodes codes, InhibitionSettings s, long seed) {
        INDArray dictionary = codes.dictionary();
        int permutations = NeighbourSimilarity.PERMUTATIONS;
        return switch (s.structure()) {
            case TREE -> NeighbourSimilarity.tree(dictionary, codes.tree().parents(), permutations, seed);
            case ANNULUS -> NeighbourSimilarity.torus(dictionary, s.side(), s.side(), permutations, seed);
            case RING -> NeighbourSimilarity.torus(dictionary, 1, s.units(), permutations, seed);
            case LEARNED -> null;
        };
    }

    /** By the keys of {@code result.json}. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>(ResultJson.keys(quality));
        ResultJson.keys(this).forEach(figures::putIfAbsent);
        figures.remove("quality");
        return figures;
    }

    /** Lines for people. */
    String summary(InhibitionCodes codes) {
        String text = quality.summary(codes)
                + String.format(
                        Locale.ROOT,
                        "%nActive together: %.3f %% of patches for pairs without inhibition, %.3f %% for pairs with",
                        100 * coActivationInsideZeros,
                        100 * coActivationOutsideZeros);
        if (!Double.isNaN(neighbourSimilarityRatio)) {
            text += String.format(
                    Locale.ROOT,
                    "%nNeighbours are %.2f times as alike as any two (p = %.3f)",
                    neighbourSimilarityRatio,
                    neighbourSimilarityP);
        }
        return selectivityByDepth == null
                ? text
                : text
                        + String.format(
                                Locale.ROOT,
                                "%nSelectivity by depth: %s; with S shuffled %s%n"
                                        + "On one path from the root: %.1f %% of a code's active units; with S shuffled %.1f %%",
                                list(selectivityByDepth),
                                list(selectivityByDepthControl),
                                100 * chainFraction,
                                100 * chainFractionControl);
    }

    private static String list(List<Double> numbers) {
        return numbers.stream()
                .map(number -> number == null ? "-" : String.format(Locale.ROOT, "%.3f", number))
                .collect(Collectors.joining(", "));
    }
}
