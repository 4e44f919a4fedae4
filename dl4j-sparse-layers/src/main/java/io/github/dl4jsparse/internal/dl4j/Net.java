package io.github.dl4jsparse.internal.dl4j;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.UpdaterCreator;
import org.deeplearning4j.optimize.solvers.BaseOptimizer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network of either of DL4J's kinds, a stack or a graph, which share no type with these methods.
 * <p>A view: it has no state of its own; it reads and changes the network that it was created from.
 * <p>Errors: {@code IllegalArgumentException} for a model that is neither.
 *
 * @param <M> {@link MultiLayerNetwork} or {@link ComputationGraph}
 */
public abstract sealed class Net<M extends Model & NeuralNetwork> permits StackNet, GraphNet {
    private final M model;

    Net(M model) {
        this.model = model;
    }

    /** A stack. */
    public static Net<MultiLayerNetwork> of(MultiLayerNetwork net) {
        return new StackNet(Args.given("net", net));
    }

    /** A graph. */
    public static Net<ComputationGraph> of(ComputationGraph graph) {
        return new GraphNet(Args.given("graph", graph));
    }

    /**
     * A network of either kind.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Net<?> of(Model net) {
        if (net instanceof MultiLayerNetwork stack) {
            return new StackNet(stack);
        }
        if (net instanceof ComputationGraph graph) {
            return new GraphNet(graph);
        }
        throw Args.failure(
                "net",
                "a MultiLayerNetwork or a ComputationGraph",
                net == null ? null : net.getClass().getName());
    }

    /** The iterations that a network has counted. */
    public static int iterationCount(Model model) {
        return BaseOptimizer.getIterationCount(model);
    }

    /** The epochs that a network has counted. */
    public static int epochCount(Model model) {
        return BaseOptimizer.getEpochCount(model);
    }

    /** Whether a model is a network, and not a layer that is trained alone. */
    public static boolean isNetwork(Model model) {
        return model instanceof MultiLayerNetwork || model instanceof ComputationGraph;
    }

    /**
     * A new network.
     *
     * @param json   a configuration of either kind, from {@link #json}
     * @param params in one row, in the order of the configuration. Copied.
     * @throws IllegalArgumentException if it is no configuration of a network
     */
    public static Net<?> ofJson(String json, INDArray params) {
        return NetKind.of(json).network(json, params);
    }

    /** The network of DL4J; shared, not copied. */
    public final M model() {
        return model;
    }

    /**
     * Requires a network that has parameters: one of whose {@code init()} was called, or that was read from a file.
     *
     * @param name of the argument, for the message
     * @return this
     * @throws IllegalArgumentException if it has no parameters yet
     */
    public final Net<M> initialised(String name) {
        if (!isInitialised()) {
            throw Args.failure(
                    name,
                    "a network with parameters (call init() first)",
                    "a " + model.getClass().getSimpleName() + " before init()");
        }
        return this;
    }

    abstract boolean isInitialised();

    /**
     * Allocates the flat gradient array and gives every layer its view of it, as DL4J does in the first {@code fit()}.
     */
    public abstract void initGradientsView();

    /** The inputs, layers and other vertices in topological order, which is that of the parameters. */
    public abstract List<NetVertex> vertices();

    /** The vertices whose outputs are those of the network, in its order; of a stack the last layer. */
    public abstract List<NetVertex> outputs();

    /** The layers in their wrappers, in topological order. */
    public final List<Layer> layers() {
        return vertices().stream()
                .filter(NetVertex::hasLayer)
                .map(NetVertex::layer)
                .toList();
    }

    /** The number of input arrays of the network. */
    public final int inputs() {
        return (int) vertices().stream().filter(NetVertex::isInput).count();
    }

    /** Parameters in one row, in the order of the vertices. A view: writing into it changes the network. */
    public final INDArray params() {
        return model.params();
    }

    /**
     * The output of a vertex in inference mode.
     *
     * @param features one array an input of the network. Not modified.
     * @return the features themselves for an input
     */
    public final INDArray output(NetVertex vertex, INDArray... features) {
        return vertex.isInput() ? features[vertex.index()] : outputOf(vertex, features);
    }

    /** Gives every layer the mask that reaches it. */
    abstract void setMasks(INDArray[] masks);

