package io.github.dl4jsparse.internal.dl4j;

import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * One of DL4J's two kinds of network, with the creation of networks from configurations.
 *
 * @param <C> {@link MultiLayerConfiguration} or {@link ComputationGraphConfiguration}
 * @param <M> {@link MultiLayerNetwork} or {@link ComputationGraph}
 */
public abstract sealed class NetKind<C, M extends Model & NeuralNetwork> {
    /** Stacks of layers. */
    public static final NetKind<MultiLayerConfiguration, MultiLayerNetwork> STACK = new Stacks();
    /** Graphs of vertices. */
    public static final NetKind<ComputationGraphConfiguration, ComputationGraph> GRAPH = new Graphs();

    private final Class<C> configuration;
    private final String property;

    private NetKind(Class<C> configuration, String property) {
        this.configuration = configuration;
        this.property = property;
    }

    /** The kind of a configuration as JSON. */
    static NetKind<?, ?> of(String json) {
        try {
            var properties = new ObjectMapper().readTree(json);
            for (NetKind<?, ?> kind : new NetKind<?, ?>[] {STACK, GRAPH}) {
                if (properties.has(kind.property)) {
                    return kind;
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("json must be a configuration of a network, got " + e.getMessage(), e);
        }
        throw Args.failure("json", "a configuration with \"confs\" or \"vertices\"", "one without");
    }

    /** The type of configurations. */
    public final Class<C> configuration() {
        return configuration;
    }

    /** The property of JSON that only this kind has. */
    public final String property() {
        return property;
    }

    /** The number of parameters of a configuration. */
    public abstract long parameters(C conf);

    /**
     * A new network with given parameters.
     *
     * @param conf   becomes part of the network
     * @param params in one row, become those of the network; null for start values
     */
    public abstract Net<M> network(C conf, INDArray params);

    abstract C read(String json);

    abstract DataType type(C conf);

    final Net<M> network(String json, INDArray params) {
        return network(read(json), params.dup());
    }

    /** A new network with start values, or with zeros. */
    final Net<M> started(C conf, boolean draw) {
        return network(conf, draw ? null : Nd4j.create(type(conf), 1, parameters(conf)));
    }

    private static final class Stacks extends NetKind<MultiLayerConfiguration, MultiLayerNetwork> {
        Stacks() {
            super(MultiLayerConfiguration.class, "confs");
        }

        @Override
        public long parameters(MultiLayerConfiguration conf) {
            return conf.getConfs().stream()
                    .mapToLong(layer -> layer.getLayer().initializer().numParams(layer))
                    .sum();
        }

        @Override
        public Net<MultiLayerNetwork> network(MultiLayerConfiguration conf, INDArray params) {
            if (params != null) {
                conf.setDataType(params.dataType());
            }
            MultiLayerNetwork net = new MultiLayerNetwork(conf);
            net.init(params, false);
            return Net.of(net);
        }

        @Override
        MultiLayerConfiguration read(String json) {
            return MultiLayerConfiguration.fromJson(json);
        }

        @Override
        DataType type(MultiLayerConfiguration conf) {
            return conf.getDataType();
        }
    }

    private static final class Graphs extends NetKind<ComputationGraphConfiguration, ComputationGraph> {
        Graphs() {
            super(ComputationGraphConfiguration.class, "vertices");
        }

        @Override
        public long parameters(ComputationGraphConfiguration conf) {
            return conf.getVertices().values().stream()
                    .mapToLong(vertex -> vertex.numParams(true))
                    .sum();
        }

        @Override
        public Net<ComputationGraph> network(ComputationGraphConfiguration conf, INDArray params) {
            if (params != null) {
                conf.setDataType(params.dataType());
            }
            ComputationGraph graph = new ComputationGraph(conf);
            graph.init(params, false);
            return Net.of(graph);
        }

        @Override
        ComputationGraphConfiguration read(String json) {
            return ComputationGraphConfiguration.fromJson(json);
        }

        @Override
        DataType type(ComputationGraphConfiguration conf) {
            return conf.getDataType();
        }
    }
}
