package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.energy.LearnedPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Instantiation;
import io.github.dl4jsparse.internal.nn.InputScale;
import io.github.dl4jsparse.internal.nn.LayerErrors;
import io.github.dl4jsparse.internal.nn.PenaltyParameters;
import io.github.dl4jsparse.internal.nn.ReshapedInput;
import io.github.dl4jsparse.internal.nn.ScaledLearningRate;
import io.github.dl4jsparse.nn.constraint.InhibitionConstraint;
import io.github.dl4jsparse.nn.spi.Prunable.Axis;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The base of configurations of layers with a dictionary: the unsupervised loss, the norm bound of atoms, learning-rate
 * factors of parameters, and the methods that DL4J requires. The layer itself is a {@link SparseLayer}.
 * <p>\[ L = w \left( \tfrac12 \lVert x - D z \rVert_2^2 + \mathrm{penalty}(z) \right) \]
 * where w is the unsupervised weight, x the input, z the code and D the dictionary.
 * <p>A layer adds its own options; its constructor ends with {@link #addConstraints}, its builder's {@code build()}
 * begins with {@link SparseLayerBuilder#requireValid}.
 */
@Getter
@NoArgsConstructor(access = AccessLevel.PROTECTED)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
public abstract class SparseLayerConf extends ScaledLayerConf implements Prunable {
    private static final long serialVersionUID = 1;

    @JsonProperty
    private Penalty penalty;

    @JsonProperty
    private double unsupervisedWeight;

    @JsonProperty
    private double decoderNorm;

    @JsonProperty
    private Map<String, Double> learningRateFactors;

    @JsonProperty
    private boolean validateInput;

    @JsonProperty
    private boolean inputGradient;

    @JsonProperty
    private boolean tangentGradient;

    /** Of the file that is being read; not part of a configuration. */
    @Getter(AccessLevel.NONE)
    private transient EarlierLearning earlier;

    /** Takes the options of a builder. */
    protected SparseLayerConf(SparseLayerBuilder<?> builder) {
        super(builder);
        this.penalty = builder.penalty;
        this.unsupervisedWeight = builder.unsupervisedWeight;
        this.decoderNorm = builder.decoderNorm;
        this.learningRateFactors = new LinkedHashMap<>(builder.learningRateFactors);
        this.validateInput = builder.validateInput;
        this.inputGradient = builder.inputGradient;
        this.tangentGradient = builder.tangentGradient;
    }

    /** A new layer of this configuration, without parameters yet. */
    protected abstract SparseLayer<?> newLayer(NeuralNetConfiguration conf, DataType dataType);

    @Override
    public abstract NamedParamInitializer<?> initializer();

    /** The layer's own constraints, which are applied after those of the user. */
    protected abstract List<LayerConstraint> ownConstraints();

    /**
     * Whether only the unsupervised loss depends on a parameter, so that without this loss {@code fit()} does not
     * change it.
     */
    protected abstract boolean isDecoderOnly(String parameter);

    /** The layer's name for a parameter of a learned penalty; by default the penalty's. */
    protected String penaltyKey(String name) {
        return name;
    }

    /** The parameters of the penalty; none where it is fixed. */
    final PenaltyParameters penaltyParameters() {
        return new PenaltyParameters(penalty, this::penaltyKey);
    }

    /**
     * The penalty; a learned one with the present values of its parameters.
     *
     * @param params of the layer. Not modified.
     */
    public final Penalty penaltyWith(Map<String, INDArray> params) {
        return penaltyParameters().with(params);
    }

    /** The axes of one of the layer's own parameters; by default undefined, so that nothing can be removed from it. */
    protected List<Axis> ownAxes(String parameter) {
        return List.of();
    }

    @Override
    public final List<Axis> axes(String parameter) {
        if (InputScale.KEY.equals(parameter)) {
            return List.of(Axis.OTHER, Axis.OTHER);
        }
        List<Boolean> penalised = penaltyParameters().perUnit(parameter);
        return penalised == null ? ownAxes(parameter) : Axis.of(penalised);
    }

    @JsonProperty("penalty")
    private void read(Penalty given) {
        penalty = earlier == null ? given : earlier.of(given);
    }

    @JsonProperty("learnedInhibition")
    private void read(EarlierLearning how) {
        earlier = how;
        if (how != null && penalty != null) {
            penalty = how.of(penalty);
        }
    }

    /** Checks the penalty, and sets the user's constraints; the last line of a layer's constructor. */
    protected final void addConstraints(SparseLayerBuilder<?> builder) {
        // only the user's factors: a layer also sets some for parameters that exist with other options only
        LayerErrors.refuseBad(this::requirePenalty, getLayerName(), getClass());
        LayerErrors.refuseBad(() -> ParameterNames.require(this, builder), getLayerName(), getClass());
        initializeConstraints(builder);
    }

    /**
     * The constraints that are applied after every update in addition to those of the configuration. The latter are the
     * user's only: DL4J sets those of the network in layers without any, and transfer learning replaces them.
     */
    final List<LayerConstraint> limits() {
        return penaltyParameters().limits(ownConstraints());
    }

    private void requirePenalty() {
        requirePenalty(penalty, nOut);
        requireOptions();
    }

    /** Refuses options that can't be combined; by default none. */
    protected void requireOptions() {}

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray params,
            boolean initializeParams,
            DataType dataType) {
        LayerErrors.requirePrecision(dataType, this, index);
        LayerValidation.assertNInNOutSet(getClass().getSimpleName(), getLayerName(), index, getNIn(), getNOut());
        try {
            // checked here too, because transfer learning changes nOut without a builder
            requirePenalty();
        } catch (IllegalArgumentException e) {
            throw LayerErrors.refused(e.getMessage(), this, index);
        }
        return Instantiation.complete(newLayer(conf, dataType), conf, listeners, index, params, initializeParams);
    }

    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return ReshapedInput.require(super.getPreProcessorForInputType(inputType), inputGradient, this);
    }

    /**
     * Refuses a penalty on codes of another size; by default, any that is not for nOut units.
     *
     * @throws IllegalArgumentException with the sizes
     */
    protected void requirePenalty(Penalty penalty, long units) {
        if (penalty.units() != 0 && penalty.units() != units) {
            throw Args.failure(
                    "penalty", "for the nOut = " + units + " units of the layer", penalty.units() + " units");
        }
    }

    @Override
    public boolean isPretrainParam(String paramName) {
        return InputScale.KEY.equals(paramName)
                || unsupervisedWeight == 0
                        && (isDecoderOnly(paramName)
                                || penaltyParameters().keys().contains(paramName));
    }

    @Override
    public IUpdater getUpdaterByParam(String paramName) {
        return ScaledLearningRate.of(super.getUpdaterByParam(paramName), learningRateFactor(paramName));
    }

    private double learningRateFactor(String parameter) {
        return learningRateFactors.getOrDefault(parameter, 1.0);
    }

    @Override
    public List<Regularization> getRegularizationByParam(String paramName) {
        return learningRateFactor(paramName) == 0
                ? null
                : AtomBounds.regularization(this, paramName, super.getRegularizationByParam(paramName));
    }

    /**
     * This configuration with some of its units and the restricted penalty. The limits of a learned penalty apply to
     * its remaining parameters from the next update on.
     *
     * @param kept in ascending order, none twice; unit i of the result is unit {@code kept[i]} of this. Not modified.
     * @return a new configuration
     * @throws IllegalArgumentException if a unit is out of range, or the penalty is not defined without the others
     */
    public SparseLayerConf restrictedTo(int[] kept) {
        Args.subset("kept", kept, Math.toIntExact(nOut));
        SparseLayerConf copy = copy();
        copy.nOut = kept.length;
        int[] penalised = penalisedUnits(kept);
        copy.penalty = penalty.restrictedTo(penalised);
        copy.constraints = InhibitionConstraint.restricted(constraints, penalised);
        return copy;
    }

    /**
     * The indices in the penalty of some of the layer's units; by default the same.
     *
     * @param kept in ascending order. Not modified.
     * @return in ascending order
     */
    protected int[] penalisedUnits(int[] kept) {
        return kept;
    }

    @Override
    public SparseLayerConf restrictedToInputs(int[] kept) {
        Args.subset("kept", kept, Math.toIntExact(nIn));
        SparseLayerConf copy = copy();
        copy.nIn = kept.length;
        return copy;
    }

    @Override
    public long prunableInputs() {
        return nIn;
    }

    /** {@inheritDoc} All remain. */
    @Override
    public int @Nullable [] outputsOf(int[] kept) {
        return null;
    }

    /**
     * This configuration with another weight of the unsupervised loss in {@code fit()}.
     *
     * @param weight finite and &gt;= 0; 0 for no loss
     * @return a new configuration
     * @throws IllegalArgumentException if the weight is not
     */
    public final SparseLayerConf withUnsupervisedWeight(double weight) {
        SparseLayerConf copy = copy();
        copy.unsupervisedWeight = Args.nonNegative("unsupervisedWeight", weight);
        return copy;
    }

    /**
     * This configuration with an unsupervised weight of 0, without parameters that only that loss trains: a new one.
     */
    protected final SparseLayerConf withoutLoss() {
        SparseLayerConf copy = withUnsupervisedWeight(0);
        copy.penalty = LearnedPenalty.initial(penalty);
        return copy;
    }

    /** Whether there is an unsupervised loss to pre-train on; by default always. */
    protected boolean isPretrainable() {
        return true;
    }

    private SparseLayerConf copy() {
        SparseLayerConf copy = (SparseLayerConf) clone();
        copy.learningRateFactors = new LinkedHashMap<>(learningRateFactors);
        return copy;
    }
}
