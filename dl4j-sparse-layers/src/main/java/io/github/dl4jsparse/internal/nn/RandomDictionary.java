package io.github.dl4jsparse.internal.nn;

import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.math.UnitVectors;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The dictionary that a layer starts from: random atoms by its weight initialisation, scaled to norm 1. */
public final class RandomDictionary {
    private RandomDictionary() {}

    /**
     * Draws a dictionary.
     *
     * @param layer  whose weight initialisation draws, with {@code length} inputs and {@code atoms} outputs
     * @param length of an atom
     * @param atoms  how many
     * @return {@code [length, atoms]}, columns of norm 1; a new array in c order
     * @throws org.deeplearning4j.exception.DL4JInvalidConfigException if the weight initialisation gives an atom of zeros
     */
    public static INDArray draw(BaseLayer layer, long length, long atoms, DataType type) {
        INDArray flat = Nd4j.createUninitialized(type, length * atoms);
        INDArray dictionary = layer.getWeightInitFn().init(length, atoms, new long[] {length, atoms}, 'c', flat);
        if (!Arrays.stream(Norms.columns(dictionary)).allMatch(norm -> norm > 0)) {
            throw LayerErrors.refused(
                    "weightInit must give every atom of the dictionary a norm > 0, got a zero column", layer);
        }
        return UnitVectors.columns(dictionary);
    }
}
