package io.github.dl4jsparse.examples.patch;

import io.github.dl4jsparse.group.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How the codes of patches lie on a tree of units. */
public final class TreeCodes {
    private final Tree tree;
    private final float[][] codes;

    /** @param codes {@code [patches, units]}. Not modified. */
    public TreeCodes(Tree tree, INDArray codes) {
        this.tree = tree;
        this.codes = codes.toFloatMatrix();
    }

    /**
     * How selective the units are, a mean over the units of each depth that are ever active: 0 for a unit of one magnitude in all
     * patches, 1 for one that is active in a single patch.
     * <p>\[ \Bigl(1 - \frac{(\mathrm{E} |z|)^2}{\mathrm{E} z^2}\Bigr) \Big/ \Bigl(1 - \frac1n\Bigr) \]
     * <p>Reference: Vinje and Gallant, Sparse coding and decorrelation in primary visual cortex during natural vision, Science 287,
     * 2000.
     */
    public List<Double> selectivityByDepth() {
        int depths = Arrays.stream(depths()).max().orElse(0) + 1;
        double[] sums = new double[depths];
        int[] counts = new int[depths];
        for (int unit = 0; unit < tree.size(); unit++) {
            double sum = 0;
            double squares = 0;
            for (float[] code : codes) {
                sum += Math.abs(code[unit]);
                squares += (double) code[unit] * code[unit];
            }
            if (squares > 0) {
                double n = codes.length;
                sums[tree.depth(unit)] += (1 - sum * sum / (n * squares)) / (1 - 1 / n);
                counts[tree.depth(unit)]++;
            }
        }
        List<Double> means = new ArrayList<>();
        for (int depth = 0; depth < depths; depth++) {
            means.add(counts[depth] == 0 ? null : sums[depth] / counts[depth]);
        }
        return means;
    }

    private int[] depths() {
        int[] depths = new int[tree.size()];
        Arrays.setAll(depths, tree::depth);
        return depths;
    }

    /** The share of a code's active units that lie on one path from the root, a mean over codes of two units and more. */
    public double chainFraction() {
        return Arrays.stream(chainFractions())
                .filter(share -> !Double.isNaN(share))
                .average()
                .orElse(Double.NaN);
    }

    /** The share of the active units of each code that lie on one path from the root; NaN for codes of fewer than two units. */
    public double[] chainFractions() {
        double[] fractions = new double[codes.length];
        int[] onPath = new int[tree.size()];
        for (int i = 0; i < codes.length; i++) {
            int active = 0;
            int most = 0;
            for (int place = 0; place < tree.size(); place++) {
                int unit = tree.nodeAt(place);
                int above = tree.parent(unit) < 0 ? 0 : onPath[tree.parent(unit)];
                onPath[unit] = above + (codes[i][unit] != 0 ? 1 : 0);
                active += codes[i][unit] != 0 ? 1 : 0;
                most = Math.max(most, onPath[unit]);
            }
            fractions[i] = active > 1 ? (double) most / active : Double.NaN;
        }
        return fractions;
    }
}
