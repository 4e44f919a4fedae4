package io.github.dl4jsparse.nn.common;

/**
 * The parts of an unsupervised loss, each in the units of the squared error: sums over a batch, or means per example.
 *
 * @param reconstruction {@code 1/2 |x - D z|^2}
 * @param penalty        the penalty on the code
 * @param prediction     {@code alpha/2 |z - F(x)|^2} where an encoder is trained to predict codes, else 0
 */
public record EnergyTerms(double reconstruction, double penalty, double prediction) {
    /** Terms of a layer that has not yet computed any. */
    public static final EnergyTerms NONE = new EnergyTerms(0, 0);

    /** The terms of an auto-encoder. */
    public EnergyTerms(double reconstruction, double penalty) {
        this(reconstruction, penalty, 0);
    }

    /** The energy: the sum of the terms. */
    public double total() {
        return reconstruction + penalty + prediction;
    }

    /** The sum with other terms, each with its own. */
    public EnergyTerms plus(EnergyTerms other) {
        return new EnergyTerms(
                reconstruction + other.reconstruction, penalty + other.penalty, prediction + other.prediction);
    }

    /** Every term times a factor. */
    public EnergyTerms times(double factor) {
        return new EnergyTerms(factor * reconstruction, factor * penalty, factor * prediction);
    }
}
