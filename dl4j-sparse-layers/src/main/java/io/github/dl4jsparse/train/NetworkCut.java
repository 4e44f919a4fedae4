package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.LayerChange;
import io.github.dl4jsparse.internal.dl4j.LayerWrappers;
import io.github.dl4jsparse.internal.dl4j.NetVertex;
import io.github.dl4jsparse.internal.dl4j.UpdaterStates;
import io.github.dl4jsparse.nn.spi.Prunable.Axis;
import io.github.dl4jsparse.nn.spi.SparseLayer;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pruning of a network: the pruned form of each layer, and the copy of parameters and updater states to the smaller
 * network.
 */
final class NetworkCut implements LayerChange {
    private final Map<Trainable, LayerCut> cuts = new IdentityHashMap<>();
    private final Map<NetVertex, int[]> left = new HashMap<>();
    private final Predicate<NetVertex> pruned;
    private final int[] kept;

    /**
     * A pruning that has not been applied to any layer yet.
     *
     * @param pruned selects the layer whose units are removed
     * @param kept   the units that are kept, in ascending order. Not modified.
     */
    NetworkCut(Predicate<NetVertex> pruned, int[] kept) {
        this.pruned = pruned;
        this.kept = kept;
    }

    @Override
    public NewLayer of(NetVertex vertex) {
        boolean above = vertex.below().stream().anyMatch(left::containsKey);
        int[] below = above ? left.get(vertex.below().get(0)) : null;
        if (!vertex.hasLayer()) {
            if (above) {
                requireUnitByUnit(vertex);
                left.put(vertex, below);
            }
            return null;
        }
        InputPreProcessor preProcessor = vertex.preProcessor();
        Layer conf = vertex.conf();
        LayerCut cut;
        if (pruned.test(vertex)) {
            cut = LayerCut.ofUnits(conf, vertex.name(), kept);
        } else if (below == null) {
            cut = LayerCut.none(conf);
        } else if (preProcessor == null) {
            cut = LayerCut.ofInputs(conf, vertex.name(), below);
        } else {
            FlattenedMaps maps = FlattenedMaps.of(preProcessor, vertex.name());
            preProcessor = maps.restrictedTo(below);
            cut = LayerCut.ofInputs(conf, vertex.name(), maps.inputs(below));
        }
        cuts.put(vertex.owner(), cut);
        cuts.put(vertex.layer(), cut);
        if (cut.outputs() != null) {
            left.put(vertex, cut.outputs());
        }
        return new NewLayer(cut.conf(), preProcessor);
    }

    private static void requireUnitByUnit(NetVertex vertex) {
        var operation = vertex.operation();
        if (!(operation instanceof L2NormalizeVertex
                || operation instanceof ScaleVertex
                || operation instanceof ShiftVertex)) {
            throw Args.failure(
                    "vertex \"" + vertex.name() + "\" above the removed units",
                    "a layer, or one of L2NormalizeVertex, ScaleVertex and ShiftVertex",
                    operation.getClass().getSimpleName());
        }
    }

    /** Copies the kept parameters of one vertex, and the kept state of its own pre-training updater. */
    void copy(NetVertex from, NetVertex to) {
        Map<String, INDArray> target = to.params();
        from.params().forEach((name, array) -> copy(from.owner(), name, array, target.get(name)));
        if (from.hasLayer()) {
            copyPretrainUpdater(from.layer(), to.layer());
        }
    }

    /** Copies the kept elements of an updater's state. */
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

    /** Copies the kept elements of the state of a layer's updater for DL4J's own pre-training, if it has one. */
    private void copyPretrainUpdater(org.deeplearning4j.nn.api.Layer from, org.deeplearning4j.nn.api.Layer to) {
        if (LayerWrappers.inner(from) instanceof SparseLayer<?> old && old.pretrainUpdater(false) != null) {
            SparseLayer<?> smaller = (SparseLayer<?>) LayerWrappers.inner(to);
            cuts.put(old, cuts.get(from));
            copyUpdater(old.pretrainUpdater(false), smaller.pretrainUpdater(true));
        }
    }

    private void copy(Trainable owner, String parameter, INDArray source, INDArray target) {
        LayerCut cut = cuts.get(owner);
        List<Axis> axes = cut == null ? List.of() : cut.axes().apply(parameter);
        if (axes.isEmpty()) {
            target.assign(source);
        } else {
            KeptElements.copy(source, cut.elements().of(source.shape(), axes), target);
        }
    }
}
