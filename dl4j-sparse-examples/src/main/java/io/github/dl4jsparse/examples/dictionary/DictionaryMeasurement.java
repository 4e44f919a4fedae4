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

    /** Whether units are related by the penalty. */
    boolean isStructured() {
        return !Double.isNaN(neighbourSimilarityRatio);
    }

    /**
     * One sentence: of a structure, how alike related filters are, against random arrangements; without one, the variance explained,
     * against as many principal components of the same patches.
     */
    String claim(DictionaryCodes codes) {
        String explained = String.format(
                Locale.ROOT,
                "%.1f %% of the variance of %d held-out patches with %.1f of %d units active on average",
                100 * quality.explainedVariance(),
                codes.patches().size(0),
                quality.meanActiveUnits(),
                codes.dictionary().size(1));
        if (isStructured()) {
            return String.format(
                    Locale.ROOT,
                    "Related filters are %.2f times as alike as any two (p = %.3f against random arrangements of the same "
                            + "filters%s); the dictionary explains %s.",
                    neighbourSimilarityRatio,
                    neighbourSimilarityP,
                    neighbourSimilarityP < 0.05 && neighbourSimilarityRatio > 1
                            ? ""
                            : ": no structure was found in the filters",
                    explained);
        }
        int components = (int) Math.max(1, Math.round(quality.meanActiveUnits()));
        double control = PatchComponents.explainedVariance(codes.patches(), components);
        return String.format(
                Locale.ROOT,
                "The dictionary explains %s, %s than the best %d principal components of the same patches, %.1f %%.",
                explained,
                quality.explainedVariance() > control ? "more" : "not more",
                components,
                100 * control);
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
        if (isStructured()) {
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
