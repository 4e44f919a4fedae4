package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Instantiation;
import io.github.dl4jsparse.internal.dl4j.MemoryReports;
import io.github.dl4jsparse.internal.nn.LayerErrors;
import io.github.dl4jsparse.internal.nn.RandomDictionary;
import io.github.dl4jsparse.internal.nn.UnusedOptions;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.nn.spi.NamedParamInitializer;
import io.github.dl4jsparse.operator.ConvolutionGeometry;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Reconstructs images from convolutional codes, for training towards given targets: the transposed convolution that is
 * the decoder of a {@link ConvolutionalListaLayer} in mode Same, as a layer with a dictionary of its own.
 * <p>\[ x_i = \sum_{p,f} D_{i - s p,\, f}\; z_{p,f} \]
 * where p is a position, f a map and s the stride. Without bias and activation: put a loss above, such as DL4J's
 * {@code CnnLossLayer}. It is DL4J's {@code Deconvolution2D} without a bias, an order of magnitude faster.
 * <p>Shapes: input {@code [batch, nIn, height, width]}, output {@code [batch, nOut, height * s, width * s]}, or both with the channels
 * last (NHWC). Parameter: {@value #DICTIONARY} {@code [kernelHeight * kernelWidth * nOut, nIn]}, as in {@link
 * ConvolutionalListaLayer}; columns of norm 1 at the start.
 * <p>Errors: {@link org.deeplearning4j.exception.DL4JInvalidConfigException} when the configuration is built and when it gets its
 * input type, {@code DL4JInvalidInputException} for input of a wrong shape.
 * <p>Reference: Zeiler, Krishnan, Taylor and Fergus, Deconvolutional networks, CVPR 2010.
 */
@Getter
@NoArgsConstructor(access = AccessLevel.PRIVATE)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
public final class ConvolutionalDecoderLayer extends FeedForwardLayer {
    private static final long serialVersionUID = 1;

    /** Key of the dictionary D. */
    public static final String DICTIONARY = "D";

    @JsonProperty
    private int[] kernelSize;

    @JsonProperty
    private int[] stride;

    @JsonProperty
    private CNN2DFormat dataFormat;

    private ConvolutionalDecoderLayer(Builder builder) {
        super(builder);
        this.kernelSize = builder.kernelSize.clone();
        this.stride = builder.stride.clone();
        this.dataFormat = builder.dataFormat;
        initializeConstraints(builder);
    }

    /** The length of an atom. */
    long atomSize() {
        return (long) kernelSize[0] * kernelSize[1] * nOut;
    }

    /** The positions and patches of codes of a size. */
    public ConvolutionGeometry geometry(long height, long width) {
        int[] image = {Math.toIntExact(height * stride[0]), Math.toIntExact(width * stride[1])};
        return ConvolutionGeometry.same(Math.toIntExact(nOut), image, kernelSize, stride);
    }

    /** {@inheritDoc} It shares no array. */
    @Override
    public ConvolutionalDecoderLayer clone() {
        ConvolutionalDecoderLayer copy = (ConvolutionalDecoderLayer) super.clone();
        copy.kernelSize = kernelSize.clone();
        copy.stride = stride.clone();
        return copy;
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray params,
            boolean initializeParams,
            DataType dataType) {
        LayerErrors.requirePrecision(dataType, this, index);
        if (nIn < 1) {
            throw LayerErrors.refused(
                    "nIn must be at least 1, got " + nIn + "; set it, or the network's input type", this, index);
        }
        return Instantiation.complete(
                new ConvolutionalDecoderLayerImpl(conf, dataType), conf, listeners, index, params, initializeParams);
    }

    @Override
    public NamedParamInitializer<?> initializer() {
        return Initializer.INSTANCE;
    }

