package io.github.dl4jsparse.train;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.check.Networks;
import io.github.dl4jsparse.nn.common.LayerWrappers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Cuts units off a layer with a dictionary, and what depends on them off the layers above: the result is a smaller network, with
 * fewer parameters, a smaller state of the updater, and a configuration whose penalty, groups and tree are those of the kept
 * units.
 * <p>Nothing else changes. Counts, listeners and what the updater keeps of the other parameters are as before, so that training
 * goes on as if the removed units had never been. The outputs of the kept units are those of the larger network for every input
 * for which the removed units are silent; for every input where units do not see each other, as in an encoder of one step.
 * <p>The units of a convolutional encoder are its maps, each of which goes at all places. Units of a map whose places have filters of
 * their own stay: the map would get holes.
 * <p>Dense, output and convolution layers, batch normalisation and the layers of this library lose inputs, a dense layer above maps
 * those of all places; dropout, pooling in space, normalisation to length 1 and activations unit by unit pass the removal on to the
 * layer above them. Anything else above the units is refused.
 * <p>Reference: Jenatton, Mairal, Obozinski and Bach, Proximal methods for hierarchical sparse coding, JMLR 12, 2011, for the
 * trees that are cut.
 *
 * @see UnitSelection
 */
public final class UnitPruner {
    private UnitPruner() {}

    /**
     * Keeps some units of a layer.
     *
     * @param net   initialised. Not modified.
     * @param layer index of the layer
     * @param kept  the units that stay, in ascending order. Not modified.
     * @return a new network with copies of the parameters
     * @throws IllegalArgumentException if a unit is out of range, the penalty does not hold together without the others, or a
     *                                  layer can't be made smaller; names the layer
     */
    public static MultiLayerNetwork prune(MultiLayerNetwork net, int layer, int[] kept) {
        Networks.initialised("net", net);
        Args.inRange("layer", layer, 0, net.getnLayers() - 1);
        MultiLayerConfiguration conf = net.getLayerWiseConfigurations().clone();
        NetworkCut cuts = new NetworkCut();
        int[] left = null;
        long parameters = 0;
        for (int i = 0; i < net.getnLayers(); i++) {
            var own = conf.getConf(i).getLayer();
            String name = name(own.getLayerName(), i);
            if (left != null && conf.getInputPreProcess(i) != null) {
                FlattenedMaps maps = FlattenedMaps.of(conf.getInputPreProcess(i), name);
                conf.getInputPreProcessors().put(i, maps.restrictedTo(left));
                left = maps.inputs(left);
            }
            LayerCut cut = i == layer
                    ? LayerCut.ofUnits(own, name, kept)
                    : left == null ? LayerCut.none(own) : LayerCut.ofInputs(own, name, left);
            left = cut.outputs();
            conf.getConf(i).setLayer(cut.conf());
            cuts.put(net.getLayer(i), cut);
            parameters += cut.conf().initializer().numParams(conf.getConf(i));
        }
        MultiLayerNetwork pruned = new MultiLayerNetwork(conf);
        pruned.init(Nd4j.create(net.params().dataType(), 1, parameters), false);
        pruned.setListeners(net.getListeners());
        pruned.initGradientsView();
        for (int i = 0; i < net.getnLayers(); i++) {
            cuts.copyParameters(net.getLayer(i), pruned.getLayer(i));
            cuts.copyPretrainUpdater(net.getLayer(i), pruned.getLayer(i));
        }
        if (net.getUpdater(false) != null) {
            cuts.copyUpdater(net.getUpdater(false), pruned.getUpdater(true));
        }
        return pruned;
    }

    /**
     * Keeps some units of a layer.
     *
     * @param graph initialised. Not modified.
     * @param layer name of the layer
     * @param kept  the units that stay, in ascending order. Not modified.
     * @return a new graph with copies of the parameters
     * @throws IllegalArgumentException if a unit is out of range, the penalty does not hold together without the others, or a
     *                                  layer or vertex can't be made smaller; names it
     */
    public static ComputationGraph prune(ComputationGraph graph, String layer, int[] kept) {
        ComputationGraphConfiguration conf =
                Networks.initialised("graph", graph).getConfiguration().clone();
        if (LayerWrappers.layerVertex(conf.getVertices().get(layer)) == null) {
            throw Args.failure("layer", "one of the graph's", "\"" + layer + "\"");
        }
        NetworkCut cuts = new NetworkCut();
        Map<String, int[]> left = new HashMap<>();
        long parameters = 0;
        for (int index : graph.topologicalSortOrder()) {
            String name = graph.getVertices()[index].getVertexName();
            GraphVertex vertex = conf.getVertices().get(name);
            if (vertex == null) {
                continue; // an input of the network
            }
            List<String> below = conf.getVertexInputs().get(name);
            boolean above = below.stream().anyMatch(left::containsKey);
            LayerVertex own = LayerWrappers.layerVertex(vertex);
            if (own != null) {
                LayerCut cut = cut(own, name, layer, kept, above ? left.get(below.get(0)) : null);
                own.getLayerConf().setLayer(cut.conf());
                cuts.put(graph.getVertex(name), cut);
                cuts.put(graph.getVertex(name).getLayer(), cut);
                if (cut.outputs() != null) {
                    left.put(name, cut.outputs());
                }
            } else if (above) {
                requireUnitByUnit(vertex, name);
                left.put(name, left.get(below.get(0)));
            }
            parameters += vertex.numParams(false);
        }
        // unlike the other kind's, the clone of this configuration has no counts
        conf.setIterationCount(graph.getConfiguration().getIterationCount());
        conf.setEpochCount(graph.getConfiguration().getEpochCount());
        ComputationGraph pruned = new ComputationGraph(conf);
        pruned.init(Nd4j.create(graph.params().dataType(), 1, parameters), false);
        pruned.setListeners(graph.getListeners());
        pruned.initGradientsView();
        for (String name : conf.getVertices().keySet()) {
            var from = graph.getVertex(name);
            var to = pruned.getVertex(name);
            cuts.copyParameters(from, to);
            if (from.hasLayer()) {
                cuts.copyPretrainUpdater(from.getLayer(), to.getLayer());
            }
        }
        if (graph.getUpdater(false) != null) {
            cuts.copyUpdater(graph.getUpdater(false), pruned.getUpdater(true));
        }
        return pruned;
    }

    private static LayerCut cut(LayerVertex vertex, String name, String layer, int[] kept, int[] below) {
        var conf = vertex.getLayerConf().getLayer();
        if (name.equals(layer)) {
            return LayerCut.ofUnits(conf, name, kept);
        }
        if (below == null) {
            return LayerCut.none(conf);
        }
        if (vertex.getPreProcessor() == null) {
            return LayerCut.ofInputs(conf, name, below);
        }
        FlattenedMaps maps = FlattenedMaps.of(vertex.getPreProcessor(), name);
        vertex.setPreProcessor(maps.restrictedTo(below));
        return LayerCut.ofInputs(conf, name, maps.inputs(below));
    }

    private static void requireUnitByUnit(GraphVertex vertex, String name) {
        if (!(vertex instanceof L2NormalizeVertex || vertex instanceof ScaleVertex || vertex instanceof ShiftVertex)) {
            throw Args.failure(
                    "vertex \"" + name + "\" above the removed units",
                    "a layer, or one of L2NormalizeVertex, ScaleVertex and ShiftVertex",
                    vertex.getClass().getSimpleName());
        }
    }

    private static String name(String name, int index) {
        return name == null ? String.valueOf(index) : name;
    }
}
