package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.NetVertex;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import java.util.List;
import java.util.function.Predicate;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * Prunes units of a layer with a dictionary, and the weights of the layers above that depend on them: the result is a
 * smaller network, with fewer parameters, a smaller state of the updater, and a configuration whose penalty, groups and
 * tree are those of the kept units.
 * <p>Nothing else changes. Counts, listeners and the updater's state of other parameters are kept, so that training
 * continues as before. The outputs of the kept units are those of the larger network for every input for which the
 * removed units are inactive; for all inputs if units are not connected, as in an encoder of one step.
 * <p>The units of a convolutional encoder are its maps, which are removed at all positions. Units of locally connected
 * layers can't be removed: the map would have holes.
 * <p>Dense, output and convolution layers, batch normalisation and the layers of this library have their inputs
 * removed, a dense layer above maps those of all positions; through dropout, spatial pooling, normalisation to length 1
 * and element-wise activations the removal continues in the layer above them. Other layers above the units are refused.
 * <p>Reference: Jenatton, Mairal, Obozinski and Bach, Proximal methods for hierarchical sparse coding, JMLR 12, 2011,
 * for the pruning of trees.
 *
 * @see UnitUsage
 */
public final class UnitPruner {
    private UnitPruner() {}

    /**
     * Keeps some units of a layer.
     *
     * @param net   initialised. Not modified.
     * @param layer index of the layer
     * @param kept  the units that are kept, in ascending order. Not modified.
     * @return a new network with copies of the parameters
     * @throws IllegalArgumentException if a unit is out of range, the penalty is not defined without the others, or a
     *                                  layer can't be made smaller; names the layer
     */
    public static MultiLayerNetwork prune(MultiLayerNetwork net, int layer, int[] kept) {
        Net<MultiLayerNetwork> stack = Net.of(net).initialised("net");
        Args.inRange("layer", layer, 0, net.getnLayers() - 1);
        return prune(stack, vertex -> vertex.index() == layer, kept);
    }

    /**
     * Keeps some units of a layer.
     *
     * @param graph initialised. Not modified.
     * @param layer name of the layer
     * @param kept  the units that are kept, in ascending order. Not modified.
     * @return a new graph with copies of the parameters
     * @throws IllegalArgumentException if a unit is out of range, the penalty is not defined without the others, or a
     *                                  layer or vertex can't be made smaller; names it
     */
    public static ComputationGraph prune(ComputationGraph graph, String layer, int[] kept) {
        Net<ComputationGraph> net = Net.of(graph).initialised("graph");
        Predicate<NetVertex> wanted = vertex -> vertex.name().equals(layer);
        if (net.vertices().stream().noneMatch(wanted.and(NetVertex::hasLayer))) {
            throw Args.failure("layer", "one of the graph's", "\"" + layer + "\"");
        }
        return prune(net, wanted, kept);
    }

    private static <M extends Model & NeuralNetwork> M prune(Net<M> net, Predicate<NetVertex> layer, int[] kept) {
        NetworkCut cuts = new NetworkCut(layer, kept);
        Net<M> pruned = net.with(cuts, false);
        pruned.initGradientsView();
        List<NetVertex> from = net.vertices();
        List<NetVertex> to = pruned.vertices();
        for (int i = 0; i < from.size(); i++) {
            cuts.copy(from.get(i), to.get(i));
        }
        if (net.updater(false) != null) {
            cuts.copyUpdater(net.updater(false), pruned.updater(true));
        }
        return pruned.model();
    }

    /**
     * The increase of the energy by pruning, and the reduction of the network's size.
     *
     * @param before the layer with all units, in its network
     * @param after  the layer with the kept units, in its network
     */
    public record PruningReport(Size before, Size after) {
        /**
         * A layer and the network that it is in.
         *
         * @param units        of the layer
         * @param parameters   of the network
         * @param updaterState length of the state of the network's updater; 0 where there is no updater yet
         * @param energy       of the layer on held-out data, mean per example
         */
        public record Size(long units, long parameters, long updaterState, LossTerms energy) {}

        /**
         * Compares a network with its pruned form.
         *
         * @param layer   index of the layer
         * @param heldOut features of the network; an iterator that can be reset
         */
        public static PruningReport of(
                MultiLayerNetwork before, MultiLayerNetwork after, int layer, DataSetIterator heldOut) {
            Args.given("heldOut", heldOut);
            return new PruningReport(
                    size(Net.of(before).measured(layer), new MultiDataSetIteratorAdapter(heldOut)),
                    size(Net.of(after).measured(layer), new MultiDataSetIteratorAdapter(heldOut)));
        }

        /**
         * Compares a graph with its pruned form.
         *
         * @param layer   name of the layer
         * @param heldOut features of every input; an iterator that can be reset
         */
        public static PruningReport of(
                ComputationGraph before, ComputationGraph after, String layer, MultiDataSetIterator heldOut) {
            Args.given("heldOut", heldOut);
            return new PruningReport(
                    size(Net.of(before).measured(layer), heldOut),
                    size(Net.of(after).measured(layer), heldOut));
        }

        private static Size size(Stage stage, MultiDataSetIterator heldOut) {
            UnsupervisedLayer layer = stage.dictionary();
            Updater updater = stage.net().updater(false);
            INDArray state = updater == null ? null : updater.getStateViewArray();
            LossTerms energy = new HeldOutEnergy(stage, heldOut, 0).measure();
            return new Size(
                    layer.codeSize(), stage.net().model().numParams(), state == null ? 0 : state.length(), energy);
        }

        /** The relative increase of the energy: 0.02 for two per cent. */
        public double lostEnergy() {
            return after.energy().total() / before.energy().total() - 1;
        }

        /** The share of the units that were kept. */
        public double keptUnits() {
            return (double) after.units() / before.units();
        }
    }
}
