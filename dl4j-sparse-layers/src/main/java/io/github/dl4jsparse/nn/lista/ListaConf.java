package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.nn.ShrinkageReader;
import io.github.dl4jsparse.nn.spi.NamedParamInitializer;
import io.github.dl4jsparse.nn.spi.Prunable.Axis;
import io.github.dl4jsparse.nn.spi.SparseLayerConf;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonAlias;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;

/**
 * The base of configurations of unrolled encoders, for any connections of units and input: one recurrence with five
 * choices, gain, decoder, start values.
 * <p>\[ v = z_k + \beta_k (z_k - z_{k-1}), \qquad u = v + \gamma_k\, C^{\top} M (x - D v) \;\text{ or }\; u = E x + S v \]
 * \[ z_{k+1} = \eta_{\theta_k}(u), \qquad z_0 = z_{-1} = 0, \quad k = 0 \dots K-1 \]
 * where beta is the {@link Momentum}, the {@link Coupling} defines u, eta is the {@link Shrinkage}, the
 * {@link ThresholdSchedule} defines theta, and with {@link SupportSelection} some of the largest units pass unchanged.
 * <p>Parameters, each where its choice has it: {@value #ENCODER}, {@value #RECURRENT} or {@value #STEP} of the coupling,
 * {@value #THRESHOLD}, {@value #NOISE} (thresholds by noise), {@value #MOMENTUM}, {@value #GAIN} (with gain), {@value #DECODER}
 * (decoder not tied),
 * {@value #INHIBITION} (inhibition learned); untied steps have a block of rows each.
 * <p>Reference: Gregor and LeCun, Learning fast approximations of sparse coding, ICML 2010.
 */
@Getter
@NoArgsConstructor(access = AccessLevel.PROTECTED)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
public abstract class ListaConf extends SparseLayerConf {
    private static final long serialVersionUID = 1;

    /** Key of the encoder E. */
    public static final String ENCODER = "E";
    /** Key of the recurrent weights S. */
    public static final String RECURRENT = "S";
    /** Key of the step sizes a or gamma. */
    public static final String STEP = "a";
    /** Key of the thresholds b. */
    public static final String THRESHOLD = "b";
    /** Key of the slopes of the thresholds with the noise level, t1. */
    public static final String NOISE = "t1";
    /** Key of the coefficients beta of a learned momentum. */
    public static final String MOMENTUM = "m";
    /** Key of the gain g. */
    public static final String GAIN = "g";
    /** Key of the inhibition matrix where it is learned. */
    public static final String INHIBITION = "Si";
    /** Key of the decoder D. */
    public static final String DECODER = "D";

    @JsonProperty
    private int iterations;

    @JsonProperty
    @JsonDeserialize(using = ShrinkageReader.class)
    private Shrinkage shrinkage;

    @JsonProperty
    @JsonAlias("recurrence")
    @JsonDeserialize(using = CouplingReader.class)
    private Coupling coupling = Coupling.free();

    @JsonProperty
    private Momentum momentum = Momentum.none();

    @JsonProperty
    private ThresholdSchedule thresholds = ThresholdSchedule.perUnit();

    @JsonProperty
    private SupportSelection support = SupportSelection.NONE;

    @JsonProperty
    private boolean gain;

    @JsonProperty
    private boolean untied;

    @JsonProperty
    private boolean tiedDecoder;

    @JsonProperty
    private @Nullable Double stepSize;

    @JsonProperty
    private @Nullable Double initialThreshold;

    @JsonProperty
    private double encoderNorm;

    @JsonProperty
    private @Nullable PredictiveSparseDecomposition predictive;

    /** Whether the decoder has been removed, and with it the unsupervised loss. */
    @JsonProperty
    private boolean encoderOnly;

    ListaConf(ListaBuilder<?> builder) {
        super(builder);
        this.iterations = builder.iterations;
        this.shrinkage = builder.shrinkage;
        this.coupling = builder.coupling;
        this.momentum = builder.momentum;
        this.thresholds = builder.thresholds;
        this.support = builder.support;
        this.gain = builder.gain;
        this.untied = builder.untied;
        this.tiedDecoder = builder.tiedDecoder;
        this.stepSize = builder.stepSize;
        this.initialThreshold = builder.initialThreshold;
        this.encoderNorm = builder.encoderNorm;
        this.predictive = builder.predictive;
        if (builder.learningRatesByUse) {
            EncoderChoices.factorsByUse(this).forEach(getLearningRateFactors()::putIfAbsent);
        }
    }

    /** The number of units with weights of their own. */
    long ownUnits() {
        return nOut;
    }

    /** The number of units that are shrunk together: that of the shrinkage, or all units with weights of their own. */
    final int shrunkUnits() {
        return Math.toIntExact(shrinkage.units() > 0 ? shrinkage.units() : ownUnits());
    }

    /** Whether D is a dense matrix, and not the operator of an image layer. */
    boolean isDense() {
        return false;
    }

    final boolean hasMomentum() {
        return !momentum.isNone();
    }

