package io.github.dl4jsparse.internal.dl4j;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A vertex of a network: an input, a layer, or, in a graph, a vertex without a layer. A stack is a chain of layers above one input.
 * <p>It is a view and copies nothing: its results must not be modified, except the parameters of a layer.
 */
public final class NetVertex {
    private final String name;
    private final int index;
    private final List<NetVertex> below;
    private final Trainable owner;
    private final LayerPart layer;
    private final GraphVertex operation;

    private NetVertex(
            String name, int index, List<NetVertex> below, Trainable owner, LayerPart layer, GraphVertex operation) {
        this.name = name;
        this.index = index;
        this.below = List.copyOf(below);
        this.owner = owner;
        this.layer = layer;
        this.operation = operation;
    }

    /** The part of a vertex with a layer. */
    record LayerPart(
            Layer layer,
            org.deeplearning4j.nn.conf.layers.Layer conf,
            InputPreProcessor preProcessor,
            boolean frozen) {}

    static NetVertex input(String name, int index) {
        return new NetVertex(name, index, List.of(), null, null, null);
    }

    static NetVertex ofLayer(String name, int index, List<NetVertex> below, Trainable owner, LayerPart layer) {
        return new NetVertex(name, index, below, owner, layer, null);
    }

    static NetVertex without(String name, int index, List<NetVertex> below, Trainable owner, GraphVertex operation) {
        return new NetVertex(name, index, below, owner, null, operation);
    }

    /** The vertex's name in a graph; a layer's in a stack, or its index where it has none. */
    public String name() {
        return name;
    }

    /** Of a layer its index among the layers, of an input its index among the inputs, of another vertex -1. */
    public int index() {
        return index;
    }

    /** The vertices whose outputs are its inputs, in order; none for an input. */
    public List<NetVertex> below() {
        return below;
    }

    /** Whether it is an input of the network. */
    public boolean isInput() {
        return below.isEmpty();
    }

    /** Whether it is a layer. */
    public boolean hasLayer() {
        return layer != null;
    }

    /** The layer in its wrappers; null for a vertex without one. */
    public Layer layer() {
        return layer == null ? null : layer.layer();
    }

    /** The layer's configuration in its wrappers; null for a vertex without a layer. */
    public org.deeplearning4j.nn.conf.layers.Layer conf() {
        return layer == null ? null : layer.conf();
    }

    /** The preprocessor of the layer's input; null for none. */
    public InputPreProcessor preProcessor() {
        return layer == null ? null : layer.preProcessor();
    }

    /** Whether the layer is frozen, by its configuration or by DL4J's helper for transfer learning. */
    public boolean isFrozen() {
        return layer != null && layer.frozen();
    }

    /** The configuration of a vertex without a layer; null for a layer and for an input. */
    public GraphVertex operation() {
        return operation;
    }

    /**
     * The owner of the parameters in DL4J's updater: the layer of a stack, the vertex of a graph; null for an input.
     */
    public Trainable owner() {
        return owner;
    }

    /** The parameters by name, none for an input. Views: writing into them changes the network. */
    public Map<String, INDArray> params() {
        Map<String, INDArray> params = owner == null ? null : owner.paramTable(false);
        return params == null ? Map.of() : params;
    }

    /** Whether the output of another vertex of the same network reaches this one. */
    public boolean isAbove(NetVertex other) {
        Deque<NetVertex> open = new ArrayDeque<>(below);
        // by identity, as two layers of a stack may have the same name
        Set<NetVertex> seen = new HashSet<>();
        while (!open.isEmpty()) {
            NetVertex vertex = open.remove();
            if (vertex.owner != null && vertex.owner == other.owner) {
                return true;
            }
            if (seen.add(vertex)) {
                open.addAll(vertex.below);
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "vertex \"" + name + "\"";
    }
}
