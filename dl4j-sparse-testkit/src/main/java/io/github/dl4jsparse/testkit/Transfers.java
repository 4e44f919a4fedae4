package io.github.dl4jsparse.testkit;

import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.transferlearning.TransferLearningHelper;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** DL4J's transfer learning on a chain of layers below one output, a stack or a graph, by the layers' indices. */
final class Transfers {
    private static final NormalDistribution NORMAL = new NormalDistribution(0, 0.5);

    private Transfers() {}

    private static FineTuneConfiguration settings() {
        return new FineTuneConfiguration.Builder().updater(new Sgd(0.01)).build();
    }

    /** The names of a graph's layers, the lowest first; DL4J has them in another order once one was replaced. */
    private static String[] names(ComputationGraph graph) {
        return Arrays.stream(graph.topologicalSortOrder())
                .mapToObj(index -> graph.getVertices()[index])
                .filter(GraphVertex::hasLayer)
                .map(GraphVertex::getVertexName)
                .toArray(String[]::new);
    }

    /** The layers of a network, the lowest first. */
    public static Layer[] layers(AnyNetwork net) {
        return net.model() instanceof ComputationGraph graph
                ? Arrays.stream(names(graph)).map(graph::getLayer).toArray(Layer[]::new)
                : net.layers();
    }

    /**
     * The network below a new classifier.
     *
     * @param frozen number of layers from the lowest on that are frozen
     */
    public static AnyNetwork newHead(AnyNetwork net, int classes, int frozen) {
        int last = layers(net).length - 1;
        FeedForwardLayer old = (FeedForwardLayer) layers(net)[last].conf().getLayer();
        OutputLayer head = new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(old.getNIn())
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build();
        if (net.model() instanceof ComputationGraph graph) {
            String[] names = names(graph);
            LayerVertex vertex =
                    (LayerVertex) graph.getConfiguration().getVertices().get(names[last]);
            TransferLearning.GraphBuilder transfer = new TransferLearning.GraphBuilder(graph)
                    .fineTuneConfiguration(settings())
                    .removeVertexKeepConnections(names[last])
                    .addLayer(names[last], head, vertex.getPreProcessor(), names[last - 1]);
            if (frozen > 0) {
                transfer.setFeatureExtractor(names[frozen - 1]);
            }
            return new AnyNetwork.Graph(transfer.build());
        }
        TransferLearning.Builder transfer = new TransferLearning.Builder((MultiLayerNetwork) net.model())
                .fineTuneConfiguration(settings())
                .removeOutputLayer()
                .addLayer(head);
        if (frozen > 0) {
            transfer.setFeatureExtractor(frozen - 1);
        }
        return new AnyNetwork.Stack(transfer.build());
    }

    /** The network with another number of outputs of one layer; this layer and the next start anew. */
    public static AnyNetwork resized(AnyNetwork net, int layer, int outputs) {
        if (net.model() instanceof ComputationGraph graph) {
            return new AnyNetwork.Graph(new TransferLearning.GraphBuilder(graph)
                    .fineTuneConfiguration(settings())
                    .nOutReplace(names(graph)[layer], outputs, NORMAL, NORMAL)
                    .build());
        }
        return new AnyNetwork.Stack(new TransferLearning.Builder((MultiLayerNetwork) net.model())
                .fineTuneConfiguration(settings())
                .nOutReplace(layer, outputs, NORMAL, NORMAL)
                .build());
    }

    /**
     * Freezes the lowest layers of a network and trains the others by one update on what the frozen ones make of the data.
     *
     * @param net    modified in place
     * @param frozen number of layers from the lowest on that are frozen
     * @return the part of the network that was trained
     */
    public static AnyNetwork trainFeaturised(AnyNetwork net, int frozen, DataSet data) {
        if (net.model() instanceof ComputationGraph graph) {
            TransferLearningHelper helper = new TransferLearningHelper(graph, names(graph)[frozen - 1]);
            helper.fitFeaturized(helper.featurize(data));
            return new AnyNetwork.Graph(helper.unfrozenGraph());
        }
        MultiLayerNetwork stack = (MultiLayerNetwork) net.model();
        TransferLearningHelper helper = new TransferLearningHelper(stack, frozen - 1);
        helper.fitFeaturized(helper.featurize(data));
        return new AnyNetwork.Stack(helper.unfrozenMLN());
    }

    /** The code of one layer in inference mode. */
    public static INDArray code(AnyNetwork net, int layer, INDArray x) {
        return net.model() instanceof ComputationGraph graph
                ? graph.feedForward(x, false).get(names(graph)[layer])
                : ((MultiLayerNetwork) net.model()).feedForward(x, false).get(layer + 1);
    }
}
