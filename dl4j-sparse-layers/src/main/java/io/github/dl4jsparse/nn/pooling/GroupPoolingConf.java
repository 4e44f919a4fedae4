package io.github.dl4jsparse.nn.pooling;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.SpatialWindow;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.MemoryReports;
import io.github.dl4jsparse.internal.nn.LayerErrors;
import io.github.dl4jsparse.internal.nn.TimeSteps;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.nn.spi.ParameterFreeConf;
import io.github.dl4jsparse.nn.spi.Prunable;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The base of {@link GroupL2PoolingLayer} and {@link GroupSparsityLayer}: groups, windows, smoothing, penalty. */
@Getter
@NoArgsConstructor(access = AccessLevel.PROTECTED)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
abstract class GroupPoolingConf extends ParameterFreeConf implements Prunable {
    private static final long serialVersionUID = 1;

    @JsonProperty
    private @Nullable Groups groups;

    @JsonProperty
    private int[] window;

    @JsonProperty
    private int[] stride;

    @JsonProperty
    private double epsilon;

    @JsonProperty("penalty")
    private double penaltyWeight;

    @JsonProperty
    private @Nullable CNN2DFormat dataFormat;

    /** The order of the axes of sequences; null for NCW. */
    @JsonProperty
    private @Nullable RNNFormat sequenceFormat;

    GroupPoolingConf(Builder<?> builder) {
        super(builder);
        this.groups = builder.groups;
        this.window = builder.window.clone();
        this.stride = builder.stride.clone();
        this.epsilon = builder.epsilon;
        this.penaltyWeight = builder.penaltyWeight == null ? 0 : builder.penaltyWeight;
        this.dataFormat = builder.dataFormat;
        this.sequenceFormat = builder.sequenceFormat;
    }

    /** Whether the output is the input, not its pools. */
    abstract boolean passesInput();

    GroupPooling pooling() {
        return new GroupPooling(groups, spatialWindow(), epsilon);
    }

    /** The windows in space. */
    SpatialWindow spatialWindow() {
        return new SpatialWindow(window[0], window[1], stride[0], stride[1]);
    }

    @Override
    protected GroupPoolingLayerImpl newLayer(NeuralNetConfiguration conf, DataType dataType) {
        return new GroupPoolingLayerImpl(conf, dataType);
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        dataFormat = ChannelOrder.format(dataFormat, inputType, override);
        if (inputType instanceof InputType.InputTypeRecurrent && (override || sequenceFormat == null)) {
            sequenceFormat = TimeSteps.format(inputType);
        }
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        try {
            return outputType(inputType);
        } catch (IllegalArgumentException e) {
            throw LayerErrors.refused(e.getMessage(), this, layerIndex);
        }
    }

    private InputType outputType(InputType inputType) {
        if (inputType instanceof InputType.InputTypeConvolutional images) {
            requireMaps("maps", images.getChannels());
            int down = spatialWindow().positionsDown(images.getHeight());
            int across = spatialWindow().positionsAcross(images.getWidth());
            return passesInput()
                    ? inputType
                    : InputType.convolutional(
                            down, across, groups == null ? images.getChannels() : groups.count(), images.getFormat());
        }
        if (inputType instanceof InputType.InputTypeRecurrent steps) {
            requireOneRow();
            requireMaps("units", steps.getSize());
            long time = steps.getTimeSeriesLength();
            return passesInput()
                    ? inputType
                    : InputType.recurrent(
                            groups == null ? steps.getSize() : groups.count(),
                            time > 0 ? spatialWindow().positionsAcross(time) : time,
                            steps.getFormat());
        }
        if (inputType == null
                || (inputType.getType() != InputType.Type.FF && inputType.getType() != InputType.Type.CNNFlat)) {
            throw Args.failure("input type", "feed-forward, recurrent or convolutional", inputType);
        }
        requireDense();
        long units = inputType.arrayElementsPerExample();
        requireMaps("units", units);
        return InputType.feedForward(groups == null || passesInput() ? units : groups.count());
    }

    void requireDense() {
        String rule =
                "1 x 1 for feed-forward input, which has no space; leave them out, or give sequences or convolutional input";
        requireOne(0, rule);
        requireOne(1, rule);
    }

    void requireOneRow() {
        requireOne(0, "of one row for sequences, window(length) and stride(steps); or give convolutional input");
    }

