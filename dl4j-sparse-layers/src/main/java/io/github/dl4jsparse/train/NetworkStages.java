package io.github.dl4jsparse.train;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.nn.common.LayerWrappers;
import io.github.dl4jsparse.nn.common.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Walks through a network for the layers that can be pre-trained, the lowest first; in a graph in topological order.
 * <p>A layer in one of DL4J's wrappers is given without it, with the input that the wrapper would give it. Frozen layers are left out
 * or taken along, as the one who asks trains or measures.
 */
final class NetworkStages {
    private NetworkStages() {}

    /** @throws IllegalArgumentException if it is neither of DL4J's kinds of network */
    static List<PretrainStage> of(Model net, boolean frozenToo) {
        return of(net, frozenToo, Layer::isPretrainLayer);
    }

    /**
     * Layers of another kind, in the same order.
     *
     * @param wanted tells those that are given
     * @throws IllegalArgumentException if it is neither of DL4J's kinds of network
     */
    static List<PretrainStage> of(Model net, boolean frozenToo, Predicate<Layer> wanted) {
        if (net instanceof MultiLayerNetwork network) {
            return ofStack(network, frozenToo, wanted);
        }
        if (net instanceof ComputationGraph graph) {
            return ofGraph(graph, frozenToo, wanted);
        }
        throw Args.failure(
                "net",
                "a MultiLayerNetwork or a ComputationGraph",
                net == null ? null : net.getClass().getName());
    }

    /**
     * One layer.
     *
     * @param wanted tells it
     * @param layer  what is asked for, for messages
     * @throws IllegalArgumentException if there is no such layer that can be pre-trained, or only one that is frozen
     */
    static PretrainStage find(Model net, boolean frozenToo, Predicate<PretrainStage> wanted, Object layer) {
        return of(net, frozenToo).stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> of(net, true).stream().anyMatch(wanted)
                        ? Args.failure(
                                "layer",
                                "one that is trained",
                                layer + ", which is frozen; take it out of its frozen wrapper first")
                        : Args.failure("layer", "one that can be pre-trained", layer));
    }

    private static List<PretrainStage> ofStack(MultiLayerNetwork net, boolean frozenToo, Predicate<Layer> wanted) {
        net.initGradientsView();
        List<PretrainStage> stages = new ArrayList<>();
        for (int i = 0; i < net.getnLayers(); i++) {
            var conf = net.getLayerWiseConfigurations().getConf(i).getLayer();
            Layer layer = LayerWrappers.inner(net.getLayer(i));
            // DL4J says of frozen layers too that they take part
            if (!wanted.test(layer) || isFrozen(conf, net.getLayer(i)) && !frozenToo) {
                continue;
            }
            int index = i;
            InputPreProcessor preprocessor = net.getLayerWiseConfigurations().getInputPreProcess(i);
            UnaryOperator<INDArray> prepare = prepare(preprocessor, conf);
            PretrainStage.Features inputOf = features -> prepare.apply(
                    index == 0
                            ? features[0]
                            : net.feedForwardToLayer(index - 1, features[0], false)
                                    .get(index));
            boolean first = i == 0 && preprocessor == null && !LayerWrappers.isOverTime(conf);
            stages.add(new PretrainStage(name(layer, i), i, layer, first, inputOf));
        }
        return stages;
    }

    private static List<PretrainStage> ofGraph(ComputationGraph graph, boolean frozenToo, Predicate<Layer> wanted) {
        graph.initGradientsView();
        List<PretrainStage> stages = new ArrayList<>();
        int[] order = graph.topologicalSortOrder();
        for (int index : order) {
            GraphVertex vertex = graph.getVertices()[index];
            String name = vertex.getVertexName();
            var conf = graph.getConfiguration().getVertices().get(name);
            var own = LayerWrappers.layerVertex(conf);
            if (own == null) {
                continue;
            }
            Layer layer = LayerWrappers.inner(vertex.getLayer());
            boolean frozen =
                    LayerWrappers.isFrozen(conf) || isFrozen(own.getLayerConf().getLayer(), vertex.getLayer());
            if (!wanted.test(layer) || frozen && !frozenToo) {
                continue;
            }
            var wrapped = own.getLayerConf().getLayer();
            UnaryOperator<INDArray> prepare = prepare(own.getPreProcessor(), wrapped);
            GraphVertex below = graph.getVertices()[vertex.getInputVertices()[0].getVertexIndex()];
            boolean first =
                    below.isInputVertex() && own.getPreProcessor() == null && !LayerWrappers.isOverTime(wrapped);
            stages.add(new PretrainStage(name, layer.getIndex(), layer, first, inputOf(graph, below, order, prepare)));
        }
        return stages;
    }

    private static PretrainStage.Features inputOf(
            ComputationGraph graph, GraphVertex below, int[] order, UnaryOperator<INDArray> prepare) {
        if (below.isInputVertex()) {
            int input = graph.getConfiguration().getNetworkInputs().indexOf(below.getVertexName());
            return features -> prepare.apply(features[input]);
        }
        int until = positionOf(below, order);
        return features ->
                prepare.apply(graph.feedForward(features, until, false, true).get(below.getVertexName()));
    }

    /** By the configuration, or by DL4J's helper for transfer learning, which freezes the layer alone. */
    private static boolean isFrozen(org.deeplearning4j.nn.conf.layers.Layer conf, Layer layer) {
        return LayerWrappers.isFrozen(conf) || LayerWrappers.isFrozen(layer);
    }

    private static int positionOf(GraphVertex vertex, int[] order) {
        int position = 0;
        while (order[position] != vertex.getVertexIndex()) {
            position++;
        }
        return position;
    }

    private static UnaryOperator<INDArray> prepare(
            InputPreProcessor preprocessor, org.deeplearning4j.nn.conf.layers.Layer wrapped) {
        return input -> {
            INDArray prepared = preprocessor == null
                    ? input
                    : preprocessor.preProcess(input, (int) input.size(0), Workspaces.none());
            return LayerWrappers.innerInput(wrapped, prepared);
        };
    }

    private static String name(Layer layer, int index) {
        String name = layer.conf().getLayer().getLayerName();
        return name == null ? String.valueOf(index) : name;
    }
}
