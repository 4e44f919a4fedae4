package io.github.dl4jsparse.train;

import io.github.dl4jsparse.Samples;
import io.github.dl4jsparse.nn.AnyNetwork;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.IUpdater;

/** Chains of layers as networks of both of DL4J's kinds, in double precision, for tests that remove units of the first. */
final class PrunedNetworks {
    static final int INPUTS = 5;
    static final int CLASSES = 3;

    private PrunedNetworks() {}

    /** Layers that are named "layer0", "layer1", ... in both kinds. */
    static AnyNetwork chain(boolean graph, IUpdater updater, Layer... layers) {
        NeuralNetConfiguration.Builder settings = new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(updater);
        return graph ? graph(settings, layers) : stack(settings, layers);
    }

    private static AnyNetwork stack(NeuralNetConfiguration.Builder settings, Layer... layers) {
        ListBuilder list = settings.list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork net = new MultiLayerNetwork(
                list.setInputType(InputType.feedForward(INPUTS)).build());
        net.init();
        return new AnyNetwork.Stack(net);
    }

    private static AnyNetwork graph(NeuralNetConfiguration.Builder settings, Layer... layers) {
        GraphBuilder builder = settings.graphBuilder().addInputs("in");
        for (int i = 0; i < layers.length; i++) {
            builder.addLayer("layer" + i, layers[i], i == 0 ? "in" : "layer" + (i - 1));
        }
        ComputationGraph net = new ComputationGraph(builder.setOutputs("layer" + (layers.length - 1))
                .setInputTypes(InputType.feedForward(INPUTS))
                .build());
        net.init();
        return new AnyNetwork.Graph(net);
    }

    /** What is left of a network when the first layer keeps some units. */
    static AnyNetwork pruned(AnyNetwork net, int... kept) {
        return net.model() instanceof MultiLayerNetwork stack
                ? new AnyNetwork.Stack(UnitPruner.prune(stack, 0, kept))
                : new AnyNetwork.Graph(UnitPruner.prune((ComputationGraph) net.model(), "layer0", kept));
    }

    /** The layer of a place in the chain. */
    static org.deeplearning4j.nn.api.Layer layer(AnyNetwork net, int index) {
        return net.model() instanceof MultiLayerNetwork stack
                ? stack.getLayer(index)
                : ((ComputationGraph) net.model()).getLayer("layer" + index);
    }

    /** The network's updater, null where there is none. */
    static Updater updater(AnyNetwork net) {
        return net.model() instanceof MultiLayerNetwork stack
                ? stack.getUpdater(false)
                : ((ComputationGraph) net.model()).getUpdater(false);
    }

    /** Random inputs of random classes. */
    static DataSet data(long seed, int examples) {
        return new DataSet(Samples.gaussian(seed, examples, INPUTS), Samples.oneHot(examples, CLASSES));
    }
}
