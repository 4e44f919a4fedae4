package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.diagnostics.CodeStatistics;
import io.github.dl4jsparse.diagnostics.NeighbourSimilarity;
import io.github.dl4jsparse.examples.patch.CodeQuality;
import io.github.dl4jsparse.examples.patch.CodeStructure;
import io.github.dl4jsparse.examples.run.ResultJson;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What is measured of a dictionary, on held-out patches where patches are needed; its names are the keys of
 * {@code result.json}.
 *
 * @param quality                  of the codes
 * @param meanActiveGroups         of a patch, of the groups the penalty adds up
 * @param neighbourSimilarityRatio similarity of related filters as a multiple of that of any two; NaN without relation
 * @param neighbourSimilarityP     share of random arrangements that are as good; NaN without relation
 * @param orphans                  active units whose parent is not; null without tree
 */
record DictionaryMeasurement(
        CodeQuality quality,
        double meanActiveGroups,
        double neighbourSimilarityRatio,
        double neighbourSimilarityP,
        Integer orphans) {

    static DictionaryMeasurement of(DictionaryCodes codes, DictionarySettings s, long seed) {
        CodeStructure structure = codes.structure();
        INDArray z = codes.codes();
        CodeStatistics groups = CodeStatistics.of(structure.groups().pool(z.mul(z)));
        Optional<NeighbourSimilarity> similarity = structure.similarity(codes.dictionary(), seed);
        return new DictionaryMeasurement(
                CodeQuality.of(codes, s.patch()),
                groups.meanActiveUnits(),
                similarity.map(NeighbourSimilarity::ratio).orElse(Double.NaN),
                similarity.map(NeighbourSimilarity::pValue).orElse(Double.NaN),
                structure.orphans(z).orElse(null));
    }

    /** By the keys of {@code result.json}. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>(ResultJson.keys(quality));
        ResultJson.keys(this).forEach(figures::putIfAbsent);
        figures.remove("quality");
        return figures;
    }

    /** Lines for people. */
    String summary(DictionaryCodes codes) {
        String text = quality.summary(codes)
                + String.format(Locale.ROOT, "; %.1f groups active on average", meanActiveGroups);
        if (!Double.isNaN(neighbourSimilarityRatio)) {
            text += String.format(
                    Locale.ROOT,
                    "; related filters are %.2f times as alike as any two (p = %.3f)",
                    neighbourSimilarityRatio,
                    neighbourSimilarityP);
        }
        return orphans == null
                ? text
                : text + String.format(Locale.ROOT, "%nTree: %d active units without their parent", orphans);
    }
}
