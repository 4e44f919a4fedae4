package io.github.dl4jsparse.internal.nn;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Keeps the parameters of a layer's penalty within their limits, after every update. It is derived from the penalty,
 * and is not part of a saved configuration.
 */
final class PenaltyLimits implements LayerConstraint {
    private static final long serialVersionUID = 1;

    private final transient Consumer<Map<String, INDArray>> limits;
    private final transient UnaryOperator<Map<String, INDArray>> own;
    private final Set<String> keys;

    /**
     * @param limits by the penalty's names of its parameters
     * @param own    selects the penalty's parameters from a layer's
     * @param keys   the layer's names of them
     */
    PenaltyLimits(Consumer<Map<String, INDArray>> limits, UnaryOperator<Map<String, INDArray>> own, Set<String> keys) {
        this.limits = limits;
        this.own = own;
        this.keys = Set.copyOf(keys);
    }

    @Override
    public void applyConstraint(Layer layer, int iteration, int epoch) {
        limits.accept(own.apply(layer.paramTable()));
    }

    @Override
    public Set<String> getParams() {
        return keys;
    }

    /** @throws UnsupportedOperationException always: the penalty defines them */
    @Override
    public void setParams(Set<String> params) {
        throw new UnsupportedOperationException("the limits of a learned penalty are for its own parameters " + keys);
    }

    @Override
    public LayerConstraint clone() {
        return this;
    }
}