    /** Takes all masks away. */
    abstract void clearMasks();

    abstract INDArray outputOf(NetVertex vertex, INDArray[] features);

    /** All layers that can be pre-trained, the lowest first. Frozen layers can't be. */
    public final List<Stage> stages() {
        return stages(false, Layer::isPretrainLayer);
    }

    /** All layers that can be measured: those that can be pre-trained, and frozen ones. */
    public final List<Stage> stagesWithFrozen() {
        return stages(true, Layer::isPretrainLayer);
    }

    /**
     * Layers of another kind, in the same order.
     *
     * @param wanted selects layers, which are passed without their wrappers
     */
    public final List<Stage> stages(boolean frozenToo, Predicate<Layer> wanted) {
        // DL4J requires this before it trains a single layer
        initGradientsView();
        List<Stage> stages = new ArrayList<>();
        for (NetVertex vertex : vertices()) {
            if (vertex.hasLayer() && (frozenToo || !vertex.isFrozen())) {
                Stage stage = new Stage(this, vertex);
                if (wanted.test(stage.layer())) {
                    stages.add(stage);
                }
            }
        }
        return stages;
    }

    /**
     * One layer, to be trained.
     *
     * @param layer index of the layer
     * @throws IllegalArgumentException if there is no such layer that can be pre-trained, or it is frozen
     */
    public final Stage trained(int layer) {
        return find(false, stage -> stage.index() == layer, layer);
    }

    /**
     * One layer, to be trained.
     *
     * @param layer name of the layer
     * @throws IllegalArgumentException if there is no such layer that can be pre-trained, or it is frozen
     */
    public final Stage trained(String layer) {
        return find(false, stage -> stage.name().equals(layer), "\"" + layer + "\"");
    }

    /**
     * One layer, to be measured; it may be frozen.
     *
     * @param layer index of the layer
     * @throws IllegalArgumentException if there is no such layer that can be pre-trained
     */
    public final Stage measured(int layer) {
        return find(true, stage -> stage.index() == layer, layer);
    }

    /**
     * One layer, to be measured; it may be frozen.
     *
     * @param layer name of the layer
     * @throws IllegalArgumentException if there is no such layer that can be pre-trained
     */
    public final Stage measured(String layer) {
        return find(true, stage -> stage.name().equals(layer), "\"" + layer + "\"");
    }

    private Stage find(boolean frozenToo, Predicate<Stage> wanted, Object layer) {
        return (frozenToo ? stagesWithFrozen() : stages())
                .stream().filter(wanted).findFirst().orElseThrow(() -> notFound(wanted, layer));
    }

    private IllegalArgumentException notFound(Predicate<Stage> wanted, Object layer) {
        if (stagesWithFrozen().stream().anyMatch(wanted)) {
            return Args.failure(
                    "layer",
                    "one that is trained",
                    layer + ", which is frozen; take it out of its frozen wrapper first");
        }
        boolean decoderGone = stagesWithoutDecoder().stream().anyMatch(wanted);
        return Args.failure(
                "layer",
                "one that can be pre-trained",
                layer + (decoderGone ? ", which has no decoder; take the network before Decoders.remove" : ""));
    }

    /** Layers with a code that can neither be pre-trained nor measured, as they have no decoder. */
    public final List<Stage> stagesWithoutDecoder() {
        return stages(true, layer -> layer instanceof UnsupervisedLayer && !layer.isPretrainLayer());
    }

    /**
     * The network's updater.
     *
     * @param create whether one is made where there is none yet; null otherwise
     */
    public abstract Updater updater(boolean create);

    /** An updater of this network that has no history and is not the network's own. */
    public final Updater newUpdater() {
        return UpdaterCreator.getUpdater(model);
    }

    /** The configuration as JSON. */
    public abstract String json();

    /** A network with copies of configuration, counts and parameters, and without listeners and updater. */
    public abstract Net<M> copy();

    /**
     * A network with other layers in the same positions, the same listeners and counts, and an updater without history.
     * Its {@link #vertices} are those of this network in the same order.
     *
     * @param change the replacement of each layer
     * @param draw   whether the parameters are start values, which sets the seed of ND4J's random generator; zeros otherwise
     */
    public abstract Net<M> with(LayerChange change, boolean draw);
}