    private void requireOne(int axis, String rule) {
        if (window[axis] != 1 || stride[axis] != 1) {
            throw Args.failure(
                    "window and stride", rule, window[0] + " x " + window[1] + " and " + stride[0] + " x " + stride[1]);
        }
    }

    void requireMaps(String what, long maps) {
        if (groups != null && groups.units() != maps) {
            throw Args.failure("groups", "over the " + maps + " " + what + " of the input", groups.units() + " units");
        }
    }

    /** {@inheritDoc} It shares no array. */
    @Override
    public GroupPoolingConf clone() {
        GroupPoolingConf copy = (GroupPoolingConf) super.clone();
        copy.window = window.clone();
        copy.stride = stride.clone();
        return copy;
    }

    /** {@inheritDoc} Groups without any of the inputs are removed. */
    @Override
    public GroupPoolingConf restrictedToInputs(int[] kept) {
        GroupPoolingConf copy = clone();
        copy.groups = groups == null ? null : groups.restrictedTo(kept);
        return copy;
    }

    @Override
    public int[] outputsOf(int[] kept) {
        return groups == null || passesInput() ? kept.clone() : groups.groupsOf(kept);
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        InputType output = getOutputType(-1, inputType);
        long in = MemoryReports.elements(inputType);
        return memoryReport(inputType, output, 2 * in, 3 * in + MemoryReports.elements(output));
    }

    /**
     * The builder of the options of a pooling layer; {@code build()} refuses invalid values with an error that names
     * the layer.
     *
     * @param <T> the layer's builder
     */
    @SuppressWarnings("unchecked") // as in DL4J's builders: T is the type of this builder
    public abstract static class Builder<T extends Builder<T>>
            extends org.deeplearning4j.nn.conf.layers.Layer.Builder<T> {
        private @Nullable Groups groups;
        private int[] window = {1, 1};
        private int[] stride = {1, 1};
        private double epsilon = 1e-8;
        private Double penaltyWeight;
        private @Nullable CNN2DFormat dataFormat;
        private @Nullable RNNFormat sequenceFormat;

        Builder(Groups groups) {
            this.groups = groups;
        }

        /**
         * The groups of the units of a dense code or the maps of a convolutional one; default: each is a group of its
         * own.
         */
        public T groups(Groups groups) {
            this.groups = groups;
            return (T) this;
        }

        /** Height and width of the windows in space, at least 1; default 1 x 1. For convolutional codes only. */
        public T window(int height, int width) {
            this.window = new int[] {height, width};
            return (T) this;
        }

        /** Stride of the windows, at least 1; default 1 x 1. For convolutional codes only. */
        public T stride(int height, int width) {
            this.stride = new int[] {height, width};
            return (T) this;
        }

        /** Length of the windows over the time steps of sequences, at least 1; default 1, each time step alone. */
        public T window(int length) {
            return window(1, length);
        }

        /** Stride of the windows over sequences, in time steps, at least 1; default 1. */
        public T stride(int steps) {
            return stride(1, steps);
        }

        /** The smoothing &gt;= 0, in squared units of the code; default 1e-8. */
        public T epsilon(double epsilon) {
            this.epsilon = epsilon;
            return (T) this;
        }

        /**
         * Weight lambda &gt;= 0 of the sum of all pools in score and gradient of {@code fit()}; default 0 for a layer
         * that pools. It is required in a layer without another effect; 0 is allowed, for comparisons.
         */
        public T penaltyWeight(double weight) {
            this.penaltyWeight = weight;
            return (T) this;
        }

        /** Order of the axes of convolutional input; default that of {@code setInputType}, else NCHW. */
        public T dataFormat(CNN2DFormat format) {
            this.dataFormat = format;
            return (T) this;
        }

        /** Order of the axes of sequences; default that of {@code setInputType}, else NCW. */
        public T dataFormat(RNNFormat format) {
            this.sequenceFormat = format;
            return (T) this;
        }

        final void requireValid(Class<? extends GroupPoolingConf> layer) {
            LayerErrors.refuseBad(this::validate, layerName, layer);
        }

        /** The weight lambda, null where none was set. */
        final Double penaltyWeight() {
            return penaltyWeight;
        }

        /**
         * Checks all options.
         *
         * @throws IllegalArgumentException with name, rule and value
         */
        void validate() {
            new SpatialWindow(window[0], window[1], stride[0], stride[1]);
            Args.nonNegative("epsilon", epsilon);
            if (penaltyWeight != null) {
                Args.nonNegative("penaltyWeight", penaltyWeight);
            }
        }
    }
}
