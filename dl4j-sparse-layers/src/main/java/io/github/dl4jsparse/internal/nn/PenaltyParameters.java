package io.github.dl4jsparse.internal.nn;

import io.github.dl4jsparse.energy.LearnedPenalty;
import io.github.dl4jsparse.energy.LearnedPenalty.Parameter;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a layer's penalty among those of the layer: none where the penalty is fixed. This is the layer's
 * only access to them.
 * <p>Shapes: those of {@link LearnedPenalty#parameters()}.
 */
public final class PenaltyParameters {
    private final Penalty penalty;
    private final LearnedPenalty learned;
    /** The parameters by the layer's names, in order. */
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    /**
     * @param penalty of the layer
     * @param key     the layer's name for a parameter of the penalty
     */
    public PenaltyParameters(Penalty penalty, UnaryOperator<String> key) {
        this.penalty = penalty;
        this.learned = penalty instanceof LearnedPenalty own ? own : null;
        if (learned != null) {
            learned.parameters().forEach(parameter -> parameters.put(key.apply(parameter.name()), parameter));
        }
    }

    /** The layer's names of the parameters, in order. */
    public Set<String> keys() {
        return parameters.keySet();
    }

    /** Adds name and shape of every parameter. */
    public void addShapes(Map<String, long[]> shapes) {
        parameters.forEach((key, parameter) -> shapes.put(key, parameter.dimensions()));
    }

    /** The axes of a parameter; null for one of the layer's own. */
    public List<Boolean> perUnit(String key) {
        Parameter parameter = parameters.get(key);
        return parameter == null ? null : parameter.perUnit();
    }

    /** The arrays of the penalty among those of the layer, by the penalty's names. */
    private Map<String, INDArray> own(Map<String, INDArray> arrays) {
        Map<String, INDArray> own = new LinkedHashMap<>();
        parameters.forEach((key, parameter) -> own.put(parameter.name(), arrays.get(key)));
        return own;
    }

    /**
     * Writes the first values.
     *
     * @param params of the layer. Those of the penalty are modified in place.
     */
    public void start(Map<String, INDArray> params) {
        if (learned != null) {
            learned.start(own(params));
        }
    }

    /**
     * The penalty with the present values of its parameters.
     *
     * @param params of the layer. Not modified.
     */
    public Penalty with(Map<String, INDArray> params) {
        return learned == null ? penalty : Workspaces.outside(() -> learned.with(own(params)));
    }

    /**
     * Writes the gradients for the updater; zeros where the penalty is not part of the loss.
     *
     * @param params    of the layer. Not modified.
     * @param code      as the penalty takes it; called only if the weight is above 0. Not modified.
     * @param weight    of the penalty in the loss
     * @param gradients of the layer. Those of the penalty are modified in place.
     */
    public void writeGradients(
            Map<String, INDArray> params, Supplier<INDArray> code, double weight, Map<String, INDArray> gradients) {
        if (learned == null) {
            return;
        }
        if (weight > 0) {
            Workspaces.outside(() -> {
                learned.writeGradients(own(params), code.get(), weight, own(gradients));
                return null;
            });
        } else {
            own(gradients).values().forEach(gradient -> gradient.assign(0));
        }
    }

    /** Constraints, and after them the limits of the penalty's parameters, if there are any. */
    public List<LayerConstraint> limits(List<LayerConstraint> own) {
        List<LayerConstraint> all = new ArrayList<>(own);
        if (learned != null) {
            all.add(new PenaltyLimits(learned.limits(), this::own, keys()));
        }
        return all;
    }
}
