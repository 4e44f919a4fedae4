package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.dl4j.LayerChange;
import io.github.dl4jsparse.internal.dl4j.LayerWrappers;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.NetVertex;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Creates a network with other layers in the same positions. DL4J's wrappers are kept, so that frozen layers stay
 * frozen; listeners and counts are kept; the updater is new.
 */
interface LayerReplacement {
    /**
     * The replacement of a layer.
     *
     * @param conf   not modified
     * @param params of the layer, none for a layer without. Not modified.
     * @param name   of the layer, for messages
     * @return a new configuration
     */
    Layer conf(Layer conf, Map<String, INDArray> params, String name);

    /**
     * Sets the parameters of the new layer.
     *
     * @param conf   of the old layer. Not modified.
     * @param source its parameters. Not modified.
     * @param target modified in place
     */
    void copy(Layer conf, Map<String, INDArray> source, Map<String, INDArray> target);

    /** The network with all layers replaced; the original is not modified. */
    default <M extends Model & NeuralNetwork> M in(Net<M> net) {
        Net<M> result = net.with(this::replaced, true);
        List<NetVertex> from = net.vertices();
        List<NetVertex> to = result.vertices();
        for (int i = 0; i < from.size(); i++) {
            Map<String, INDArray> source = from.get(i).params();
            if (from.get(i).hasLayer() && !source.isEmpty()) {
                copy(LayerWrappers.inner(from.get(i).conf()), source, to.get(i).params());
            }
        }
        return result.model();
    }

    private LayerChange.NewLayer replaced(NetVertex vertex) {
        Layer old = vertex.conf();
        return old == null
                ? null
                : new LayerChange.NewLayer(
                        LayerWrappers.around(old, conf(LayerWrappers.inner(old), vertex.params(), vertex.name())),
                        vertex.preProcessor());
    }

    /** Copies the parameters that exist in both layers. */
    static void copyCommon(Map<String, INDArray> source, Map<String, INDArray> target) {
        target.forEach((name, array) -> array.assign(source.get(name)));
    }
}
