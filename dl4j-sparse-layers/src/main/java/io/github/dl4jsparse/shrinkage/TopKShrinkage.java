package io.github.dl4jsparse.shrinkage;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.TopKPenalty;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keeps the k units of largest magnitude without shrinking them, and sets all others to zero: no thresholds.
 * <p>\[ \eta(v)_i = v_i \text{ if } i \in \mathrm{top}_k(|v|), \text{ else } 0 \]
 * The derivative is 1 for units that are kept, else 0. Of equal magnitudes the units of lowest index are kept, and the
 * function has no derivative there. It is the proximal operator of the {@link TopKPenalty}; for codes that may not be
 * negative take {@code new ProximalShrinkage(new TopKPenalty(k).asNonNegative())}.
 * <p>Shapes: codes of any number of units.
 * <p>Reference: Blumensath and Davies, Iterative thresholding for sparse approximations, J. Fourier Anal. Appl. 14, 2008;
 * Makhzani and Frey, k-sparse autoencoders, ICLR 2014.
 *
 * @param k the most active units, at least 1
 */
public record TopKShrinkage(@JsonProperty("k") int k) implements Shrinkage {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if k is less than 1 */
    @JsonCreator
    public TopKShrinkage {
        new TopKPenalty(k);
    }

    @Override
    public int thresholds(int units) {
        Shrinkage.super.thresholds(units);
        return 0;
    }

    @Override
    public boolean isThresholdOfUnit() {
        return false;
    }

    /** {@inheritDoc} There are none. */
    @Override
    public double[] startThresholds(int units, double step, Penalty penalty) {
        StartThresholds.check(units, step, penalty);
        return new double[thresholds(units)];
    }

    @Override
    public void shrink(int step, double[] v, double[] thresholds) {
        new TopKPenalty(k).proxOf(v, 0);
    }

    @Override
    public void backward(
            int step, double[] v, double[] code, double[] thresholds, double[] gradient, double[] thresholdGradient) {
        for (int i = 0; i < code.length; i++) {
            gradient[i] = code[i] == 0 ? 0 : gradient[i];
        }
    }

    @Override
    public int[] keptThresholds(int[] kept) {
        Shrinkage.super.keptThresholds(kept);
        return new int[0];
    }
}
