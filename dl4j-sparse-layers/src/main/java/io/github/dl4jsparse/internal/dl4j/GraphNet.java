package io.github.dl4jsparse.internal.dl4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@code ComputationGraph}: layers and other vertices in topological order. */
final class GraphNet extends Net<ComputationGraph> {
    GraphNet(ComputationGraph model) {
        super(model);
    }

    @Override
    boolean isInitialised() {
        return model().getVertices() != null;
    }

    @Override
    public List<NetVertex> vertices() {
        return List.copyOf(vertices(model().getConfiguration()).values());
    }

    @Override
    public List<NetVertex> outputs() {
        ComputationGraphConfiguration conf = model().getConfiguration();
        return conf.getNetworkOutputs().stream().map(vertices(conf)::get).toList();
    }

    /** By name, in topological order. */
    private Map<String, NetVertex> vertices(ComputationGraphConfiguration conf) {
        Map<String, NetVertex> vertices = new LinkedHashMap<>();
        for (int index : model().topologicalSortOrder()) {
            GraphVertex vertex = model().getVertices()[index];
            String name = vertex.getVertexName();
            List<NetVertex> below = new ArrayList<>();
            for (String input : conf.getVertexInputs().getOrDefault(name, List.of())) {
                below.add(vertices.get(input));
            }
            vertices.put(name, vertex(vertex, below, conf));
        }
        return vertices;
    }

    private static NetVertex vertex(GraphVertex vertex, List<NetVertex> below, ComputationGraphConfiguration conf) {
        String name = vertex.getVertexName();
        if (vertex.isInputVertex()) {
            return NetVertex.input(name, conf.getNetworkInputs().indexOf(name));
        }
        var own = conf.getVertices().get(name);
        LayerVertex layer = LayerWrappers.layerVertex(own);
        if (layer == null) {
            return NetVertex.without(name, -1, below, vertex, own);
        }
        boolean frozen = LayerWrappers.isFrozen(own) || LayerWrappers.isFrozen(vertex.getLayer());
        return NetVertex.ofLayer(
                name,
                LayerWrappers.inner(vertex.getLayer()).getIndex(),
                below,
                vertex,
                new NetVertex.LayerPart(
                        vertex.getLayer(), layer.getLayerConf().getLayer(), layer.getPreProcessor(), frozen));
    }

    @Override
    void setMasks(INDArray[] masks) {
        model().setLayerMaskArrays(masks, null);
    }

    @Override
    void clearMasks() {
        model().clearLayerMaskArrays();
    }

    @Override
    INDArray outputOf(NetVertex vertex, INDArray[] features) {
        int until = List.copyOf(vertices(model().getConfiguration()).keySet()).indexOf(vertex.name());
        return model().feedForward(features, until, false, true).get(vertex.name());
    }

    @Override
    public void initGradientsView() {
        model().initGradientsView();
    }

    @Override
    public Updater updater(boolean create) {
        return model().getUpdater(create);
    }

    @Override
    public String json() {
        return model().getConfiguration().toJson();
    }

    @Override
    public Net<ComputationGraph> copy() {
        return NetKind.GRAPH.network(configuration(), model().params().dup());
    }

    /**
     * A copy of the configuration that includes what DL4J's own copy omits: counts, and the order of the parameters.
     */
    private ComputationGraphConfiguration configuration() {
        ComputationGraphConfiguration own = model().getConfiguration();
        ComputationGraphConfiguration copy = own.clone();
        copy.setIterationCount(own.getIterationCount());
        copy.setEpochCount(own.getEpochCount());
        copy.setTopologicalOrder(own.getTopologicalOrder());
        copy.setTopologicalOrderStr(own.getTopologicalOrderStr());
        return copy;
    }

    @Override
    public Net<ComputationGraph> with(LayerChange change, boolean draw) {
        ComputationGraphConfiguration conf = configuration();
        for (NetVertex vertex : vertices(conf).values()) {
            if (vertex.isInput()) {
                continue;
            }
            LayerChange.NewLayer changed = change.of(vertex);
            LayerVertex own = LayerWrappers.layerVertex(conf.getVertices().get(vertex.name()));
            if (own != null) {
                own.getLayerConf().clearVariables();
                own.getLayerConf().setLayer(changed.conf());
                own.setPreProcessor(changed.preProcessor());
            }
        }
        Net<ComputationGraph> result = NetKind.GRAPH.started(conf, draw);
        result.model().setListeners(model().getListeners());
        return result;
    }
}