    /**
     * Whether the steps are those of the published LISTA, with affine maps and one threshold per unit:
     * {@code z' = h(E x + S z)}, h soft or non-negative, S free or through the decoder.
     */
    public final boolean hasAffineSteps() {
        return EncoderChoices.areAffine(this);
    }

    /** {@inheritDoc} Refuses invalid combinations of choices. */
    @Override
    protected void requireOptions() {
        EncoderChoices.require(this);
    }

    /** The auxiliary channels of the input; by default none. */
    AuxiliaryChannels auxiliaryChannels() {
        return AuxiliaryChannels.NONE;
    }

    /** Whether the input has a mask of pixels, after the channels of the image. */
    public final boolean takesPixelMask() {
        return auxiliaryChannels().mask();
    }

    /** Whether the input has a noise level, in its last channel. */
    public final boolean takesNoiseLevel() {
        return auxiliaryChannels().level();
    }

    /** Whether units may have free recurrent weights. */
    boolean mayRecurFreely() {
        return true;
    }

    /**
     * The shape of a batch of its input where that is images, in the network's order of axes.
     *
     * @param unknown stands for the size of the batch, and for height and width that no input type has told
     * @return null for a layer of vectors
     */
    public long @Nullable [] imageShape(long unknown) {
        return null;
    }

    /** Whether the number of units is known. */
    boolean isSizeKnown() {
        return true;
    }

    /** Whether this number of units may be shrunk together; only called once the number of units is known. */
    boolean mayShrinkTogether(long units) {
        return units == ownUnits();
    }

    @Override
    protected String decoderKey() {
        return tiedDecoder ? ENCODER : DECODER;
    }

    /**
     * {@inheritDoc} With a single step, its size is set to that with the least reconstruction error of the examples.
     */
    @Override
    protected void fitSteps(Map<String, INDArray> params, INDArray x, Supplier<INDArray> image) {
        if (iterations == 1 && stepSize == null && !tiedDecoder) {
            UnrolledParamInitializer.fitSingleStep(params, x, image.get());
        }
    }

    /** Whether the filters of the encoder are columns, as in the decoder, and not rows. */
    boolean isEncoderTransposed() {
        return false;
    }

    /** The shape of the recurrent weights of one step. */
    abstract long[] recurrentShape();

    /** The largest eigenvalue of {@code D'D} on images of the layer's size, or an upper bound. */
    abstract double squaredNorm(INDArray dictionary);

    /** The recurrent weights {@code I - a D'D}, a new array. */
    abstract INDArray istaRecurrence(INDArray dictionary, double step);

    /** Whether the steps, and not only the decoder, use the decoder's weights. */
    final boolean stepsUseDecoder() {
        return coupling.usesDecoder(iterations);
    }

    @Override
    protected List<LayerConstraint> ownConstraints() {
        return EncoderChoices.constraints(this);
    }

    /** Whether the layer has decoder weights of its own. */
    final boolean hasDecoder() {
        return !tiedDecoder && (!encoderOnly || stepsUseDecoder());
    }

    @Override
    protected boolean isPretrainable() {
        return !encoderOnly;
    }

    /**
     * This configuration without decoder, unsupervised loss and parameters of the penalty. A decoder that the steps use
     * is kept, as their weights.
     *
     * @return a new configuration
     */
    public final ListaConf withoutDecoder() {
        ListaConf copy = (ListaConf) withoutLoss();
        copy.encoderOnly = true;
        return copy;
    }

    @Override
    public NamedParamInitializer<?> initializer() {
        return UnrolledParamInitializer.INSTANCE;
    }

    /** {@inheritDoc} Defined for filters that all positions share, the inputs innermost. */
    @Override
    protected List<Axis> ownAxes(String parameter) {
        return switch (parameter) {
            case ENCODER -> List.of(Axis.UNITS, Axis.INPUTS);
            case RECURRENT -> List.of(Axis.UNITS, Axis.UNITS);
            case STEP, MOMENTUM -> List.of(Axis.OTHER, Axis.OTHER);
            case THRESHOLD, NOISE -> List.of(Axis.OTHER, EncoderChoices.thresholdAxis(this));
            case DECODER -> List.of(Axis.INPUTS, Axis.UNITS);
            default -> List.of(Axis.OTHER, Axis.UNITS);
        };
    }

    /** {@inheritDoc} The shrinkage is restricted, too. */
    @Override
    public SparseLayerConf restrictedTo(int[] kept) {
        if (!shrinkage.isThresholdOfUnit() && EncoderChoices.thresholds(this) > 1) {
            throw Args.failure("units removed", "none where groups of units have thresholds of their own", shrinkage);
        }
        ListaConf copy = (ListaConf) super.restrictedTo(kept);
        copy.shrinkage = shrinkage.restrictedTo(shrinkage.units() == 0 ? kept : penalisedUnits(kept));
        return copy;
    }

    /** {@inheritDoc} Key S is that of the recurrent matrix, so that an inhibition matrix has another. */
    @Override
    protected String penaltyKey(String name) {
        return RECURRENT.equals(name) ? INHIBITION : name;
    }

    @Override
    protected boolean isDecoderOnly(String parameter) {
        return DECODER.equals(parameter) && !stepsUseDecoder();
    }
}
