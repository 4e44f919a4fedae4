package io.github.dl4jsparse.nn.spi;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * A layer's configuration that knows what is left of it where inputs are removed, as when units of the layer below are cut
 * off.
 */
public interface InputRestrictable {
    /**
     * This configuration for some of its inputs.
     *
     * @param kept in ascending order, none twice; input i of the result is input {@code kept[i]} of this. Not modified.
     * @return a new configuration
     * @throws IllegalArgumentException if the layer does not hold together without the other inputs
     */
    Layer restrictedToInputs(int[] kept);

    /**
     * The outputs that remain then, in ascending order.
     *
     * @param kept the inputs that remain. Not modified.
     * @return null where all remain
     */
    int[] outputsOf(int[] kept);

    /** Why neither units nor inputs can be removed from the layer; null where they can. */
    default String reasonToStayWhole() {
        return null;
    }

    /** The number of inputs, where a parameter has an axis of them; else 0. */
    default long restrictableInputs() {
        return 0;
    }

    /**
     * What each axis of a parameter runs over.
     *
     * @return one entry an axis; none where the layer does not tell, so that nothing can be removed from it
     */
    default List<ParameterAxis> axes(String parameter) {
        return List.of();
    }
}
