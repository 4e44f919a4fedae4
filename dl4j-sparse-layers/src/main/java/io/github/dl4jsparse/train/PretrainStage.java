package io.github.dl4jsparse.train;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.nn.common.UnsupervisedLayer;
import io.github.dl4jsparse.nn.common.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer that can be pre-trained, and the way from a network's features to its input.
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
     * All layers of a network that can be pre-trained, the lowest first; in a graph in topological order.
     *
     * @param net initialised
     * @throws IllegalArgumentException if it is neither of DL4J's kinds of network
     */
    public static List<PretrainStage> of(Model net) {
        if (net instanceof MultiLayerNetwork network) {
            return of(network);
        }
        if (net instanceof ComputationGraph graph) {
            return of(graph);
        }
        throw Args.failure(
                "net",
                "a MultiLayerNetwork or a ComputationGraph",
                net == null ? null : net.getClass().getName());
    }

    static List<PretrainStage> of(MultiLayerNetwork net) {
        net.initGradientsView();
        List<PretrainStage> stages = new ArrayList<>();
        for (int i = 0; i < net.getnLayers(); i++) {
            if (!isTrained(net.getLayer(i))) {
                continue;
            }
            int index = i;
            UnaryOperator<INDArray> prepare =
                    preprocess(net.getLayerWiseConfigurations().getInputPreProcess(i));
            Features inputOf = features -> prepare.apply(
                    index == 0
                            ? features[0]
                            : net.feedForwardToLayer(index - 1, features[0], false)
                                    .get(index));
            boolean first = i == 0 && net.getLayerWiseConfigurations().getInputPreProcess(i) == null;
            stages.add(new PretrainStage(name(net.getLayer(i), i), i, net.getLayer(i), first, inputOf));
        }
        return stages;
    }

    /** Whether a layer takes part: DL4J says so of frozen ones too, whose gradient is none. */
    private static boolean isTrained(Layer layer) {
        boolean frozen = layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop;
        return layer.isPretrainLayer() && !frozen;
    }

    static List<PretrainStage> of(ComputationGraph graph) {
        graph.initGradientsView();
        List<PretrainStage> stages = new ArrayList<>();
        int[] order = graph.topologicalSortOrder();
        for (int position = 0; position < order.length; position++) {
            GraphVertex vertex = graph.getVertices()[order[position]];
            if (!(vertex instanceof LayerVertex own) || !isTrained(own.getLayer())) {
                continue;
            }
            GraphVertex below = graph.getVertices()[vertex.getInputVertices()[0].getVertexIndex()];
            InputPreProcessor preprocessor = own.getLayerPreProcessor();
            UnaryOperator<INDArray> prepare = preprocess(preprocessor);
            Features inputOf;
            if (below.isInputVertex()) {
                int input = graph.getConfiguration().getNetworkInputs().indexOf(below.getVertexName());
                inputOf = features -> prepare.apply(features[input]);
            } else {
                int until = positionOf(below, order);
                inputOf = features -> prepare.apply(
                        graph.feedForward(features, until, false, true).get(below.getVertexName()));
            }
            boolean first = below.isInputVertex() && preprocessor == null;
            Layer layer = own.getLayer();
            stages.add(new PretrainStage(vertex.getVertexName(), layer.getIndex(), layer, first, inputOf));
        }
        return stages;
    }

    /**
     * One layer of a network.
     *
     * @throws IllegalArgumentException if there is no such layer that can be pre-trained
     */
    static PretrainStage find(MultiLayerNetwork net, int layer) {
        return find(of(Args.given("net", net)).stream().filter(stage -> stage.index() == layer), layer);
    }

    /**
     * One layer of a graph.
     *
     * @throws IllegalArgumentException if there is no such layer that can be pre-trained
     */
    static PretrainStage find(ComputationGraph graph, String layer) {
        return find(
                of(Args.given("graph", graph)).stream()
                        .filter(stage -> stage.name().equals(layer)),
                "\"" + layer + "\"");
    }

    private static PretrainStage find(Stream<PretrainStage> stages, Object layer) {
        return stages.findFirst().orElseThrow(() -> Args.failure("layer", "one that can be pre-trained", layer));
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

    private static int positionOf(GraphVertex vertex, int[] order) {
        int position = 0;
        while (order[position] != vertex.getVertexIndex()) {
            position++;
        }
        return position;
    }

    private static UnaryOperator<INDArray> preprocess(InputPreProcessor preprocessor) {
        return preprocessor == null
                ? UnaryOperator.identity()
                : x -> preprocessor.preProcess(x, (int) x.size(0), Workspaces.none());
    }

    private static String name(Layer layer, int index) {
        String name = layer.conf().getLayer().getLayerName();
        return name == null ? String.valueOf(index) : name;
    }
}
