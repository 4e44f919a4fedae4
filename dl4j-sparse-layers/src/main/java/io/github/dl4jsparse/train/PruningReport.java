package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

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
        return new Size(layer.codeSize(), stage.net().model().numParams(), state == null ? 0 : state.length(), energy);
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
