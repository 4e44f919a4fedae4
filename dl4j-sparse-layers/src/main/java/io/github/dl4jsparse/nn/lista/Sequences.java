package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.nn.LayerErrors;
import io.github.dl4jsparse.internal.nn.TimeSteps;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;

/** Conversion of input types of sequences to those of images of one row, and back. */
final class Sequences {
    private Sequences() {}

    /**
     * The type of images of one row.
     *
     * @param index of the layer, for the error; -1 for none
     * @throws org.deeplearning4j.exception.DL4JInvalidConfigException if the type is not one of sequences
     */
    static InputType.InputTypeConvolutional asImages(InputType type, ConvolutionalListaLayer layer, int index) {
        if (!(type instanceof InputType.InputTypeRecurrent sequences)) {
            throw LayerErrors.refused(
                    "input type must be recurrent, got " + type
                            + "; set the network's input type to InputType.recurrent(channels, time steps), or take"
                            + " Builder(kernelHeight, kernelWidth) for images",
                    layer,
                    index);
        }
        CNN2DFormat format = sequences.getFormat() == RNNFormat.NWC ? CNN2DFormat.NHWC : CNN2DFormat.NCHW;
        return (InputType.InputTypeConvolutional)
                InputType.convolutional(1, Math.max(0, sequences.getTimeSeriesLength()), sequences.getSize(), format);
    }

    /** The type of sequences for a type of images of one row, in the format of another type. */
    static InputType of(InputType images, InputType like) {
        InputType.InputTypeConvolutional row = (InputType.InputTypeConvolutional) images;
        InputType.InputTypeRecurrent sequences = (InputType.InputTypeRecurrent) like;
        return InputType.recurrent(row.getChannels(), row.getWidth() > 0 ? row.getWidth() : -1, sequences.getFormat());
    }

    /** The format of a layer with a given input type. */
    static RNNFormat format(RNNFormat own, InputType type, boolean override) {
        RNNFormat said = TimeSteps.format(type);
        return said != null && (override || own == null) ? said : own;
    }

    /** Refuses a format that is not that of the input. */
    static void requireFormat(boolean sequences, RNNFormat ofSequences, CNN2DFormat ofImages) {
        if (sequences && ofImages != null) {
            throw Args.failure("data format", "NCW or NWC for sequences", ofImages);
        }
        if (!sequences && ofSequences != null) {
            throw Args.failure("data format", "NCHW or NHWC for images", ofSequences);
        }
    }
}
