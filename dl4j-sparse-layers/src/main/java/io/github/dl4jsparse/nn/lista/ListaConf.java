package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.nn.common.ParameterAxis;
import io.github.dl4jsparse.nn.common.PredictiveSparseDecomposition;
import io.github.dl4jsparse.nn.common.SparseLayerBuilder;
import io.github.dl4jsparse.nn.common.SparseLayerConf;
import io.github.dl4jsparse.nn.common.UnusedOptions;
import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.shrinkage.ShrinkageReader;
import io.github.dl4jsparse.shrinkage.UnitShrinkage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonAlias;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;

/**
 * What the configurations of all unrolled encoders share, whatever connects their units to the input: one recurrence with five
 * choices, gain, decoder, start values.
 * <p>\[ v = z_k + \beta_k (z_k - z_{k-1}), \qquad u = v + \gamma_k\, C^{\top} M (x - D v) \;\text{ or }\; u = E x + S v \]
 * \[ z_{k+1} = \eta_{\theta_k}(u), \qquad z_0 = z_{-1} = 0, \quad k = 0 \dots K-1 \]
 * where beta is the {@link Momentum}, the {@link Coupling} says what u is, eta is the {@link Shrinkage}, theta follows the
 * {@link ThresholdSchedule}, and with {@link SupportSelection} some of the largest units pass unchanged.
 * <p>Parameters, each where its choice has it: {@value #ENCODER}, {@value #RECURRENT} or {@value #STEP} of the coupling,
 * {@value #THRESHOLD}, {@value #MOMENTUM}, {@value #GAIN} (with gain), {@value #DECODER} (decoder not tied),
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
    /** Key of the coefficients beta of a learned momentum. */
    public static final String MOMENTUM = "m";
    /** Key of the gain g. */
    public static final String GAIN = "g";
    /** Key of the inhibition matrix of a {@code LearnedInhibitionPenalty}. */
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
    private Double stepSize;

    @JsonProperty
    private Double initialThreshold;

    @JsonProperty
    private double encoderNorm;

    @JsonProperty
    private PredictiveSparseDecomposition predictive;

    /** Whether the decoder has been removed, and with it the unsupervised loss. */
    @JsonProperty
    private boolean encoderOnly;

    ListaConf(Builder<?> builder) {
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
            getLearningRateFactors().putIfAbsent(ENCODER, 1.0 / iterations);
            getLearningRateFactors().putIfAbsent(RECURRENT, 1.0 / Math.max(1, iterations - 1));
        }
    }

    /** The number of units that have weights of their own. */
    long ownUnits() {
        return nOut;
    }

    /** The number of units of a code as the shrinkage takes it: what it is made for, or all that have weights of their own. */
    final int shrunkUnits() {
        return Math.toIntExact(shrinkage.units() > 0 ? shrinkage.units() : ownUnits());
    }

    /** The thresholds that one step has. */
    final int thresholds() {
        return shrinkage.thresholds(shrunkUnits());
    }

    /** What a step shrinks with. */
    final Shrinkage stepShrinkage() {
        return support.isNone() ? shrinkage : new SelectingShrinkage(shrinkage, support);
    }

    /** Whether the backward pass needs what each step shrinks. */
    final boolean needsDrives() {
        return stepShrinkage().needsDrive();
    }

    final boolean hasMomentum() {
        return !(momentum instanceof NoMomentum);
    }

    /**
     * Whether the steps are those of LISTA as it was published, with affine maps and one threshold a unit: {@code z' = h(E x + S z)}, h
     * soft or non-negative, S free or through the decoder.
     */
    public final boolean hasAffineSteps() {
        return coupling.hasDrive()
                && !hasMomentum()
                && support.isNone()
                && thresholds.equals(ThresholdSchedule.perUnit())
                && (Shrinkage.SOFT.equals(shrinkage) || Shrinkage.NON_NEGATIVE.equals(shrinkage));
    }

    /** Whether units may have free recurrent weights. */
    boolean mayRecurFreely() {
        return true;
    }

    /**
     * The thresholds of a step at the start.
     *
     * @param step its size
     * @return one for each threshold that a step has, a new array
     */
    final double[] startThresholds(double step) {
        int units = shrunkUnits();
        double[] thresholds;
        if (getPenalty().units() == 0 || getPenalty().units() == units) {
            thresholds = shrinkage.startThresholds(units, step, getPenalty());
        } else {
            // the penalty counts the units of all positions, the shrinkage those of one
            thresholds = new double[thresholds()];
            Arrays.fill(thresholds, step * getPenalty().shrinkageThreshold());
        }
        if (initialThreshold != null) {
            Arrays.fill(thresholds, initialThreshold);
        }
        return thresholds;
    }

    /** Refuses choices that do not go together; whatever depends on the size of the images waits until that is known. */
    @Override
    protected void requireOptions() {
        coupling.require(this);
        requireShrinkage();
        if (isSizeKnown()) {
            thresholds.require(this);
        }
    }

    /** Whether the number of units is known. */
    boolean isSizeKnown() {
        return true;
    }

    /** Refuses a shrinkage for codes of another size. */
    private void requireShrinkage() {
        long found = shrinkage.units();
        boolean fits = found == 0 || found % nOut == 0 && (!isSizeKnown() || found == ownUnits() || mayShrinkImages());
        if (!fits) {
            throw Args.failure("shrinkage", "for the " + nOut + " units of the layer", found + " units");
        }
    }

    /** Whether a shrinkage may be one of all units of an image, where positions share weights. */
    boolean mayShrinkImages() {
        return false;
    }

    @Override
    protected String decoderKey() {
        return tiedDecoder ? ENCODER : DECODER;
    }

    /** {@inheritDoc} The single step of an encoder of one gets the size with which it describes the examples best. */
    @Override
    protected void fitSteps(Map<String, INDArray> params, INDArray x, Supplier<INDArray> image) {
        if (iterations == 1 && stepSize == null && !tiedDecoder) {
            UnrolledParamInitializer.fitSingleStep(params, x, image.get());
        }
    }

    /** Whether the encoder has a filter a column, as the decoder, and not a row. */
    boolean isEncoderTransposed() {
        return false;
    }

    /** The shape of the recurrent weights of one step. */
    abstract long[] recurrentShape();

    /** The largest eigenvalue of {@code D'D} on the images that the layer is made for, or an upper bound. */
    abstract double squaredNorm(INDArray dictionary);

    /** The recurrent weights {@code I - a D'D}, a new array. */
    abstract INDArray istaRecurrence(INDArray dictionary, double step);

    /** Whether the steps, and not only the decoder, use the decoder's weights. */
    final boolean stepsUseDecoder() {
        return coupling.usesDecoder(iterations);
    }

    @Override
    protected List<LayerConstraint> ownConstraints() {
        List<LayerConstraint> own = new ArrayList<>();
        if (getDecoderNorm() < Double.POSITIVE_INFINITY) {
            own.add(
                    tiedDecoder
                            ? encoderConstraint(getDecoderNorm())
                            : MaxAtomNormConstraint.columns(getDecoderNorm(), DECODER));
        }
        if (encoderNorm < Double.POSITIVE_INFINITY) {
            own.add(encoderConstraint(encoderNorm));
        }
        if (shrinkage.needsNonNegativeThresholds()) {
            NonNegativeConstraint sign = new NonNegativeConstraint();
            sign.setParams(Set.of(THRESHOLD));
            own.add(sign);
        }
        return own;
    }

    private LayerConstraint encoderConstraint(double bound) {
        return isEncoderTransposed()
                ? MaxAtomNormConstraint.columns(bound, ENCODER)
                : MaxAtomNormConstraint.rows(bound, ENCODER);
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
     * This configuration without decoder, unsupervised loss and parameters of the penalty. A decoder that the steps use stays, as their weights.
     *
     * @return a new configuration
     */
    public final ListaConf withoutDecoder() {
        ListaConf copy = (ListaConf) withoutLoss();
        copy.encoderOnly = true;
        return copy;
    }

    @Override
    public ParamInitializer initializer() {
        return UnrolledParamInitializer.INSTANCE;
    }

    /** {@inheritDoc} Here for filters that all places share, the inputs innermost. */
    @Override
    protected List<ParameterAxis> ownAxes(String parameter) {
        return switch (parameter) {
            case ENCODER -> List.of(ParameterAxis.UNITS, ParameterAxis.INPUTS);
            case RECURRENT -> List.of(ParameterAxis.UNITS, ParameterAxis.UNITS);
            case STEP, MOMENTUM -> List.of(ParameterAxis.OTHER, ParameterAxis.OTHER);
            case THRESHOLD -> List.of(ParameterAxis.OTHER, thresholdAxis());
            case DECODER -> List.of(ParameterAxis.INPUTS, ParameterAxis.UNITS);
            default -> List.of(ParameterAxis.OTHER, ParameterAxis.UNITS);
        };
    }

    private ParameterAxis thresholdAxis() {
        return thresholds.isOfUnits() && shrinkage.isThresholdOfUnit() ? ParameterAxis.UNITS : ParameterAxis.OTHER;
    }

    /** {@inheritDoc} And of the shrinkage. */
    @Override
    public SparseLayerConf restrictedTo(int[] kept) {
        if (!shrinkage.isThresholdOfUnit() && thresholds() > 1) {
            throw Args.failure("units removed", "none where groups of units have thresholds of their own", shrinkage);
        }
        ListaConf copy = (ListaConf) super.restrictedTo(kept);
        copy.shrinkage = shrinkage.restrictedTo(shrinkage.units() == 0 ? kept : penalisedUnits(kept));
        return copy;
    }

    /** {@inheritDoc} The S of an inhibition matrix is the recurrent matrix here. */
    @Override
    protected String penaltyKey(String name) {
        return RECURRENT.equals(name) ? INHIBITION : name;
    }

    @Override
    protected boolean isDecoderOnly(String parameter) {
        return DECODER.equals(parameter) && !stepsUseDecoder();
    }

    /**
     * Takes the options that all unrolled encoders have.
     *
     * @param <T> the layer's builder
     */
    @SuppressWarnings("unchecked") // as in DL4J's builders: T is the type of this
    public abstract static class Builder<T extends Builder<T>> extends SparseLayerBuilder<T> {
        private int iterations = 11;
        private Shrinkage shrinkage = Shrinkage.NON_NEGATIVE;
        private Coupling coupling;
        private Momentum momentum = Momentum.none();
        private ThresholdSchedule thresholds = ThresholdSchedule.perUnit();
        private SupportSelection support = SupportSelection.NONE;
        private boolean gain;
        private boolean untied;
        private boolean tiedDecoder;
        private Double stepSize;
        private Double initialThreshold;
        private double encoderNorm = Double.POSITIVE_INFINITY;
        private boolean learningRatesByUse;
        private PredictiveSparseDecomposition predictive;

        /** @param coupling the default of the layer */
        Builder(Coupling coupling) {
            this.coupling = coupling;
        }

        /** Number K of steps, at least 1; default 11. */
        public T iterations(int iterations) {
            this.iterations = iterations;
            return (T) this;
        }

        /** The shrinkage eta; default non-negative. */
        public T shrinkage(Shrinkage shrinkage) {
            this.shrinkage = shrinkage;
            return (T) this;
        }

        /** What connects a step to the input and to the code before it. */
        public T coupling(Coupling coupling) {
            this.coupling = coupling;
            return (T) this;
        }

        /** The point that a step starts from; default the code before it, {@link Momentum#none}. */
        public T momentum(Momentum momentum) {
            this.momentum = momentum;
            return (T) this;
        }

        /** Where thresholds come from; default one a unit, {@link ThresholdSchedule#perUnit}. */
        public T thresholds(ThresholdSchedule schedule) {
            this.thresholds = schedule;
            return (T) this;
        }

        /** How many of the largest units of an example pass a step unchanged; default none. */
        public T support(SupportSelection selection) {
            this.support = selection;
            return (T) this;
        }

        /** Whether a trained scale per unit follows the last step; default no. */
        public T gain(boolean gain) {
            this.gain = gain;
            return (T) this;
        }

        /** Whether every step has weights of its own; default no: the steps share them. */
        public T untied(boolean untied) {
            this.untied = untied;
            return (T) this;
        }

        /**
         * Whether the decoder is the transpose of the encoder, {@code D = E'}; default no. The dictionary is then
         * scaled at the start so that step size 1 is stable, and E = D', S = I - D'D. Not with untied steps.
         */
        public T tiedDecoder(boolean tiedDecoder) {
            this.tiedDecoder = tiedDecoder;
            return (T) this;
        }

        /** Step size a of the initial weights, &gt; 0; default 1 / (1.001 lambda_max(D'D)). */
        public T stepSize(double stepSize) {
            this.stepSize = stepSize;
            return (T) this;
        }

        /** Initial threshold of every unit; default a times the threshold of the penalty's shrinkage. */
        public T initialThreshold(double threshold) {
            this.initialThreshold = threshold;
            return (T) this;
        }

        /** Bound of the norm of every filter of E, kept after every update; default none. The paper: 1.25 / (K - 1). */
        public T encoderNorm(double bound) {
            this.encoderNorm = bound;
            return (T) this;
        }

        /** Divides the learning rates of E and S by the number of times a pass uses them, K and K - 1; default no. */
        public T learningRatesByUse(boolean byUse) {
            this.learningRatesByUse = byUse;
            return (T) this;
        }

        /**
         * Trains the encoder on codes that a solver finds near its prediction, in pre-training and as the loss of
         * {@code fit()}; default null, the auto-encoder's loss. Takes a penalty that the solver can handle; with the
         * non-negative shrinkage the penalty should be non-negative too.
         */
        public T predictive(PredictiveSparseDecomposition predictive) {
            this.predictive = predictive;
            return (T) this;
        }

        @Override
        protected List<String> parameterNames() {
            Map<String, long[]> all = new LinkedHashMap<>();
            EncoderShape shape = new EncoderShape(iterations, untied, tiedDecoder, 0, 0, 1, false, () -> new long[2]);
            coupling.addShapes(shape, all);
            thresholds.addShapes(shape, all);
            momentum.addShapes(iterations, all);
            List<String> names = new ArrayList<>(all.keySet());
            if (gain) {
                names.add(GAIN);
            }
            if (!tiedDecoder) {
                names.add(DECODER);
            }
            return names;
        }

        @Override
        protected void validate() {
            Args.given("shrinkage", shrinkage);
            Args.given("coupling", coupling);
            Args.given("momentum", momentum);
            Args.given("thresholds", thresholds);
            Args.given("support", support);
            super.validate();
            UnusedOptions.refuseNonLinearity(this, "set shrinkage", "set initialThreshold");
            Args.atLeast("iterations", iterations, 1);
            if (tiedDecoder && !coupling.mayBeTied()) {
                throw Args.failure(
                        "tiedDecoder",
                        "off, or coupling(free()) or dictionary(), whose encoder can be the decoder's",
                        coupling);
            }
            if (encoderNorm < Double.POSITIVE_INFINITY && !coupling.hasEncoder()) {
                throw Args.failure("encoderNorm", "left out for a coupling without an encoder", encoderNorm);
            }
            if (!support.isNone() && !(shrinkage instanceof UnitShrinkage)) {
                throw Args.failure(
                        "support",
                        "NONE with a shrinkage that is not unit by unit, or take SOFT or NON_NEGATIVE",
                        shrinkage);
            }
            if (tiedDecoder && untied) {
                throw Args.failure("tiedDecoder", "off for untied steps, which have no single encoder", true);
            }
            if (stepSize != null) {
                Args.positive("stepSize", stepSize);
                if (tiedDecoder) {
                    throw Args.failure("stepSize", "left out with a tied decoder, whose step size is 1", stepSize);
                }
            }
            if (initialThreshold != null) {
                Args.nonNegative("initialThreshold", initialThreshold);
            }
            Args.bound("encoderNorm", encoderNorm);
            if (predictive != null) {
                predictive.solver().requireSupport(penalty());
            } else {
                TrainablePenalty.require(penalty(), getNOut(), shrinkage);
            }
        }
    }
}
