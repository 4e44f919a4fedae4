package io.github.dl4jsparse.internal.dl4j;

import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.Layer;

/** Gives the replacement of each layer of a network that is rebuilt. */
@FunctionalInterface
public interface LayerChange {
    /**
     * The replacement of a layer.
     *
     * @param conf         with the wrappers of the layer, if it has any; may be the old one
     * @param preProcessor of the layer's input, null for none; may be the old one
     */
    record NewLayer(Layer conf, InputPreProcessor preProcessor) {}

    /**
     * Called once for every vertex that is no input, each after those below it.
     *
     * @param vertex with a copy of the old configuration, which may become part of the new one, and with the old layer
     * @return the new layer; ignored for a vertex without a layer
     */
    NewLayer of(NetVertex vertex);
}
