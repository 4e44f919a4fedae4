package io.github.dl4jsparse.nn.inhibition;

import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Instantiation;
import io.github.dl4jsparse.internal.dl4j.MemoryReports;
import io.github.dl4jsparse.internal.nn.LayerErrors;
import io.github.dl4jsparse.internal.nn.PenaltyParameters;
import io.github.dl4jsparse.internal.nn.ScaledLearningRate;
import io.github.dl4jsparse.internal.nn.TimeSteps;
import io.github.dl4jsparse.internal.nn.UnusedOptions;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.nn.constraint.InhibitionConstraint;
import io.github.dl4jsparse.nn.spi.Prunable;
import io.github.dl4jsparse.nn.spi.Prunable.Axis;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.params.EmptyParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Lateral inhibition between the units of any network: by an energy in the loss, by steps that lower this energy, or by
 * both.
 * <p>\[ L = \alpha \lvert y \rvert^{\top} S \lvert y \rvert, \qquad y = \mathrm{sign}(a) \odot m_K, \qquad m_0 = |a|, \qquad
 * m_{k+1} = \max\Bigl(0, \frac{|a| + \rho m_k - 2 \alpha S m_k}{1 + \rho}\Bigr) \]
 * where a is the input, alpha the penalty weight, S the inhibition matrix, K the number of steps and rho twice alpha times a bound of the
 * largest eigenvalue of S. With K = 0, the default, the layer passes its input on. The steps are those of {@code MajorizedIsta} for
 * {@code 1/2 |y - a|^2 + alpha |y|' S |y|}, which never increase it, and are differentiated through their unrolling. L
 * is a part of the score, as a mean over the batch, and of the gradient of {@code fit()}, next to any loss above.
 * <p>S is fixed, or learned within limits by ascent or descent in L, as configured by {@link LearnedInhibition}; the
 * loss above has no gradient with respect to it. It is then a parameter of the layer, saved with the network.
 * <p>Shapes: {@code [batch, units]}, {@code [batch, units, time]} (or NWC) or {@code [batch, maps, height, width]} (or NHWC), in
 * and out; units inhibit one another at each time step, maps at each position. Masked examples and time steps are left
 * out of L. Parameter, where S is learned: {@value #INHIBITION} {@code [units, units]}.
 * <p>Errors: {@code DL4JInvalidConfigException} when the configuration is built and when it gets its input type, where S is for
 * another number of units; {@code DL4JInvalidInputException} for such input.
 * <p>Reference: Szlam, Gregor and LeCun, Structured sparse coding via lateral inhibition, NIPS 2011.
 */
@Getter
@NoArgsConstructor(access = AccessLevel.PRIVATE)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
public final class LateralInhibitionLayer extends BaseLayer implements Prunable {
    private static final long serialVersionUID = 1;

    /** Key of the inhibition matrix S, where it is learned. */
    public static final String INHIBITION = "S";

    @JsonProperty
    private InhibitionMatrix inhibition;

    @JsonProperty("weight")
    private double penaltyWeight;

    @JsonProperty
    private int steps;

    @JsonProperty
    private @Nullable LearnedInhibition learned;

    @JsonProperty
    private double learningRateFactor;

    @JsonProperty
    private @Nullable CNN2DFormat dataFormat;

    /** The order of the axes of sequences; null for NCW. */
    @JsonProperty
    private @Nullable RNNFormat sequenceFormat;

    private LateralInhibitionLayer(Builder builder) {
        super(builder);
        this.inhibition = builder.inhibition;
        this.penaltyWeight = builder.penaltyWeight;
        this.steps = builder.steps;
        this.learned = builder.learned;
        this.learningRateFactor = builder.learningRateFactor;
        this.dataFormat = builder.dataFormat;
        this.sequenceFormat = builder.sequenceFormat;
        initializeConstraints(builder);
    }

    /**
     * The limits of a learned S, which are applied after every update in addition to the configuration's constraints.
     */
    List<LayerConstraint> limits() {
        return penaltyParameters().limits(List.of());
    }

    /** S as a parameter of the energy L, where it is learned. */
    PenaltyParameters penaltyParameters() {
        LateralInhibitionPenalty fixed = new LateralInhibitionPenalty(penaltyWeight, inhibition);
        return new PenaltyParameters(learned == null ? fixed : fixed.learned(learned), UnaryOperator.identity());
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
        return Instantiation.complete(
                new LateralInhibitionLayerImpl(conf, dataType), conf, listeners, index, params, initializeParams);
    }

    /** {@inheritDoc} The limits of a learned S apply to the smaller matrix from the next update on. */
    @Override
    public LateralInhibitionLayer restrictedToInputs(int[] kept) {
        Args.subset("kept", kept, inhibition.units());
        LateralInhibitionLayer copy = (LateralInhibitionLayer) clone();
        copy.inhibition = inhibition.select(kept);
        copy.constraints = InhibitionConstraint.restricted(constraints, kept);
        // refuses limits that no smaller matrix meets
        copy.limits();
        return copy;
    }

    @Override
    public int[] outputsOf(int[] kept) {
        return kept.clone();
    }

    @Override
    public long prunableInputs() {
        return inhibition.units();
    }

    @Override
    public List<Axis> axes(String parameter) {
        return List.of(Axis.INPUTS, Axis.INPUTS);
    }

    @Override
    public ParamInitializer initializer() {
        return learned == null ? EmptyParamInitializer.getInstance() : LateralInhibitionParamInitializer.INSTANCE;
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        try {
            requireUnits(inputType);
        } catch (IllegalArgumentException e) {
            throw LayerErrors.refused(e.getMessage(), this, layerIndex);
        }
        return inputType;
    }

    private void requireUnits(InputType inputType) {
        if (inputType instanceof InputType.InputTypeConvolutional images) {
            requireUnits("maps", images.getChannels());
        } else if (inputType instanceof InputType.InputTypeRecurrent sequences) {
            requireUnits("units", sequences.getSize());
        } else if (inputType != null
                && (inputType.getType() == InputType.Type.FF || inputType.getType() == InputType.Type.CNNFlat)) {
            requireUnits("units", inputType.arrayElementsPerExample());
        } else {
            throw Args.failure("input type", "feed-forward, recurrent or convolutional", inputType);
        }
    }

    void requireUnits(String what, long units) {
        if (inhibition.units() != units) {
            throw Args.failure(
                    "inhibition", "among the " + units + " " + what + " of the input", inhibition.units() + " units");
        }
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        dataFormat = ChannelOrder.format(dataFormat, inputType, override);
        if (inputType instanceof InputType.InputTypeRecurrent && (override || sequenceFormat == null)) {
            sequenceFormat = TimeSteps.format(inputType);
        }
    }

    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public boolean isPretrainParam(String paramName) {
        return false;
    }

    @Override
    public IUpdater getUpdaterByParam(String paramName) {
        return ScaledLearningRate.of(super.getUpdaterByParam(paramName), learningRateFactor);
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long units = MemoryReports.elements(inputType);
        return MemoryReports.of(
                this,
                inputType,
                inputType,
                initializer().numParams(this),
                getIUpdater(),
                3 * units,
                (steps + 5) * units);
    }

    /**
     * Builds a {@link LateralInhibitionLayer}; {@link #build()} refuses invalid values with an error that names the
     * layer.
     */
    @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of the caller
    public static final class Builder extends BaseLayer.Builder<Builder> {
        private final InhibitionMatrix inhibition;
        private double penaltyWeight = 0.5;
        private int steps;
        private @Nullable LearnedInhibition learned;
        private double learningRateFactor = 1;
        private @Nullable CNN2DFormat dataFormat;
        private @Nullable RNNFormat sequenceFormat;

        /** The builder of a layer with a matrix S, or with the first value of a learned S. */
        public Builder(InhibitionMatrix inhibition) {
            this.inhibition = inhibition;
        }

        /** Weight alpha &gt;= 0 of the energy, in score and gradient of {@code fit()} and in the steps; default 1/2. */
        public Builder penaltyWeight(double weight) {
            this.penaltyWeight = weight;
            return this;
        }

        /** Number K of steps of inhibition, at least 0; default 0: the output is the input. */
        public Builder steps(int steps) {
            this.steps = steps;
            return this;
        }

        /** Learns S; default null, S is fixed. */
        public Builder learn(@Nullable LearnedInhibition how) {
            this.learned = how;
            return this;
        }

        /**
         * Factor of the learning rate of S, finite and &gt; 0; default 1. S should change slowly compared with the
         * network.
         */
        public Builder learningRateFactor(double factor) {
            this.learningRateFactor = factor;
            return this;
        }

        /** Order of the axes of convolutional input; default that of {@code setInputType}, else NCHW. */
        public Builder dataFormat(CNN2DFormat format) {
            this.dataFormat = format;
            return this;
        }

        /** Order of the axes of sequences; default that of {@code setInputType}, else NCW. */
        public Builder dataFormat(RNNFormat format) {
            this.sequenceFormat = format;
            return this;
        }

        @Override
        public LateralInhibitionLayer build() {
            LayerErrors.refuseBad(this::validate, layerName, LateralInhibitionLayer.class);
            return new LateralInhibitionLayer(this);
        }

        private void validate() {
            Args.given("inhibition", inhibition);
            Args.nonNegative("penaltyWeight", penaltyWeight);
            Args.atLeast("steps", steps, 0);
            Args.positive("learningRateFactor", learningRateFactor);
            UnusedOptions.refuseNonLinearity(this, "put DL4J's ActivationLayer above", "the layer has no biases");
            UnusedOptions.refuseBiases(this);
            UnusedOptions.refuseWeights(this);
            if (learned != null) {
                learned.requireStart(inhibition);
            } else {
                String why = "S is fixed and the layer has no other parameters; set learn";
                UnusedOptions.refuseTraining(this, why);
                UnusedOptions.refuse("learningRateFactor", why, learningRateFactor == 1 ? null : learningRateFactor);
            }
        }
    }
}
