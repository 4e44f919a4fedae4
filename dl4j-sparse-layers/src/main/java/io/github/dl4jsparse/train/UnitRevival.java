package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.LayerTraining;
import io.github.dl4jsparse.internal.dl4j.LayerWrappers;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.internal.dl4j.UpdaterStates;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.spi.Prunable.Axis;
import io.github.dl4jsparse.nn.spi.SparseLayer;
import io.github.dl4jsparse.nn.spi.SparseLayerConf;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * Reinitialises dead units from inputs with a large loss, instead of removing them.
 * <p>\[ P(x_j) \propto \lVert x_j - D z_j \rVert_2^4, \qquad d_i = x_j / \lVert x_j \rVert_2, \qquad
 * e_i = 0.2 \, \bar e \, d_i, \qquad b_i = 0 \]
 * where j runs over the finite inputs that are not blank, each drawn for at most one unit i, with a probability
 * proportional to the square of its loss; d are the atoms, e the rows of an encoder, with the mean norm of the rows of
 * the other units, and b its thresholds. The updater's state of these elements is reset.
 * <p>Parameters and updater state of the other units do not change by a bit. Their outputs do not change for any input
 * for which the revived units are inactive; for all inputs in an unrolled encoder with free recurrent weights, because
 * the weights from a revived unit to others are zero. The energy increases for a while after a revival; train between
 * two revivals.
 * <p>Reference: Bricken et al., Towards monosemanticity: decomposing language models with dictionary learning, Transformer
 * Circuits, 2023.
 *
 * @see UnitUsage#deadUnits
 */
public final class UnitRevival {
    private UnitRevival() {}

    /**
     * Revives units of a layer.
     *
     * @param net   initialised. Modified in place.
     * @param layer index of the layer
     * @param dead  the units, in ascending order; empty for no change. At least one other unit is left. Not modified.
     * @param data  features of the network to draw from: at least as many as there are units to revive
     * @param seed  of the draw
     * @throws IllegalArgumentException if there is no such layer or unit, no other unit is left, or the data have too
     *      few finite inputs that are neither blank nor reconstructed perfectly
     */
    public static void revive(MultiLayerNetwork net, int layer, int[] dead, DataSetIterator data, long seed) {
        Stage stage = Net.of(net).trained(layer);
        if (dead.length > 0) {
            revive(stage, dead, new MultiDataSetIteratorAdapter(Args.given("data", data)), seed);
        }
    }

    /**
     * Revives units of a layer.
     *
     * @param graph initialised. Modified in place.
     * @param layer name of the layer
     * @param dead  the units, in ascending order; empty for no change. At least one other unit is left. Not modified.
     * @param data  features of every input to draw from: at least as many examples as there are units to revive
     * @param seed  of the draw
     * @throws IllegalArgumentException if there is no such layer or unit, no other unit is left, or the data have too
     *      few finite inputs that are neither blank nor reconstructed perfectly
     */
    public static void revive(ComputationGraph graph, String layer, int[] dead, MultiDataSetIterator data, long seed) {
        Stage stage = Net.of(graph).trained(layer);
        if (dead.length > 0) {
            revive(stage, dead, Args.given("data", data), seed);
        }
    }

    private static void revive(Stage stage, int[] dead, MultiDataSetIterator data, long seed) {
        draw(stage, dead, data, seed);
        Updater updater = stage.net().updater(false);
        reset(updater, updater == null ? null : stage.net().newUpdater(), stage, dead);
    }

    private static void draw(Stage stage, int[] dead, MultiDataSetIterator data, long seed) {
        UnsupervisedLayer layer = stage.dictionary();
        if (!layer.isRevivable()) {
            throw Args.failure(
                    "layer",
                    "a ListaLayer or SparseCodingLayer; of other layers remove the dead units: UnitPruner.prune(net, layer,"
                            + " usage.usedUnits(1e-9))",
                    layer.conf().getLayer().getClass().getSimpleName() + " \"" + stage.name() + "\"");
        }
        int units = Math.toIntExact(layer.codeSize());
        Args.subset("units to revive", dead, units);
        if (dead.length == units) {
            throw Args.failure("units to revive", "less than all " + units + " of the layer", dead.length);
        }
        WeightedDraw draw = new WeightedDraw(dead.length, seed);
        new StageInputs(stage, data, 0).forEach(0, input -> {
            INDArray lost = layer.reconstruct(input).subi(input);
            double[] norms = Norms.rows(lost);
            for (int i = 0; i < norms.length; i++) {
                draw.offer(Math.pow(norms[i], 4), input, i);
            }
        });
        layer.revive(dead, draw.directions());
    }

    private static void reset(Updater updater, Updater fresh, Stage stage, int[] dead) {
        Layer layer = stage.layer();
        BitSet alive = new BitSet();
        SparseLayerConf conf = (SparseLayerConf) layer.conf().getLayer();
        alive.set(0, Math.toIntExact(conf.getNOut()));
        IntStream.of(dead).forEach(alive::clear);
        KeptElements others = KeptElements.ofUnits(alive.stream().toArray(), conf.getNOut());
        reset(updater, fresh, layer, conf, others);
        if (layer instanceof SparseLayer<?> sparse && sparse.pretrainUpdater(false) != null) {
            reset(sparse.pretrainUpdater(false), LayerTraining.newUpdater(layer), layer, conf, others);
        }
    }

    /** Resets an updater's state of the revived units to that of a new updater. */
    private static void reset(Updater updater, Updater fresh, Layer layer, SparseLayerConf conf, KeptElements others) {
        List<UpdaterStates> states = UpdaterStates.of(updater);
        List<UpdaterStates> starts = UpdaterStates.of(fresh);
        for (int i = 0; i < states.size(); i++) {
            UpdaterStates state = states.get(i);
            if (!isOf(state.owner(), layer)) {
                continue;
            }
            List<Axis> axes = conf.axes(state.parameter());
            for (int m = 0; m < state.moments().size(); m++) {
                INDArray moment = state.moments().get(m);
                double[] values = HostArrays.doubles(moment);
                double[] start = HostArrays.doubles(starts.get(i).moments().get(m));
                BitSet kept = others.of(moment.shape(), axes);
                for (int e = kept.nextClearBit(0); e < values.length; e = kept.nextClearBit(e + 1)) {
                    values[e] = start[e];
                }
                HostArrays.write(values, moment);
            }
        }
    }

    /** Whether an updater's layer, or vertex, is the layer. */
    private static boolean isOf(Trainable owner, Layer layer) {
        Trainable inner = UpdaterStates.layerOf(owner);
        return inner instanceof Layer own && LayerWrappers.inner(own) == layer;
    }
}
