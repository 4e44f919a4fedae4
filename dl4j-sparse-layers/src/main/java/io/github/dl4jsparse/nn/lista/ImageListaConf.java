package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.nn.LayerErrors;
import io.github.dl4jsparse.internal.nn.ReshapedInput;
import io.github.dl4jsparse.nn.ChannelOrder;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The base of configurations of unrolled encoders of images: the order of the axes, the size of the images, the weights
 * of pixels at the border.
 * <p>Shapes: input {@code [batch, channels, height, width]}, output {@code [batch, nOut, outHeight, outWidth]}, or both with the
 * channels last (NHWC).
 * <p>Errors: an input type that is not convolutional, has other channels than {@code nIn}, or that filters or penalty do not fit is
 * refused with {@link org.deeplearning4j.exception.DL4JInvalidConfigException}.
 */
@Getter
@NoArgsConstructor(access = AccessLevel.PROTECTED)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
abstract class ImageListaConf extends ListaConf {
    private static final long serialVersionUID = 1;

    @JsonProperty
    private CNN2DFormat dataFormat;

    @JsonProperty
    private boolean weightBorder;

    /** Rows and columns of the images of the network's input type; 0 where there is none. */
    @JsonProperty
    private int @Nullable [] imageSize;

    ImageListaConf(Builder<?> builder) {
        super(builder);
        this.dataFormat = builder.dataFormat;
        this.weightBorder = builder.weightBorder;
        this.imageSize = new int[2];
    }

    /** The position of the channel axis in the network's arrays and in those that the layer computes with. */
    public abstract ChannelOrder channelOrder();

    /** {@inheritDoc} It shares no array. */
    @Override
    public ImageListaConf clone() {
        ImageListaConf copy = (ImageListaConf) super.clone();
        copy.imageSize = imageSize == null ? null : imageSize.clone();
        return copy;
    }

    @Override
    public final long[] imageShape(long unknown) {
        return channelOrder()
                .shape(unknown, nIn, isSized() ? imageSize[0] : unknown, isSized() ? imageSize[1] : unknown);
    }

    @Override
    final boolean isSizeKnown() {
        return isSized();
    }

    /** Whether the size of the images is known. */
    final boolean isSized() {
        // null while the constructor of a base class checks the penalty
        return imageSize != null && imageSize[0] > 0;
    }

    /**
     * Rows and columns of the code of images of a size.
     *
     * @throws IllegalArgumentException if filters or penalty do not fit
     */
    abstract long[] outputSize(int height, int width);

    @Override
    public void setNIn(InputType inputType, boolean override) {
        InputType.InputTypeConvolutional images = images(inputType, -1);
        if (nIn <= 0 || override) {
            nIn = images.getChannels();
        }
        dataFormat = ChannelOrder.format(dataFormat, inputType, override);
        boolean isKnown = images.getHeight() > 0 && images.getWidth() > 0;
        imageSize = isKnown
                ? new int[] {Math.toIntExact(images.getHeight()), Math.toIntExact(images.getWidth())}
                : new int[2];
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        InputType.InputTypeConvolutional images = images(inputType, layerIndex);
        try {
            if (images.getChannels() != nIn) {
                throw Args.failure("nIn", "the channels of the input, " + images.getChannels(), nIn);
            }
            long[] size = outputSize(Math.toIntExact(images.getHeight()), Math.toIntExact(images.getWidth()));
            return InputType.convolutional(size[0], size[1], nOut, images.getFormat());
        } catch (IllegalArgumentException e) {
            throw LayerErrors.refused(e.getMessage(), this, layerIndex);
        }
    }

    /** The input type of a layer of images; every other is refused. */
    final InputType.InputTypeConvolutional images(InputType inputType, int layerIndex) {
        if (inputType instanceof InputType.InputTypeConvolutional images) {
            return images;
        }
        throw LayerErrors.refused(
                "input type must be convolutional, got " + inputType
                        + "; set the network's input type to InputType.convolutional(height, width, channels)",
                this,
                layerIndex);
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return ReshapedInput.require(
                InputTypeUtil.getPreProcessorForInputTypeCnnLayers(inputType, getLayerName()), isInputGradient(), this);
    }

    /**
     * The builder of the options that all unrolled encoders of images have.
     *
     * @param <T> the layer's builder
     */
    @SuppressWarnings("unchecked") // as in DL4J's builders: T is the type of this builder
    public abstract static class Builder<T extends Builder<T>> extends ListaBuilder<T> {
        private CNN2DFormat dataFormat;
        private boolean weightBorder = true;

        /** The default is one step, through the decoder. */
        Builder() {
            super(Coupling.dictionary());
            iterations(1);
        }

        /** Order of the axes of input and output; default that of {@code setInputType}, else NCHW. */
        public T dataFormat(CNN2DFormat format) {
            this.dataFormat = format;
            return (T) this;
        }

        final CNN2DFormat imageFormat() {
            return dataFormat;
        }

        /**
         * Whether the weight of a pixel in the loss is the share of patches that cover it; default yes. Inner pixels
         * have weight 1.
         */
        public T weightBorder(boolean weight) {
            this.weightBorder = weight;
            return (T) this;
        }
    }
}
