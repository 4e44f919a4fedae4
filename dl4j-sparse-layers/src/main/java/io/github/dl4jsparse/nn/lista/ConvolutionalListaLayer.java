package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.MemoryReports;
import io.github.dl4jsparse.internal.math.PowerIteration;
import io.github.dl4jsparse.internal.nn.ReshapedInput;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.nn.spi.SparseLayer;
import io.github.dl4jsparse.nn.spi.SparseLayerConf;
import io.github.dl4jsparse.operator.ConvolutionGeometry;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Encodes images sparsely by a fixed number of learned shrinkage steps with shared filters: the convolutional LISTA encoder, with
 * a transposed convolution as its decoder.
 * <p>\[ z_{t+1} = h_b(E * x + S z_t), \quad z_0 = 0, \quad t = 0 \dots K-1, \qquad
 * S z = z - a\, D^{\top} M D z \;\text{ or }\; S * z \]
 * \[ L = w \left( \tfrac12 \sum_i m_i (x - D z_K)_i^2 + \mathrm{penalty}(z_K) \right) \]
 * where E are the filters of the encoder, D those of the decoder, S the {@link Coupling} and m the weights of the pixels. K = 1
 * with a gain is convolution, rectification and scale. At the start {@code E = a D'}, and the steps are those of ISTA with step
 * size a: exactly with {@link Coupling#dictionary}, which is the default; with {@link Coupling#free}, whose kernel has
 * twice the reach of the filters, only without padding and without weights of pixels.
 * <p>Pixels at the border are covered by fewer patches, and are reconstructed with larger error. With
 * {@code weightBorder} each has the share of patches that cover it as its weight m,
 * {@link ConvolutionGeometry#coverage()}.
 * <p>With {@code pixelMask} the input has one channel more, the mask mu of each image, and M is {@code diag(mu m)}: the
 * values of pixels of weight 0, which are missing, affect neither code nor loss. With {@link ThresholdSchedule#byNoise}
 * the last channel is the noise level sigma of the image, in the units of the image, and the thresholds are
 * {@code t0 + t1 sigma}; {@code reconstruct} and {@code decode} return the channels of the image alone, and the
 * gradient of both auxiliary channels is 0.
 * <p>Sequences, with {@code Builder(kernel)}, are images of one row. A mask of their time steps, {@code [batch, time]}, weighs the
 * pixels as a pixel mask does; codes are zero at masked positions, as in DL4J's {@code Convolution1DLayer}.
 * <p>The penalty is one on the {@code nOut} maps, which is summed over positions; or one on all units of an image, in
 * the order rows, columns, maps, such as {@link io.github.dl4jsparse.energy.SpatialGroupPenalty}. All other options are
 * those of {@link ListaLayer}.
 * <p>Shapes: input {@code [batch, channels (+ mask) (+ level), height, width]}, output {@code [batch, nOut, outHeight,
 * outWidth]}, or both with the channels last (NHWC); sequences {@code [batch, channels (+ mask) (+ level), time]}, output
 * {@code [batch, nOut, positions]}, or both with the channels last (NWC). Parameters, with
 * {@code patch = kernelHeight * kernelWidth * channels} in this order: {@value #ENCODER} {@code [nOut, patch]},
 * {@value #RECURRENT} {@code [nOut, kernel of S * nOut]} or {@value #STEP} {@code [1, 1]} (K &gt; 1),
 * {@value #THRESHOLD} {@code [1, nOut]}, {@value #NOISE} {@code [1, nOut]} (thresholds by noise), {@value #GAIN}
 * {@code [1, nOut]} (with gain), {@value #DECODER} {@code [patch, nOut]} (decoder not tied); untied steps have K, K - 1
 * and K such blocks of rows.
 * <p>Errors: {@link DL4JInvalidConfigException} when the configuration is built and when it gets its input type,
 * {@code DL4JInvalidInputException} for input of a wrong shape or with NaN or infinite values, for a mask outside of 0 to 1 and a
 * level below 0.
 * <p>Reference: Kavukcuoglu, Sermanet, Boureau, Gregor, Mathieu and LeCun, Learning convolutional feature hierarchies for visual
 * recognition, NIPS 2010; Sreter and Giryes, Learned convolutional sparse coding, ICASSP 2018; for mask and noise level
 * Janjusevic, Khalilian-Gourtani and Wang, CDLNet, IEEE Open Journal of Signal Processing 2022.
 */
@Getter
@NoArgsConstructor(access = AccessLevel.PRIVATE)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
public final class ConvolutionalListaLayer extends ImageListaConf {
    private static final long serialVersionUID = 1;

    @JsonProperty
    private int[] kernelSize;

    @JsonProperty
    private int[] stride;

    @JsonProperty
    private int[] padding;

    @JsonProperty
    private ConvolutionMode convolutionMode;

    @JsonProperty
    private boolean pixelMask;

    /** Whether inputs are sequences, and not images. */
    @JsonProperty
    private boolean sequences;

    /** The order of the axes of sequences; null for NCW. */
    @JsonProperty
    private @Nullable RNNFormat sequenceFormat;

    private ConvolutionalListaLayer(Builder builder) {
        super(builder);
        this.kernelSize = builder.kernelSize.clone();
        this.stride = builder.stride.clone();
        this.padding = builder.padding.clone();
        this.convolutionMode = builder.convolutionMode;
        this.pixelMask = builder.pixelMask;
        this.sequences = builder.sequences;
        this.sequenceFormat = builder.sequenceFormat;
        addConstraints(builder);
    }

    /** {@inheritDoc} It shares no array. */
    @Override
    public ConvolutionalListaLayer clone() {
        ConvolutionalListaLayer copy = (ConvolutionalListaLayer) super.clone();
        copy.kernelSize = kernelSize.clone();
        copy.stride = stride.clone();
        copy.padding = padding.clone();
        return copy;
    }

    @Override
    AuxiliaryChannels auxiliaryChannels() {
        return new AuxiliaryChannels(pixelMask, getThresholds().needsLevels(), nIn);
    }

    /** {@inheritDoc} This layer has them last. */
    @Override
    public ChannelOrder channelOrder() {
        return sequences ? ChannelOrder.ofSequences(sequenceFormat, false) : ChannelOrder.lastInLayer(getDataFormat());
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        super.setNIn(sequences ? Sequences.asImages(inputType, this, -1) : inputType, override);
        sequenceFormat = Sequences.format(sequenceFormat, inputType, override);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        if (!sequences) {
            return super.getOutputType(layerIndex, inputType);
        }
        return Sequences.of(
                super.getOutputType(layerIndex, Sequences.asImages(inputType, this, layerIndex)), inputType);
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return sequences
                ? ReshapedInput.require(
                        InputTypeUtil.getPreprocessorForInputTypeRnnLayers(inputType, sequenceFormat, getLayerName()),
                        isInputGradient(),
                        this)
                : super.getPreProcessorForInputType(inputType);
    }

    /** The channels of the image: those of the input without the pixel mask and the noise level. */
    public long imageChannels() {
        return auxiliaryChannels().first();
    }

    @Override
    protected void requireOptions() {
        super.requireOptions();
        auxiliaryChannels().require(this);
    }

    /** {@inheritDoc} Refused where the input has a pixel mask or a noise level. */
    @Override
    public SparseLayerConf restrictedToInputs(int[] kept) {
        if (!auxiliaryChannels().isNone() && kept.length < nIn) {
            throw Args.failure("inputs removed", "none of a layer with a pixel mask or noise level", kept.length);
        }
        return super.restrictedToInputs(kept);
    }

    /**
     * The positions and patches on images of a size.
     *
     * @throws IllegalArgumentException if the kernel does not fit
     */
    public ConvolutionGeometry geometry(int height, int width) {
        return filters().on(height, width);
    }

    private FilterGeometry filters() {
        return new FilterGeometry(
                Math.toIntExact(imageChannels()), kernelSize, stride, padding, convolutionMode, sequences);
    }

    /**
     * Rows and columns of the smallest images whose codes have a given number of positions down and across; null if
     * there are none.
     */
    int[] smallestImage(long positionsDown, long positionsAcross) {
        return filters().smallestImage(positionsDown, positionsAcross);
    }

    /** Whether codes of sequences have a position for each time step. */
    boolean hasPlaceForEachStep() {
        return convolutionMode == ConvolutionMode.Same && stride[1] == 1;
    }

    /** The geometry on images of the network's input type, or on images that are large compared with the kernel. */
    private ConvolutionGeometry typicalGeometry() {
        return isSized()
                ? geometry(getImageSize()[0], getImageSize()[1])
                : filters().onLargeImages();
    }

    @Override
    public long atomSize() {
        return (long) kernelSize[0] * kernelSize[1] * imageChannels();
    }

    @Override
    long[] recurrentShape() {
        return new long[] {
            nOut, GramKernel.kernel(kernelSize, stride)[0] * GramKernel.kernel(kernelSize, stride)[1] * nOut
        };
    }

    @Override
    double squaredNorm(INDArray dictionary) {
        ConvolutionalWiring wiring = new ConvolutionalWiring(this, typicalGeometry());
        return PowerIteration.upperBound(
                images -> wiring.weightedGram(images, dictionary), dictionary.dataType(), wiring.imageShape());
    }

    @Override
    INDArray istaRecurrence(INDArray dictionary, double step) {
        return GramKernel.istaKernel(dictionary, kernelSize, stride, Math.toIntExact(imageChannels()), step);
    }

    @Override
    protected void requirePenalty(Penalty penalty, long units) {
        UnitsOfImages.requirePenalty(this, penalty.units());
    }

    /** {@inheritDoc} For a penalty on all units of an image these are the units of the maps at every position. */
    @Override
    protected int[] penalisedUnits(int[] kept) {
        return UnitsOfImages.atEveryPlace(this, kept);
    }

    @Override
    protected SparseLayer<?> newLayer(NeuralNetConfiguration conf, DataType dataType) {
        return new ConvolutionalListaLayerImpl(conf, dataType);
    }

    @Override
    boolean mayShrinkTogether(long units) {
        return units == nOut || units == nOut * typicalGeometry().positions();
    }

    @Override
    long[] outputSize(int height, int width) {
        auxiliaryChannels().require(this);
        if (sequences && width == 0) {
            return new long[] {height, 0};
        }
        ConvolutionGeometry geometry = geometry(height, width);
        UnitsOfImages.requireFit(this, geometry);
        return new long[] {geometry.outHeight(), geometry.outWidth()};
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        InputType.InputTypeConvolutional images =
                images(sequences ? Sequences.asImages(inputType, this, -1) : inputType, -1);
        ConvolutionGeometry geometry = images.getWidth() == 0
                ? typicalGeometry()
                : geometry((int) images.getHeight(), (int) images.getWidth());
        long code = geometry.positions() * nOut;
        long image = geometry.height() * geometry.width() * images.getChannels();
        // as the dense layer: codes, drive and residual forward; deltas, drive gradient and scratch backward; copies in
        // order
        long forward = (getIterations() + 2) * code + (getIterations() + 2) * image;
        return MemoryReports.of(this, inputType, 4 * code + 3 * image, forward + (getIterations() + 4) * code);
    }

    /**
     * Builds a {@link ConvolutionalListaLayer}; {@link #build()} refuses invalid values with an error that names the
     * layer.
     */
    @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of the caller
    public static final class Builder extends ConvolutionBuilder<Builder> {
        private boolean pixelMask;

        /**
         * The builder of a layer of images with filters of a given size; defaults are one step and
         * {@link Coupling#dictionary}.
         */
        public Builder(int kernelHeight, int kernelWidth) {
            super(new int[] {kernelHeight, kernelWidth}, false);
        }

        /**
         * The builder of a layer of sequences with filters of a given length; defaults are one step and
         * {@link Coupling#dictionary}.
         */
        public Builder(int kernel) {
            super(new int[] {1, kernel}, true);
        }

        /**
         * Whether the input has a auxiliary channel, after those of the image, with the weight of each pixel, 0 to 1;
         * default no. Pixels of weight 0, which are missing, affect neither the code nor the loss. The gradient with
         * respect to that channel is 0.
         */
        public Builder pixelMask(boolean mask) {
            this.pixelMask = mask;
            return this;
        }

        @Override
        public ConvolutionalListaLayer build() {
            requireValid(ConvolutionalListaLayer.class);
            return new ConvolutionalListaLayer(this);
        }
    }
}
