package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.diagnostics.CoActivation;
import io.github.dl4jsparse.diagnostics.CodeStatistics;
import io.github.dl4jsparse.diagnostics.FilterOrientation;
import io.github.dl4jsparse.diagnostics.NeighbourSimilarity;
import io.github.dl4jsparse.examples.patch.TreeCodes;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What is measured of a dictionary under inhibition, on held-out patches; its names are the keys of {@code result.json}.
 *
 * @param energy                    mean per patch
 * @param certificate               relative sub-gradient distance of the worst code
 * @param explainedVariance         1 - |x - D z|^2 / |x|^2, over all patches
 * @param meanActiveUnits           of a patch
 * @param deadUnits                 active for no patch
 * @param orientedFraction          share of filters with a clear orientation
 * @param coActivationInsideZeros   how often two units are active together that do not inhibit each other: a mean over pairs
 * @param coActivationOutsideZeros  the same over pairs that do
 * @param selectivityByDepth        mean selectivity of the units of each depth, the root first; null without tree
 * @param selectivityByDepthControl the same where S was shuffled before the training; null without tree
 * @param chainFraction             share of a code's active units on one path from the root; NaN without tree
 * @param chainFractionControl      the same where S was shuffled; NaN without tree
 * @param neighbourSimilarityRatio  similarity of neighbours on the map, ring or tree as a multiple of that of any two
 * @param neighbourSimilarityP      share of random arrangements that are as good
 * @param zeroRecoveryAuc           with which a learned S tells the zeros of one that is planted in synthetic data
 */
record InhibitionMeasurement(
        double energy,
        double certificate,
        double explainedVariance,
        double meanActiveUnits,
        int deadUnits,
        double orientedFraction,
        double coActivationInsideZeros,
        double coActivationOutsideZeros,
        List<Double> selectivityByDepth,
        List<Double> selectivityByDepthControl,
        double chainFraction,
        double chainFractionControl,
        double neighbourSimilarityRatio,
        double neighbourSimilarityP,
        double zeroRecoveryAuc) {

    /**
     * @param control codes of the network that was trained with S shuffled; null without tree
     */
    static InhibitionMeasurement of(
            InhibitionCodes codes, InhibitionCodes control, InhibitionSettings s, long seed, double zeroRecoveryAuc) {
        INDArray z = codes.codes();
        CodeStatistics units = CodeStatistics.of(z);
        CoActivation together = CoActivation.of(z);
        TreeCodes onTree = control == null ? null : new TreeCodes(codes.tree(), z);
        TreeCodes ofControl = control == null ? null : new TreeCodes(codes.tree(), control.codes());
        NeighbourSimilarity similarity = similarity(codes, s, seed);
        double lost = codes.residual().norm2Number().doubleValue()
                / codes.patches().norm2Number().doubleValue();
        return new InhibitionMeasurement(
                codes.meanEnergy(),
                codes.solution().worst(),
                1 - lost * lost,
                units.meanActiveUnits(),
                units.deadUnits(),
                FilterOrientation.of(codes.dictionary(), s.patch(), s.patch()).orientedFraction(),
                together.mean(codes.inhibition(), true),
                together.mean(codes.inhibition(), false),
                onTree == null ? null : onTree.selectivityByDepth(),
                ofControl == null ? null : ofControl.selectivityByDepth(),
                onTree == null ? Double.NaN : onTree.chainFraction(),
                ofControl == null ? Double.NaN : ofControl.chainFraction(),
                similarity == null ? Double.NaN : similarity.ratio(),
                similarity == null ? Double.NaN : similarity.pValue(),
                zeroRecoveryAuc);
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
}
