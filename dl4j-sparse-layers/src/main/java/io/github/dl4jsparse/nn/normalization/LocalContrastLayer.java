package io.github.dl4jsparse.nn.normalization;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.MemoryReports;
import io.github.dl4jsparse.internal.math.GaussianSmoothing;
import io.github.dl4jsparse.internal.nn.LayerErrors;
import io.github.dl4jsparse.internal.nn.TimeSteps;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.nn.spi.ParameterFreeConf;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Local contrast normalisation between the stages of a network: subtracts the mean of the neighbourhood, over space and
 * maps, from each unit and divides by the standard deviation there, as
 * {@link io.github.dl4jsparse.data.LocalContrastNormalization} does with images.
 * <p>\[ v_k = x_k - G * \frac{1}{C} \sum_k x_k, \qquad \sigma = \sqrt{G * \frac{1}{C} \sum_k v_k^2}, \qquad
 * y_k = v_k / \max(c, \sigma) \]
 * where k runs over the C maps, G is a square Gaussian window whose weights sum to 1 and c is the mean of sigma over the
 * example. At the border the weights inside the maps are divided by their sum. The gradient is exact, including that of
 * c. Maps without contrast become zero and have gradient zero, without 0/0.
 * <p>Shapes: {@code [batch, maps, height, width]} (or NHWC), or {@code [batch, maps, time]} (or NWC), in and out; the neighbourhood
 * of a sequence is one of time. No parameters. The output of a map depends on all maps, so that none can be pruned
 * below this layer.
 * <p>Errors: {@code DL4JInvalidConfigException} for an invalid window or deviation and for an input type that is not
 * convolutional; {@code DL4JInvalidInputException} for input of another rank.
 * <p>Reference: Jarrett, Kavukcuoglu, Ranzato and LeCun, What is the best multi-stage architecture for object recognition?,
 * ICCV 2009.
 */
@Getter
@NoArgsConstructor(access = AccessLevel.PRIVATE)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
public final class LocalContrastLayer extends ParameterFreeConf {
    private static final long serialVersionUID = 1;

    @JsonProperty
    private int window;

    @JsonProperty
    private double deviation;

    @JsonProperty
    private @Nullable CNN2DFormat dataFormat;

    /** The order of the axes of sequences; null for NCW. */
    @JsonProperty
    private @Nullable RNNFormat sequenceFormat;

    private LocalContrastLayer(Builder builder) {
        super(builder);
        this.window = builder.window;
        this.deviation = builder.deviation;
        this.dataFormat = builder.dataFormat;
        this.sequenceFormat = builder.sequenceFormat;
    }

    GaussianSmoothing smoothing() {
        return new GaussianSmoothing(window, deviation);
    }

    @Override
    protected LocalContrastLayerImpl newLayer(NeuralNetConfiguration conf, DataType dataType) {
        return new LocalContrastLayerImpl(conf, dataType);
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        dataFormat = ChannelOrder.format(dataFormat, inputType, override);
        if (inputType instanceof InputType.InputTypeRecurrent && (override || sequenceFormat == null)) {
            sequenceFormat = TimeSteps.format(inputType);
        }
    }

    /** {@inheritDoc} Flattened images are reshaped to images; other inputs need no preprocessor. */
    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return inputType instanceof InputType.InputTypeConvolutionalFlat
                ? InputTypeUtil.getPreProcessorForInputTypeCnnLayers(inputType, getLayerName())
                : null;
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        if (inputType instanceof InputType.InputTypeRecurrent) {
            return inputType;
        }
        if (!(inputType instanceof InputType.InputTypeConvolutional images)) {
            throw LayerErrors.refused(
                    Args.failure("input type", "convolutional or recurrent", inputType)
                            .getMessage(),
                    this,
                    layerIndex);
        }
        if (dataFormat != null && dataFormat != images.getFormat()) {
            throw LayerErrors.refused(
                    Args.failure("data format", "that of the input type, " + images.getFormat(), dataFormat)
                            .getMessage(),
                    this,
                    layerIndex);
        }
        return inputType;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long units = MemoryReports.elements(inputType);
        // differences and squares; backward the outer gradient in order, its products and the result
        return memoryReport(inputType, getOutputType(-1, inputType), 2 * units, 5 * units);
    }

    /**
     * Builds a {@link LocalContrastLayer}; {@code build()} refuses an invalid window or deviation with an error that
     * names the layer.
     */
    @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of the caller
    public static final class Builder extends org.deeplearning4j.nn.conf.layers.Layer.Builder<Builder> {
        private int window = 9;
        private double deviation = 2;
        private @Nullable CNN2DFormat dataFormat;
        private @Nullable RNNFormat sequenceFormat;

        /** Order of the axes of sequences; default that of {@code setInputType}, else NCW. */
        public Builder dataFormat(RNNFormat format) {
            this.sequenceFormat = format;
            return this;
        }

        /** Side of G, odd and at least 3; default 9. It may be larger than the maps. */
        public Builder window(int window) {
            this.window = window;
            return this;
        }

        /** Deviation of the Gaussian in units of the maps' grid, finite and &gt; 0; default 2. */
        public Builder deviation(double deviation) {
            this.deviation = deviation;
            return this;
        }

        /** Order of the axes; default that of {@code setInputType}, else NCHW. */
        public Builder dataFormat(CNN2DFormat format) {
            this.dataFormat = format;
            return this;
        }

        @Override
        public LocalContrastLayer build() {
            LayerErrors.refuseBad(() -> new GaussianSmoothing(window, deviation), layerName, LocalContrastLayer.class);
            return new LocalContrastLayer(this);
        }
    }
}