    private InputType.InputTypeConvolutional maps(InputType inputType, int layerIndex) {
        if (inputType instanceof InputType.InputTypeConvolutional maps) {
            return maps;
        }
        throw LayerErrors.refused("input type must be convolutional, got " + inputType, this, layerIndex);
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        if (nIn <= 0 || override) {
            nIn = maps(inputType, -1).getChannels();
        }
        dataFormat = ChannelOrder.format(dataFormat, inputType, override);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        InputType.InputTypeConvolutional maps = maps(inputType, layerIndex);
        if (maps.getChannels() != nIn) {
            throw LayerErrors.refused(
                    "nIn must be the maps of the input, " + maps.getChannels() + ", got " + nIn, this, layerIndex);
        }
        return InputType.convolutional(
                maps.getHeight() * stride[0], maps.getWidth() * stride[1], nOut, maps.getFormat());
    }

    /** {@inheritDoc} None: inputs other than images are refused. */
    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        maps(inputType, -1);
        return null;
    }

    @Override
    public boolean isPretrainParam(String paramName) {
        return false;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        InputType images = getOutputType(-1, inputType);
        long both = inputType.arrayElementsPerExample() + images.arrayElementsPerExample();
        long parameters = initializer().numParams(this);
        return MemoryReports.of(this, inputType, images, parameters, getIUpdater(), both, 2 * both);
    }

    /** The dictionary in DL4J's flat array. */
    private static final class Initializer extends NamedParamInitializer<ConvolutionalDecoderLayer> {
        private static final Initializer INSTANCE = new Initializer();

        private Initializer() {
            super(ConvolutionalDecoderLayer.class, Set.of(DICTIONARY), Set.of());
        }

        @Override
        protected Map<String, long[]> shapes(ConvolutionalDecoderLayer conf) {
            return Map.of(DICTIONARY, new long[] {conf.atomSize(), conf.getNIn()});
        }

        @Override
        protected void start(ConvolutionalDecoderLayer conf, Map<String, INDArray> params) {
            INDArray dictionary = params.get(DICTIONARY);
            dictionary.assign(RandomDictionary.draw(conf, conf.atomSize(), conf.getNIn(), dictionary.dataType()));
        }
    }

    /**
     * Builds a {@link ConvolutionalDecoderLayer}; {@link #build()} refuses invalid values with an error that names the
     * layer.
     */
    @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of the caller
    public static final class Builder extends FeedForwardLayer.Builder<Builder> {
        private int[] kernelSize;
        private int[] stride = {1, 1};
        private CNN2DFormat dataFormat;

        /** The builder of a layer with filters of a given size. */
        public Builder(int kernelHeight, int kernelWidth) {
            setKernelSize(kernelHeight, kernelWidth);
        }

        private void setKernelSize(int height, int width) {
            this.kernelSize = new int[] {height, width};
        }

        /** Stride in pixels, down and across, at most the kernel's sides; default 1 x 1. */
        public Builder stride(int height, int width) {
            this.stride = new int[] {height, width};
            return this;
        }

        /** Order of the axes of input and output; default that of {@code setInputType}, else NCHW. */
        public Builder dataFormat(CNN2DFormat format) {
            this.dataFormat = format;
            return this;
        }

        @Override
        public ConvolutionalDecoderLayer build() {
            LayerErrors.refuseBad(this::validate, layerName, ConvolutionalDecoderLayer.class);
            return new ConvolutionalDecoderLayer(this);
        }

        private void validate() {
            String[] axes = {"height", "width"};
            for (int axis = 0; axis < 2; axis++) {
                Args.atLeast("kernel " + axes[axis], kernelSize[axis], 1);
                Args.inRange("stride " + axes[axis], stride[axis], 1, kernelSize[axis]);
            }
            if (nOut < 1) {
                throw Args.failure("nOut", "at least 1, the channels of the images", nOut);
            }
            UnusedOptions.refuseNonLinearity(this, "put DL4J's ActivationLayer above", "the layer has no biases");
            UnusedOptions.refuseBiases(this);
        }
    }
}
