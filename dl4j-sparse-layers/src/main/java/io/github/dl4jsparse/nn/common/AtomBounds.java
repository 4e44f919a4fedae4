package io.github.dl4jsparse.nn.common;

import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint;
import io.github.dl4jsparse.nn.constraint.TangentGradient;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.nd4j.linalg.learning.regularization.Regularization;

/** What follows for a layer's updates from the bounds of its atoms. */
final class AtomBounds {
    private AtomBounds() {}

    /**
     * Terms of a parameter, and after them that which keeps its gradient tangential at the bound of its atoms, if it has one.
     *
     * @param terms null for none. Not modified.
     */
    static List<Regularization> withTangentGradient(SparseLayerConf layer, String parameter, List<Regularization> terms) {
        List<Regularization> all = terms == null ? new ArrayList<>() : new ArrayList<>(terms);
        for (LayerConstraint constraint : layer.ownConstraints()) {
            if (constraint instanceof MaxAtomNormConstraint bound
                    && bound.getParams().contains(parameter)) {
                long[] shape = ((NamedParamInitializer<?>) layer.initializer()).shape(layer, parameter);
                // after the others: what they add to the gradient counts
                all.add(new TangentGradient(bound.getMaxNorm(), bound.getAtoms(), shape[0], shape[1]));
            }
        }
        return all;
    }
}
