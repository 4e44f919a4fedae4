package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Regularisation terms that follow from the norm bounds of a layer's atoms. */
final class AtomBounds {
    private AtomBounds() {}

    /**
     * The terms of a parameter and, if the layer has it on, the term that projects the gradient of atoms at their bound
     * onto the tangent; it comes last, so that it applies to what the other terms add.
     *
     * @param terms null for none. Not modified.
     */
    static List<Regularization> regularization(SparseLayerConf layer, String parameter, List<Regularization> terms) {
        if (!layer.isTangentGradient()) {
            return terms;
        }
        List<Regularization> all = terms == null ? new ArrayList<>() : new ArrayList<>(terms);
        for (LayerConstraint constraint : layer.ownConstraints()) {
            if (constraint instanceof MaxAtomNormConstraint bound
                    && bound.getParams().contains(parameter)) {
                long[] shape = ((NamedParamInitializer<?>) layer.initializer()).shape(layer, parameter);
                all.add(new TangentGradient(bound.getMaxNorm(), bound.getAtoms(), shape[0], shape[1]));
            }
        }
        return all;
    }
}
