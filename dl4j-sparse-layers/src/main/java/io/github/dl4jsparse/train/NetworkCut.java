package io.github.dl4jsparse.train;

import io.github.dl4jsparse.nn.common.LayerWrappers;
import io.github.dl4jsparse.nn.common.ParameterAxis;
import io.github.dl4jsparse.nn.common.SparseLayer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.api.Updater;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is left of each layer of a network, and how parameters and updaters come over to the smaller network. */
final class NetworkCut {
    private final Map<Trainable, LayerCut> cuts = new IdentityHashMap<>();

    /** Says what is left of a layer, or vertex, of the larger network. */
    void put(Trainable owner, LayerCut cut) {
        cuts.put(owner, cut);
    }

    /** Copies the parameters that stay of one layer, or vertex, that may have none. */
    void copyParameters(Trainable from, Trainable to) {
        Map<String, INDArray> source = from.paramTable(false);
        if (source != null) {
            Map<String, INDArray> target = to.paramTable(false);
            source.forEach((name, array) -> copy(from, name, array, target.get(name)));
        }
    }

    /** Copies what stays of an updater's state. */
    void copyUpdater(Updater from, Updater to) {
        List<UpdaterStates> source = UpdaterStates.of(from);
        List<UpdaterStates> target = UpdaterStates.of(to);
        for (int i = 0; i < source.size(); i++) {
            UpdaterStates old = source.get(i);
            for (int m = 0; m < old.moments().size(); m++) {
                copy(
                        old.owner(),
                        old.parameter(),
                        old.moments().get(m),
                        target.get(i).moments().get(m));
            }
        }
    }

    /** Copies what stays of the updater that DL4J's own pre-training has for a layer, if it has one. */
    void copyPretrainUpdater(Layer from, Layer to) {
        if (LayerWrappers.inner(from) instanceof SparseLayer<?> old && old.pretrainUpdater(false) != null) {
            SparseLayer<?> smaller = (SparseLayer<?>) LayerWrappers.inner(to);
            cuts.put(old, cuts.get(from));
            copyUpdater(old.pretrainUpdater(false), smaller.pretrainUpdater(true));
        }
    }

    private void copy(Trainable owner, String parameter, INDArray source, INDArray target) {
        LayerCut cut = cuts.get(owner);
        List<ParameterAxis> axes = cut == null ? List.of() : cut.axes().apply(parameter);
        if (axes.isEmpty()) {
            target.assign(source);
        } else {
            KeptElements.copy(source, cut.elements().of(source.shape(), axes), target);
        }
    }
}
