package io.github.dl4jsparse.internal.dl4j;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Unwraps layers from DL4J's wrappers and wraps them again, for code that iterates over the layers of a network.
 * <p>Wrappers are {@code FrozenLayer} and all {@code BaseWrapperLayer}s: {@code FrozenLayerWithBackprop}, {@code TimeDistributed},
 * {@code MaskZeroLayer}, {@code LastTimeStep}; they may be nested. In a graph, {@code FrozenVertex} may be around a
 * vertex with a layer. {@code Bidirectional} has two layers and is not supported: DL4J 1.0.0-M2.1 can't wrap a layer of
 * this library in it.
 * <p>The parameters of a wrapped layer have the same names as without the wrapper, and a layer's own {@code conf()} is
 * that of the inner layer.
 */
public final class LayerWrappers {
    private LayerWrappers() {}

    /** The configuration inside of all wrappers; itself where there are none. Shared, not copied. */
    public static Layer inner(Layer conf) {
        Layer inner = conf;
        while (true) {
            if (inner instanceof FrozenLayer frozen) {
                inner = frozen.getLayer();
            } else if (inner instanceof BaseWrapperLayer wrapper) {
                inner = wrapper.getUnderlying();
            } else {
                return inner;
            }
        }
    }

    /**
     * The same wrappers around another configuration.
     *
     * @param wrapped a configuration with its wrappers. Not modified.
     * @param inner   shared, not copied
     * @return new wrappers, or {@code inner} itself where there are none
     */
    public static Layer around(Layer wrapped, Layer inner) {
        if (wrapped instanceof FrozenLayer frozen) {
            FrozenLayer copy = new FrozenLayer(around(frozen.getLayer(), inner));
            copy.setLayerName(frozen.getLayerName());
            return copy;
        }
        if (wrapped instanceof BaseWrapperLayer wrapper) {
            BaseWrapperLayer copy = (BaseWrapperLayer) wrapper.clone();
            copy.setUnderlying(around(wrapper.getUnderlying(), inner));
            return copy;
        }
        return inner;
    }

    /** The layer inside of all wrappers; itself where there are none. */
    public static org.deeplearning4j.nn.api.Layer inner(org.deeplearning4j.nn.api.Layer layer) {
        org.deeplearning4j.nn.api.Layer inner = layer;
        while (inner instanceof org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer wrapper) {
            inner = wrapper.getUnderlying();
        }
        return inner;
    }

    /**
     * The layer with a dictionary inside of all wrappers, to be measured: it may be frozen.
     *
     * @param layer of a network
     * @throws IllegalArgumentException if there is none
     */
    public static UnsupervisedLayer dictionary(org.deeplearning4j.nn.api.Layer layer) {
        if (inner(Args.given("layer", layer)) instanceof UnsupervisedLayer own) {
            return own;
        }
        throw Args.failure(
                "layer", "one with a dictionary", inner(layer).getClass().getSimpleName());
    }

    /**
     * The layer with a dictionary inside of all wrappers, to be changed: it is not frozen.
     *
     * @param layer of a network
     * @throws IllegalArgumentException if there is none, or it is frozen
     */
    public static UnsupervisedLayer trainedDictionary(org.deeplearning4j.nn.api.Layer layer) {
        UnsupervisedLayer own = dictionary(layer);
        if (isFrozen(layer)) {
            throw Args.failure(
                    "layer",
                    "one that is trained",
                    "a frozen " + own.getClass().getSimpleName() + "; take it out of its frozen wrapper first");
        }
        return own;
    }

    /** Whether a layer is frozen: its parameters are not trained. */
    public static boolean isFrozen(org.deeplearning4j.nn.api.Layer layer) {
        return layer instanceof org.deeplearning4j.nn.layers.FrozenLayer
                || layer instanceof org.deeplearning4j.nn.layers.FrozenLayerWithBackprop
                || layer instanceof org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer wrapper
                        && isFrozen(wrapper.getUnderlying());
    }

    /** Whether a configuration is frozen: its parameters are not trained. */
    public static boolean isFrozen(Layer conf) {
        return conf instanceof FrozenLayer
                || conf instanceof FrozenLayerWithBackprop
                || conf instanceof BaseWrapperLayer wrapper && isFrozen(wrapper.getUnderlying());
    }

    /** The vertex with a layer inside of a graph's frozen ones; null where there is none. */
    public static LayerVertex layerVertex(GraphVertex vertex) {
        GraphVertex inner = vertex;
        while (inner instanceof FrozenVertex frozen) {
            inner = frozen.getUnderlying();
        }
        return inner instanceof LayerVertex own ? own : null;
    }

    /** Whether a graph's vertex with a layer is frozen, by itself or by its layer. */
    public static boolean isFrozen(GraphVertex vertex) {
        LayerVertex own = layerVertex(vertex);
        return vertex instanceof FrozenVertex
                || own != null && isFrozen(own.getLayerConf().getLayer());
    }

    /** Whether the inner layer takes each time step of a sequence as an example. */
    public static boolean isOverTime(Layer conf) {
        return conf instanceof TimeDistributed
                || conf instanceof FrozenLayer frozen && isOverTime(frozen.getLayer())
                || conf instanceof BaseWrapperLayer wrapper && isOverTime(wrapper.getUnderlying());
    }

    /**
     * The input of the inner layer for one of the wrapped layer: every time step as an example where it is
     * {@link #isOverTime over time}, else the input itself.
     *
     * @param wrapped a configuration with its wrappers. Not modified.
     * @param input   {@code [batch, size, steps]}, or {@code [batch, steps, size]} as the wrapper says. Not modified.
     * @return {@code [batch * steps, size]}, a new array, or the input
     */
    public static INDArray innerInput(Layer wrapped, INDArray input) {
        if (wrapped instanceof TimeDistributed steps && input.rank() == 3) {
            boolean last = steps.getRnnDataFormat() == RNNFormat.NCW;
            INDArray ordered = (last ? input.permute(0, 2, 1) : input).dup('c');
            long[] shape = ordered.shape();
            return innerInput(steps.getUnderlying(), ordered.reshape('c', shape[0] * shape[1], shape[2]));
        }
        if (wrapped instanceof FrozenLayer frozen) {
            return innerInput(frozen.getLayer(), input);
        }
        return wrapped instanceof BaseWrapperLayer wrapper ? innerInput(wrapper.getUnderlying(), input) : input;
    }
}
