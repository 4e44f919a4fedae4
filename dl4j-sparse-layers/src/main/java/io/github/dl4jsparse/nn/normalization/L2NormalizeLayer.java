package io.github.dl4jsparse.nn.normalization;

import io.github.dl4jsparse.internal.dl4j.MemoryReports;
import io.github.dl4jsparse.internal.nn.LayerErrors;
import io.github.dl4jsparse.internal.nn.TimeSteps;
import io.github.dl4jsparse.nn.spi.ParameterFreeConf;
import io.github.dl4jsparse.nn.spi.Prunable;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Scales every code to Euclidean norm 1, so that the input of a classifier does not depend on magnitudes.
 * <p>\[ u = z / \lVert z \rVert_2, \qquad
 * \partial L / \partial z = (g - u \, (u^{\top} g)) / \lVert z \rVert_2, \quad g = \partial L / \partial u \]
 * A zero code stays zero and its gradient is zero, without 0/0.
 * <p>Shapes: {@code [batch, nCode]}, or {@code [batch, nCode, time]} (or NWC) with a norm for each time step, in and out. No parameters. For use in a MultiLayerNetwork; in a ComputationGraph
 * DL4J's own {@code L2NormalizeVertex} does the same.
 * <p>Reference: Rolfe and LeCun, Discriminative recurrent sparse auto-encoders, ICLR 2013.
 */
@NoArgsConstructor(access = AccessLevel.PRIVATE)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
public final class L2NormalizeLayer extends ParameterFreeConf implements Prunable {
    private static final long serialVersionUID = 1;

    /** The order of the axes of sequences; null for NCW. */
    @Getter
    @JsonProperty
    private @Nullable RNNFormat sequenceFormat;

    private L2NormalizeLayer(Builder builder) {
        super(builder);
        this.sequenceFormat = builder.sequenceFormat;
    }

    @Override
    protected L2NormalizeLayerImpl newLayer(NeuralNetConfiguration conf, DataType dataType) {
        return new L2NormalizeLayerImpl(conf, dataType);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        if (inputType instanceof InputType.InputTypeRecurrent) {
            return inputType;
        }
        if (inputType == null
                || (inputType.getType() != InputType.Type.FF && inputType.getType() != InputType.Type.CNNFlat)) {
            throw LayerErrors.refused(
                    "input type must be feed-forward or recurrent, got " + inputType, this, layerIndex);
        }
        return InputType.feedForward(inputType.arrayElementsPerExample());
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        if (inputType instanceof InputType.InputTypeRecurrent && (override || sequenceFormat == null)) {
            sequenceFormat = TimeSteps.format(inputType);
        }
    }

    /** Convolutional codes are flattened, as for DL4J's dense layers. */
    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return inputType instanceof InputType.InputTypeConvolutional images
                ? new CnnToFeedForwardPreProcessor(
                        images.getHeight(), images.getWidth(), images.getChannels(), images.getFormat())
                : null;
    }

    @Override
    public L2NormalizeLayer restrictedToInputs(int[] kept) {
        return (L2NormalizeLayer) clone();
    }

    @Override
    public int[] outputsOf(int[] kept) {
        return kept.clone();
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        return memoryReport(inputType, inputType, 0, MemoryReports.elements(inputType));
    }

    /** Builds an {@link L2NormalizeLayer}. */
    @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of the caller
    public static final class Builder extends org.deeplearning4j.nn.conf.layers.Layer.Builder<Builder> {
        private @Nullable RNNFormat sequenceFormat;

        /** Order of the axes of sequences; default that of {@code setInputType}, else NCW. */
        public Builder dataFormat(RNNFormat format) {
            this.sequenceFormat = format;
            return this;
        }

        @Override
        public L2NormalizeLayer build() {
            return new L2NormalizeLayer(this);
        }
    }
}
