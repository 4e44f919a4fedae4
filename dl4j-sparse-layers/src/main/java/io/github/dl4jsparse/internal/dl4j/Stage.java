package io.github.dl4jsparse.internal.dl4j;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer that is trained or measured by itself, with the computation of its input from a network's features.
 * <p>A layer in one of DL4J's wrappers appears without it, with the input that the wrapper passes to it: in
 * {@code TimeDistributed} every time step is an example.
 *
 * @see Net#stages
 */
public final class Stage {
    private final Net<?> net;
    private final NetVertex vertex;

    Stage(Net<?> net, NetVertex vertex) {
        this.net = net;
        this.vertex = vertex;
    }

    /** The network that the layer is in. */
    public Net<?> net() {
        return net;
    }

    /** Name of the layer; its index in a network where it has none. */
    public String name() {
        return vertex.name();
    }

    /** Index of the layer in its network. */
    public int index() {
        return vertex.index();
    }

    /** The layer, without wrappers. */
    public Layer layer() {
        return LayerWrappers.inner(vertex.layer());
    }

    /** Whether the layer's input is the features themselves. */
    public boolean isFirst() {
        return vertex.below().get(0).isInput()
                && vertex.preProcessor() == null
                && !LayerWrappers.isOverTime(vertex.conf());
    }

    /**
     * The layer's input for the features of a batch, with the layers below as they are, in inference mode.
     *
     * @param features one array an input of the network. Not modified.
     * @return a new array, or the features
     */
    public INDArray inputOf(INDArray... features) {
        INDArray output = net.output(vertex.below().get(0), features);
        InputPreProcessor preProcessor = vertex.preProcessor();
        INDArray prepared = preProcessor == null
                ? output
                : preProcessor.preProcess(output, (int) output.size(0), Workspaces.none());
        return LayerWrappers.innerInput(vertex.conf(), prepared);
    }

    /** Whether the output of another layer of the same network reaches this one. */
    public boolean isAbove(Stage other) {
        return vertex.isAbove(other.vertex);
    }

    /**
     * The layer as one with a dictionary.
     *
     * @throws IllegalArgumentException if it is another
     */
    public UnsupervisedLayer dictionary() {
        if (layer() instanceof UnsupervisedLayer sparse) {
            return sparse;
        }
        throw Args.failure(
                "layer \"" + name() + "\"",
                "one with a dictionary",
                layer().getClass().getSimpleName());
    }
}
