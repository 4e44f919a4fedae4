package io.github.dl4jsparse.train;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.nn.common.UnsupervisedLayer;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer that can be pre-trained, and the way from a network's features to its input. A layer in one of DL4J's wrappers is given
 * without it, and with the input that the wrapper gives it: in {@code TimeDistributed} every time step is an example.
 *
 * @param name    of the layer; its index in a network where it has none
 * @param index   of the layer in its network
 * @param first   whether the features themselves are the input
 * @param inputOf features of one batch, in inference mode, to the layer's input; a new array or the features
 */
public record PretrainStage(String name, int index, Layer layer, boolean first, Features inputOf) {

    /** From the features of a batch, one array an input of the network, to the input of one layer. */
    public interface Features {
        /** @param features one array an input of the network. Not modified. */
        INDArray inputOf(INDArray[] features);
    }

    /**
     * All layers of a network that can be pre-trained, the lowest first; in a graph in topological order. Frozen layers can't be.
     *
     * @param net initialised
     * @throws IllegalArgumentException if it is neither of DL4J's kinds of network
     */
    public static List<PretrainStage> of(Model net) {
        return NetworkStages.of(net, false);
    }

    /**
     * All layers of a network that can be measured: those that can be pre-trained, and such that are frozen.
     *
     * @param net initialised
     * @throws IllegalArgumentException if it is neither of DL4J's kinds of network
     */
    public static List<PretrainStage> withFrozen(Model net) {
        return NetworkStages.of(net, true);
    }

    /**
     * One layer of a network, to be trained.
     *
     * @throws IllegalArgumentException if there is no such layer that can be pre-trained, or it is frozen
     */
    static PretrainStage find(MultiLayerNetwork net, int layer) {
        return NetworkStages.find(Args.given("net", net), false, stage -> stage.index() == layer, layer);
    }

    /**
     * One layer of a graph, to be trained.
     *
     * @throws IllegalArgumentException if there is no such layer that can be pre-trained, or it is frozen
     */
    static PretrainStage find(ComputationGraph graph, String layer) {
        return NetworkStages.find(
                Args.given("graph", graph), false, stage -> stage.name().equals(layer), "\"" + layer + "\"");
    }

    /**
     * One layer of a network, to be measured; it may be frozen.
     *
     * @throws IllegalArgumentException if there is no such layer that can be pre-trained
     */
    static PretrainStage findMeasured(MultiLayerNetwork net, int layer) {
        return NetworkStages.find(Args.given("net", net), true, stage -> stage.index() == layer, layer);
    }

    /**
     * One layer of a graph, to be measured; it may be frozen.
     *
     * @throws IllegalArgumentException if there is no such layer that can be pre-trained
     */
    static PretrainStage findMeasured(ComputationGraph graph, String layer) {
        return NetworkStages.find(
                Args.given("graph", graph), true, stage -> stage.name().equals(layer), "\"" + layer + "\"");
    }

    /**
     * The layer as one with a dictionary.
     *
     * @throws IllegalArgumentException if it is another
     */
    UnsupervisedLayer dictionary() {
        if (layer instanceof UnsupervisedLayer sparse) {
            return sparse;
        }
        throw Args.failure(
                "layer \"" + name + "\"",
                "one with a dictionary",
                layer.getClass().getSimpleName());
    }
}
