package io.github.dl4jsparse.internal.dl4j;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import java.util.Arrays;
import java.util.Objects;
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

    /**
     * A layer's input and what of it counts.
     *
     * @param input as {@link #inputOf} gives it
     * @param mask  of the input, as DL4J's layers below pass it on; null if all counts
     */
    public record Masked(INDArray input, INDArray mask) {}

    /**
     * The layer's input for the features of a batch with masks, with the layers below as they are, in inference mode.
     *
     * @param features one array an input of the network. Not modified.
     * @param masks    one an input, or null for an input without; null for none. Not modified.
     */
    public Masked inputOf(INDArray[] features, INDArray[] masks) {
        if (masks == null || Arrays.stream(masks).allMatch(Objects::isNull)) {
            return new Masked(inputOf(features), null);
        }
        net.setMasks(masks);
        try {
            INDArray input = inputOf(features);
            INDArray mask = layer().getMaskArray();
            return new Masked(input, mask == null ? null : mask.dup());
        } finally {
            net.clearMasks();
        }
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
