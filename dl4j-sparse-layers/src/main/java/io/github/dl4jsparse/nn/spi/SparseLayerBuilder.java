package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LearnedPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.nn.LayerErrors;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The builder of the options that all layers with a dictionary have.
 *
 * @param <T> the layer's builder
 */
@SuppressWarnings("unchecked") // as in DL4J's builders: T is the type of this builder
public abstract class SparseLayerBuilder<T extends SparseLayerBuilder<T>> extends ScaledLayerConf.Builder<T> {
    Penalty penalty = new L1Penalty(0);
    double unsupervisedWeight;
    double decoderNorm = 1;
    final Map<String, Double> learningRateFactors = new LinkedHashMap<>();
    boolean validateInput = true;
    boolean inputGradient = true;
    boolean tangentGradient;

    /** The penalty on the code; default none. A {@link LearnedPenalty} has parameters that the unsupervised loss trains. */
    public T penalty(Penalty penalty) {
        this.penalty = penalty;
        return (T) this;
    }

    /** Weight w &gt;= 0 of the unsupervised loss in {@code fit()}; default 0. Pre-training always uses weight 1. */
    public T unsupervisedWeight(double weight) {
        this.unsupervisedWeight = weight;
        return (T) this;
    }

    /** Bound of the norm of every atom of D, kept after every update; default 1, infinity for none. */
    public T decoderNorm(double bound) {
        this.decoderNorm = bound;
        return (T) this;
    }

    /**
     * Factor of the learning rate of one parameter, finite and &gt;= 0; default 1. With 0 neither updater nor weight
     * decay change the parameter, only its bounds are applied; thus an encoder is trained for a fixed dictionary.
     */
    public T learningRateFactor(String parameter, double factor) {
        this.learningRateFactors.put(parameter, factor);
        return (T) this;
    }

    /** Whether training refuses NaN and infinite input; default yes. */
    public T validateInput(boolean validate) {
        this.validateInput = validate;
        return (T) this;
    }

    /**
     * Whether back-propagation computes the gradient with respect to the input; default yes. A first layer does not
     * need it: without it a product is saved, and {@code backpropGradient} returns null for it.
     */
    public T inputGradient(boolean inputGradient) {
        this.inputGradient = inputGradient;
        return (T) this;
    }

    /**
     * Whether the gradient of atoms at their norm bound is projected onto the tangent of the bound before the updater;
     * default no. Without it, Adam moves the dictionary away from the minimum.
     */
    public T tangentGradient(boolean tangent) {
        this.tangentGradient = tangent;
        return (T) this;
    }

    /** The penalty; of a learned one, the initial penalty. */
    protected final Penalty penalty() {
        return LearnedPenalty.initial(penalty);
    }

    /**
     * Checks all options; a layer's builder adds its own checks.
     *
     * @throws IllegalArgumentException with name, rule and value
     */
    protected void validate() {
        Args.given("penalty", penalty);
        Args.nonNegative("unsupervisedWeight", unsupervisedWeight);
        if (nOut < 1) {
            throw Args.failure("nOut", "at least 1", nOut);
        }
        if (nIn < 0) {
            throw Args.failure("nIn", "at least 1, or left to setInputType", nIn);
        }
        Args.bound("decoderNorm", decoderNorm);
    }

    /**
     * Refuses invalid options; the first line of a layer's {@code build()}.
     *
     * @param layer the type that is built, for the message
     * @throws org.deeplearning4j.exception.DL4JInvalidConfigException with name, rule, value and layer
     */
    protected final void requireValid(Class<? extends SparseLayerConf> layer) {
        LayerErrors.refuseBad(this::validate, layerName, layer);
    }
}
