package io.github.dl4jsparse.nn.common;

/**
 * The parts of an unsupervised loss, each a mean per example in the units of the squared error.
 *
 * @param reconstruction {@code 1/2 |x - D z|^2}
 * @param penalty        the penalty on the code
 */
public record EnergyTerms(double reconstruction, double penalty) {
    /** Terms of a layer that has not yet computed any. */
    public static final EnergyTerms NONE = new EnergyTerms(0, 0);

    /** The energy: the sum of the terms. */
    public double total() {
        return reconstruction + penalty;
    }
}
