package io.github.dl4jsparse.train;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.nn.common.LayerWrappers;
import java.util.Map;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes a network whose layers are others in the same places. DL4J's wrappers stay around their layers, so that frozen ones stay
 * frozen; listeners and counts come along; the
 * updater starts anew.
 */
interface LayerReplacement {
    /**
     * What takes the place of a layer.
     *
     * @param conf   not modified
     * @param params of the layer, null for none. Not modified.
     * @param name   of the layer, for messages
     * @return a new configuration
     */
    Layer conf(Layer conf, Map<String, INDArray> params, String name);

    /**
     * Sets the parameters of the new layer.
     *
     * @param conf   of the old layer. Not modified.
     * @param source its parameters. Not modified.
     * @param target modified in place
     */
    void copy(Layer conf, Map<String, INDArray> source, Map<String, INDArray> target);

    /** The network with all layers replaced; the original is not modified. */
    default MultiLayerNetwork in(MultiLayerNetwork net) {
        MultiLayerConfiguration conf =
                Args.given("net", net).getLayerWiseConfigurations().clone();
        for (int i = 0; i < net.getnLayers(); i++) {
            String name = conf.getConf(i).getLayer().getLayerName();
            replace(conf.getConf(i), net.getLayer(i), name == null ? String.valueOf(i) : name);
        }
        MultiLayerNetwork result = new MultiLayerNetwork(conf);
        result.init();
        result.setListeners(net.getListeners());
        for (int i = 0; i < net.getnLayers(); i++) {
            copy(net.getLayer(i).conf(), net.getLayer(i), result.getLayer(i));
        }
        return result;
    }

    /** The graph with all layers replaced; the original is not modified. */
    default ComputationGraph in(ComputationGraph graph) {
        ComputationGraphConfiguration conf =
                Args.given("graph", graph).getConfiguration().clone();
        conf.getVertices().forEach((name, vertex) -> {
            LayerVertex own = LayerWrappers.layerVertex(vertex);
            if (own != null) {
                replace(own.getLayerConf(), graph.getVertex(name), name);
            }
        });
        conf.setIterationCount(graph.getConfiguration().getIterationCount());
        conf.setEpochCount(graph.getConfiguration().getEpochCount());
        ComputationGraph result = new ComputationGraph(conf);
        result.init();
        result.setListeners(graph.getListeners());
        conf.getVertices().forEach((name, vertex) -> {
            if (LayerWrappers.layerVertex(vertex) != null) {
                org.deeplearning4j.nn.api.Layer layer = graph.getLayer(name);
                copy(layer.conf(), layer, result.getLayer(name));
            }
        });
        return result;
    }

    private void replace(NeuralNetConfiguration conf, Trainable owner, String name) {
        Map<String, INDArray> params = owner.paramTable(false);
        Layer old = conf.getLayer();
        conf.clearVariables();
        conf.setLayer(LayerWrappers.around(old, conf(LayerWrappers.inner(old), params, name)));
    }

    private void copy(NeuralNetConfiguration conf, Trainable from, Trainable to) {
        Map<String, INDArray> source = from.paramTable(false);
        if (source != null && !source.isEmpty()) {
            copy(LayerWrappers.inner(conf.getLayer()), source, to.paramTable(false));
        }
    }

    /** Copies the parameters that both layers have. */
    static void copyCommon(Map<String, INDArray> source, Map<String, INDArray> target) {
        target.forEach((name, array) -> array.assign(source.get(name)));
    }
}
