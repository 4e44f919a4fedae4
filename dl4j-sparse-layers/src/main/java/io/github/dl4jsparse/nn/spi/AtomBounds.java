package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.nd4j.linalg.learning.regularization.Regularization;

/** What follows for a layer's updates from the bounds of its parameters. */
final class AtomBounds {
    private AtomBounds() {}

    /**
     * The terms of a parameter, and after them, so that it holds for what they add to the gradient, the one that keeps the gradient
     * tangential at the bound of the atoms, if the layer asks for it.
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
