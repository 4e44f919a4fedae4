package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.nn.lista.ListaConf;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Removes the decoders of a network that has been pre-trained: what is left is a feed-forward network for fine-tuning and
 * serving, with fewer parameters and the same outputs.
 * <p>The unsupervised losses are removed with the decoders. Weights that the encoder shares are kept: a tied decoder,
 * and the decoder that the steps are applied through ({@link io.github.dl4jsparse.nn.lista.Coupling#dictionary}, more
 * than one step). A {@code SparseCodingLayer} has no encoder except its dictionary and is not changed. The new network
 * has copies of the parameters, the same listeners and counts, and an updater without history.
 */
public final class Decoders {
    private static final LayerReplacement REMOVAL = new LayerReplacement() {
        @Override
        public Layer conf(Layer conf, Map<String, INDArray> params, String name) {
            return conf instanceof ListaConf encoder ? encoder.withoutDecoder() : conf.clone();
        }

        @Override
        public void copy(Layer conf, Map<String, INDArray> source, Map<String, INDArray> target) {
            LayerReplacement.copyCommon(source, target);
        }
    };

    private Decoders() {}

    /**
     * A network without decoders.
     *
     * @param net initialised. Not modified.
     */
    public static MultiLayerNetwork remove(MultiLayerNetwork net) {
        return REMOVAL.in(Net.of(net).initialised("net"));
    }

    /**
     * A graph without decoders.
     *
     * @param graph initialised. Not modified.
     */
    public static ComputationGraph remove(ComputationGraph graph) {
        return REMOVAL.in(Net.of(graph).initialised("graph"));
    }
}
