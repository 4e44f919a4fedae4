package io.github.dl4jsparse.spark;

import io.github.dl4jsparse.train.UnsupervisedStage;
import java.io.Serializable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network as it is sent to the workers: its configuration as JSON and its parameters.
 *
 * @param json   the configuration
 * @param graph  whether it is one of a ComputationGraph
 * @param params in one row
 */
record NetworkCopy(String json, boolean graph, INDArray params) implements Serializable {
    static NetworkCopy of(MultiLayerNetwork net) {
        return new NetworkCopy(
                net.getLayerWiseConfigurations().toJson(), false, net.params().dup());
    }

    static NetworkCopy of(ComputationGraph graph) {
        return new NetworkCopy(
                graph.getConfiguration().toJson(), true, graph.params().dup());
    }

    /** One layer of a network of its own with these parameters: index in a network, name in a graph. */
    UnsupervisedStage stage(String layer) {
        if (graph) {
            ComputationGraph net = new ComputationGraph(ComputationGraphConfiguration.fromJson(json));
            net.init(params, true);
            return UnsupervisedStage.of(net, layer);
        }
        MultiLayerNetwork net = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json));
        net.init(params, true);
        return UnsupervisedStage.of(net, Integer.parseInt(layer));
    }
}
