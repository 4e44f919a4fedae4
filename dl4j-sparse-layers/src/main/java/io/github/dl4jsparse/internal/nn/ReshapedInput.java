package io.github.dl4jsparse.internal.nn;

import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * A check for layers below which DL4J has a preprocessor, which it calls with the layer's input gradient in every
 * update.
 */
public final class ReshapedInput {
    private ReshapedInput() {}

    /**
     * Refuses a preprocessor below a layer that computes no input gradient, for which DL4J would throw a
     * NullPointerException.
     *
     * @param preprocessor  null for none
     * @param inputGradient whether the layer computes the gradient
     * @param layer         named in the message
     * @return the preprocessor
     * @throws org.deeplearning4j.exception.DL4JInvalidConfigException with the preprocessor and the remedy
     */
    public static InputPreProcessor require(InputPreProcessor preprocessor, boolean inputGradient, Layer layer) {
        if (preprocessor != null && !inputGradient) {
            throw LayerErrors.refused(
                    "inputGradient must be on where the network's input is reshaped for the layer, by "
                            + preprocessor.getClass().getSimpleName()
                            + ": leave it on, or give the network data of the layer's own shape, and their input type",
                    layer);
        }
        return preprocessor;
    }
}
