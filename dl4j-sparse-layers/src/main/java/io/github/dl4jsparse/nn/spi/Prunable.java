package io.github.dl4jsparse.nn.spi;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;

/**
 * A configuration of a layer from which inputs can be removed, as when units of the layer below are pruned.
 */
public interface Prunable {
    /**
     * This configuration for some of its inputs.
     *
     * @param kept in ascending order, none twice; input i of the result is input {@code kept[i]} of this. Not modified.
     * @return a new configuration
     * @throws IllegalArgumentException if the layer can't work without the other inputs
     */
    Layer restrictedToInputs(int[] kept);

    /**
     * The outputs that are then left, in ascending order.
     *
     * @param kept the inputs that remain. Not modified.
     * @return null where all remain
     */
    int @Nullable [] outputsOf(int[] kept);

    /** Why neither units nor inputs can be removed from the layer; null where they can. */
    default @Nullable String whyNotPrunable() {
        return null;
    }

    /** The number of inputs, where a parameter has an axis of them; else 0. */
    default long prunableInputs() {
        return 0;
    }

    /**
     * What each axis of a parameter runs over.
     *
     * @return one entry per axis; empty where the layer does not define them, so that nothing can be removed from it
     */
    default List<Axis> axes(String parameter) {
        return List.of();
    }

    /**
     * The index that an axis of a parameter runs over, by which its elements are removed with units, or inputs, of a layer.
     */
    enum Axis {
        /** The units of the layer; or blocks of all units, one after the other, as where unrolled steps are stacked. */
        UNITS,
        /** The layer's inputs, which are the units of the layer below; or blocks of all inputs, one after the other. */
        INPUTS,
        /** Neither. */
        OTHER;

        /** The axes of a parameter, each of which runs over the units or over neither units nor inputs. */
        static List<Axis> of(List<Boolean> perUnit) {
            return perUnit.stream().map(own -> own ? UNITS : OTHER).toList();
        }
    }
}
