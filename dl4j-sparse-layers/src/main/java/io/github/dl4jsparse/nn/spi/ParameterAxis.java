package io.github.dl4jsparse.nn.spi;

import java.util.List;

/**
 * The index that an axis of a parameter runs over, by which its elements are removed with units, or inputs, of a layer.
 */
public enum ParameterAxis {
    /** The units of the layer; or blocks of all units, one after the other, as where unrolled steps are stacked. */
    UNITS,
    /** The layer's inputs, which are the units of the layer below; or blocks of all inputs, one after the other. */
    INPUTS,
    /** Neither. */
    OTHER;

    /** The axes of a parameter, each of which runs over the units or over neither units nor inputs. */
    static List<ParameterAxis> of(List<Boolean> perUnit) {
        return perUnit.stream().map(own -> own ? UNITS : OTHER).toList();
    }
}
