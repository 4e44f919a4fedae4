package io.github.dl4jsparse.nn;

import io.github.dl4jsparse.internal.nn.InputScale;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer with an energy of its own that needs no labels: a code, a reconstruction from it, and a penalty on it. */
public interface UnsupervisedLayer extends Layer {
    /**
     * The energy of a batch, mean per example, without dropout, weight noise or any change of the layer.
     *
     * @param input {@code [batch, nIn]}, as this layer would be given it. Not modified.
     */
    LossTerms energy(INDArray input);

    /**
     * The energy of each example, whose mean over the batch is the total of {@link #energy}: how badly the layer describes it.
     *
     * @param input as this layer would be given it, the batch first. Not modified.
     * @return {@code [batch]}, DOUBLE, a new array outside of any workspace
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
     * The reconstruction of inputs of a shape: images of several sizes may have codes of one. Where the shape is left out, a layer of
     * images takes the size that its network's input type says, if such images have such codes, else the smallest that have.
     *
     * @param code       {@code [batch, nCode]}. Not modified.
     * @param inputShape of inputs as this layer would be given them, which have such codes; the batch first. Not modified.
     * @return of that shape, a new array outside of any workspace
     * @throws org.deeplearning4j.exception.DL4JInvalidInputException if such inputs have other codes
     */
    INDArray decode(INDArray code, long[] inputShape);

    /**
     * The reconstruction of each example from its code, {@code D z(x)}; {@link #decode} of {@link #encode}, for inputs of any size
     * that the layer takes. A pixel that no filter covers is 0.
     *
     * @param input as this layer would be given it, the batch first. Not modified.
     * @return of the shape of the input, a new array outside of any workspace
     */
    INDArray reconstruct(INDArray input);

    /**
     * The codes after each unrolled step, the last one being {@link #encode} (before gain, if the layer has one).
     *
     * @param input {@code [batch, nIn]}. Not modified.
     * @return {@code [steps, batch, nCode]}, a new array outside of any workspace
     */
    INDArray trajectory(INDArray input);

    /** Where the channels of images and codes are, in a layer of images. */
    default ChannelOrder channelOrder() {
        return ChannelOrder.SAME;
    }

    /**
     * A code as the layer's penalty takes it; here the code itself. A layer of images whose penalty is on the maps gives a row
     * for every place.
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
     * What the layer divides its input by before it computes codes, see {@link InputScale}; here 1. Codes and energies are those of
     * the divided input, {@link #decode} gives inputs as they are.
     */
    default double inputScale() {
        return 1;
    }

    /**
     * Starts the layer from data: measures the scale of the input where the layer has one, takes atoms from the examples, and
     * sets all other parameters as {@link #startFrom} does. By default refused.
     *
     * @param examples as this layer would be given them, at least one that is not zero. Not modified.
     * @param seed     of the choice of examples and of patches
     * @throws UnsupportedOperationException if this kind of layer has no such start
     */
    default void startFromData(INDArray examples, long seed) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " does not know how to start from data");
    }

    /** Whether the layer asks to be started from data before its first training; here no. */
    default boolean awaitsData() {
        return false;
    }

    /** Whether single units can be started anew by {@link #revive}; by default not. */
    default boolean isRevivable() {
        return false;
    }

    /**
     * Starts some units anew from directions, and changes nothing that the output of another unit depends on while they are
     * silent. By default refused.
     *
     * @param units      in ascending order, none twice; at least one unit is not among them. Not modified.
     * @param directions {@code [units.length, nIn]}, rows of norm 1: what each unit is to describe. Not modified.
     * @throws UnsupportedOperationException if this kind of layer has no such start
     */
    default void revive(int[] units, INDArray directions) {
        throw new UnsupportedOperationException(
                getClass().getSimpleName() + " does not know how to start single units anew");
    }
}
