package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.dl4j.LayerWrappers;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.NetVertex;
import io.github.dl4jsparse.internal.dl4j.UpdaterStates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;

/** Converts a network from its inputs to its outputs, vertex by vertex, to a graph of ONNX's operators. */
final class OnnxNetwork {
    private final Net<?> net;
    private final OnnxGraph graph = new OnnxGraph();
    private final Map<String, OnnxValue> values = new HashMap<>();

    private OnnxNetwork(Net<?> net) {
        this.net = net;
    }

    /**
     * The graph of a network.
     *
     * @param types of the inputs in their order; none where the layers determine them
     */
    static OnnxGraph graph(Net<?> net, InputType... types) {
        OnnxNetwork network = new OnnxNetwork(net);
        OnnxInputs.requireCount(net.inputs(), types);
        network.add(types);
        return network.graph;
    }

    private void add(InputType... types) {
        List<NetVertex> vertices = net.vertices();
        List<NetVertex> outputs = net.outputs();
        List<String> names = names(vertices, outputs);
        graph.reserve(names);
        graph.reserve(vertices.stream()
                .filter(NetVertex::isInput)
                .map(NetVertex::name)
                .toList());
        for (NetVertex vertex : vertices) {
            if (vertex.isInput()) {
                long[] shape =
                        types.length == 0 ? OnnxInputs.shape(net, vertex) : OnnxInputs.shape(types[vertex.index()]);
                values.put(key(vertex), graph.input(vertex.name(), shape));
            } else {
                values.put(key(vertex), of(vertex));
            }
        }
        graph.scope("");
        for (int i = 0; i < names.size(); i++) {
            graph.output(names.get(i), values.get(key(outputs.get(i))));
        }
    }

    /** Names of the outputs: of a graph its own, of a stack, whose layers may have none, "output". */
    private static List<String> names(List<NetVertex> vertices, List<NetVertex> outputs) {
        boolean isStack = vertices.get(0).owner() == null
                && vertices.stream().skip(1).noneMatch(v -> UpdaterStates.isVertex(v.owner()));
        return isStack
                ? List.of("output")
                : outputs.stream().map(NetVertex::name).toList();
    }

    /** A unique key: layers of a stack may have the same name. */
    private static String key(NetVertex vertex) {
        return vertex.isInput() ? "input " + vertex.name() : vertex.index() + " " + vertex.name();
    }

    private OnnxValue of(NetVertex vertex) {
        List<OnnxValue> inputs = new ArrayList<>();
        vertex.below().forEach(below -> inputs.add(values.get(key(below))));
        graph.scope(vertex.name());
        try {
            if (!vertex.hasLayer()) {
                return OnnxVertices.convert(vertex.operation(), inputs);
            }
            OnnxValue prepared = OnnxPreProcessors.convert(vertex.preProcessor(), inputs.get(0));
            return OnnxLayers.convert(vertex.conf(), vertex.params(), prepared);
        } catch (IllegalArgumentException e) {
            String kind = vertex.hasLayer()
                    ? "layer \"" + vertex.name() + "\", "
                            + LayerWrappers.inner(vertex.conf()).getClass().getSimpleName()
                    : "vertex \"" + vertex.name() + "\"";
            throw new IllegalArgumentException(e.getMessage() + " (" + kind + ")", e);
        }
    }
}
