package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.diagnostics.CodeStatistics;
import io.github.dl4jsparse.diagnostics.FilterOrientation;
import io.github.dl4jsparse.diagnostics.NeighbourSimilarity;
import io.github.dl4jsparse.examples.patch.CodeStructure;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What is measured of a dictionary, on held-out patches where patches are needed; its names are the keys of
 * {@code result.json}.
 *
 * @param energy                   mean per patch
 * @param certificate              of the worst patch: how far its code may be from the minimum
 * @param certificateKind          what that number is
 * @param converged                whether every code reached the solver's tolerance
 * @param meanActiveUnits          of a patch
 * @param meanActiveGroups         of a patch, of the groups the penalty adds up
 * @param deadUnits                active for no patch
 * @param orientedFraction         share of filters with a clear orientation
 * @param neighbourSimilarityRatio similarity of related filters as a multiple of that of any two; NaN without relation
 * @param neighbourSimilarityP     share of random arrangements that are as good; NaN without relation
 * @param explainedVariance        1 - |x - D z|^2 / |x|^2, over all patches
 * @param orphans                  active units whose parent is not; null without tree
 */
record DictionaryMeasurement(
        double energy,
        double certificate,
        String certificateKind,
        boolean converged,
        double meanActiveUnits,
        double meanActiveGroups,
        int deadUnits,
        double orientedFraction,
        double neighbourSimilarityRatio,
        double neighbourSimilarityP,
        double explainedVariance,
        Integer orphans) {

    static DictionaryMeasurement of(DictionaryCodes codes, DictionarySettings s, long seed) {
        CodeStructure structure = codes.structure();
        INDArray z = codes.codes();
        CodeStatistics units = CodeStatistics.of(z);
        CodeStatistics groups = CodeStatistics.of(structure.groups().pool(z.mul(z)));
        Optional<NeighbourSimilarity> similarity = structure.similarity(codes.dictionary(), seed);
        double lost = codes.residual().norm2Number().doubleValue()
                / codes.patches().norm2Number().doubleValue();
        return new DictionaryMeasurement(
                codes.meanEnergy(),
                codes.solution().worst(),
                codes.solution().certificate().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                codes.solution().converged(),
                units.meanActiveUnits(),
                groups.meanActiveUnits(),
                units.deadUnits(),
                FilterOrientation.of(codes.dictionary(), s.patch(), s.patch()).orientedFraction(),
                similarity.map(NeighbourSimilarity::ratio).orElse(Double.NaN),
                similarity.map(NeighbourSimilarity::pValue).orElse(Double.NaN),
                1 - lost * lost,
                structure.orphans(z).orElse(null));
    }
}
