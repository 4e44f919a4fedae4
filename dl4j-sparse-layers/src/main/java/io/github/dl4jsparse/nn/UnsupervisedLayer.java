package io.github.dl4jsparse.nn;

import io.github.dl4jsparse.internal.nn.InputScale;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer with an unsupervised energy: a code, a reconstruction from it, and a penalty on it. */
public interface UnsupervisedLayer extends Layer {
    /**
     * The energy of a batch, mean per example, without dropout, weight noise or any change of the layer.
     *
     * @param input {@code [batch, nIn]}, an input of this layer. Not modified.
     */
    LossTerms energy(INDArray input);

    /**
     * The energy of each example, whose mean over the batch is the total of {@link #energy}.
     *
     * @param input an input of this layer, the batch first. Not modified. @return {@code [batch]}, DOUBLE, a new array
     *      outside of any workspace
     */
    INDArray energies(INDArray input);

    /** The energy terms of the last training pass over a batch, {@link LossTerms#NONE} before the first. */
    LossTerms lastEnergy();

    /**
     * The code of a batch.
     *
     * @param input {@code [batch, nIn]}. Not modified.
     * @return {@code [batch, nCode]}, a new array outside of any workspace
     */
    INDArray encode(INDArray input);

    /**
     * The reconstruction {@code D z}.
     *
     * @param code {@code [batch, nCode]}. Not modified.
     * @return {@code [batch, nIn]}, a new array outside of any workspace
     */
    INDArray decode(INDArray code);

    /**
     * The reconstruction in a given shape of inputs: images of several sizes may have codes of the same size. Without
     * the shape, a layer of images takes the size of its network's input type, if the code has the size for it, else
     * the smallest possible one.
     *
     * @param code       {@code [batch, nCode]}. Not modified.
     * @param inputShape of inputs of this layer with codes of this size; the batch first. Not modified.
     * @return of that shape, a new array outside of any workspace
     * @throws org.deeplearning4j.exception.DL4JInvalidInputException if inputs of this shape have codes of another size
     */
    INDArray decode(INDArray code, long[] inputShape);

    /**
     * The reconstruction of each example from its code, {@code D z(x)}; {@link #decode} of {@link #encode}, for inputs of any size
     * that the layer takes. A pixel that no filter covers is 0.
     *
     * @param input an input of this layer, the batch first. Not modified. @return of the shape of the input, a new
     *      array outside of any workspace
     */
    INDArray reconstruct(INDArray input);

    /**
     * The codes after each unrolled step, the last one being {@link #encode} (before gain, if the layer has one).
     *
     * @param input {@code [batch, nIn]}. Not modified.
     * @return {@code [steps, batch, nCode]}, a new array outside of any workspace
     */
    INDArray trajectory(INDArray input);

    /** The position of the channel axis of images and codes, in a layer of images. */
    default ChannelOrder channelOrder() {
        return ChannelOrder.SAME;
    }

    /**
     * A code in the form of the layer's penalty; by default the code itself. A layer of images whose penalty is on the
     * maps returns a row for every position.
     *
     * @param code as {@link #encode} returns it. Not modified.
     * @return {@code [rows, penalty units]}, the code itself or a new array outside of any workspace
     */
    default INDArray penalised(INDArray code) {
        return code;
    }

    /** Number of units of the code. */
    long codeSize();

    /**
     * Sets all parameters so that the encoder is the classical algorithm (ISTA) with a given dictionary.
     *
     * @param dictionary D, {@code [nIn, nCode]}. Not modified.
     * @throws IllegalArgumentException if the shape is another, or an atom is zero, NaN or infinite
     */
    void startFrom(INDArray dictionary);

    /**
     * The divisor of the input, see {@link InputScale}; by default 1. Codes and energies are those of the divided
     * input, {@link #decode} returns inputs on their own scale.
     */
    default double inputScale() {
        return 1;
    }

    /**
     * Starts the layer from data: measures the scale of the input where the layer has one, takes atoms from the examples, and
     * sets all other parameters as {@link #startFrom} does. By default refused.
     *
     * @param examples inputs of this layer, at least one that is not zero. Not modified.
     * @param seed     of the choice of examples and of patches
     * @throws UnsupportedOperationException if this kind of layer has no such start
     */
    default void startFromData(INDArray examples, long seed) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " can't be started from data");
    }

    /** Whether the layer is to be started from data before its first training; by default no. */
    default boolean awaitsData() {
        return false;
    }

    /** Whether single units can be reinitialised by {@link #revive}; by default not. */
    default boolean isRevivable() {
        return false;
    }

    /**
     * Reinitialises some units with given directions, without an effect on the outputs of other units while these units
     * are inactive. By default refused.
     *
     * @param units      in ascending order, none twice; at least one unit is not among them. Not modified.
     * @param directions {@code [units.length, nIn]}, rows of norm 1: the new atoms. Not modified.
     * @throws UnsupportedOperationException if this kind of layer has no such start
     */
    default void revive(int[] units, INDArray directions) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " can't reinitialise single units");
    }
}
