package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.math.Shrinkage;
import io.github.dl4jsparse.nn.common.InputScale;
import io.github.dl4jsparse.nn.common.ParameterAxis;
import io.github.dl4jsparse.nn.common.PredictiveSparseDecomposition;
import io.github.dl4jsparse.nn.common.SparseLayerConf;
import io.github.dl4jsparse.nn.common.UnusedOptions;
import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint;
import java.util.ArrayList;
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
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What the configurations of all unrolled encoders share, whatever connects their units to the input: steps, shrinkage, gain,
 * decoder, start values.
 * <p>\[ z_{t+1} = h_b(E x + S z_t), \quad z_0 = 0, \quad t = 0 \dots K-1 \]
 * where h is the {@link Shrinkage} with a threshold b per unit, E the encoder and S the {@link Recurrence}.
 * <p>Parameters: {@value #ENCODER}, {@value #RECURRENT} or {@value #STEP} (K &gt; 1), {@value #THRESHOLD}, {@value #GAIN}
 * (with gain), {@value #DECODER} (decoder not tied), {@value #INHIBITION} (inhibition learned); untied steps have a block of
 * rows each in the first four.
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
    /** Key of the step sizes a of a recurrence through the decoder. */
    public static final String STEP = "a";
    /** Key of the thresholds b. */
    public static final String THRESHOLD = "b";
    /** Key of the gain g. */
    public static final String GAIN = "g";
    /** Key of the inhibition matrix of the penalty, where it is learned. */
    public static final String INHIBITION = "Si";
    /** Key of the decoder D. */
    public static final String DECODER = "D";

    @JsonProperty
    private int iterations;

    @JsonProperty
    private Shrinkage shrinkage;

    @JsonProperty
    private Recurrence recurrence = Recurrence.FREE;

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
        this.recurrence = builder.recurrence;
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
        return recurrence == Recurrence.DICTIONARY && iterations > 1;
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
        if (shrinkage == Shrinkage.SOFT) {
            NonNegativeConstraint thresholds = new NonNegativeConstraint();
            thresholds.setParams(Set.of(THRESHOLD));
            own.add(thresholds);
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
     * This configuration without decoder, unsupervised loss and learned inhibition. A decoder that the steps use stays, as their weights.
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
    public List<ParameterAxis> axes(String parameter) {
        return switch (parameter) {
            case ENCODER -> List.of(ParameterAxis.UNITS, ParameterAxis.INPUTS);
            case RECURRENT, INHIBITION -> List.of(ParameterAxis.UNITS, ParameterAxis.UNITS);
            case STEP, InputScale.KEY -> List.of(ParameterAxis.OTHER, ParameterAxis.OTHER);
            case DECODER -> List.of(ParameterAxis.INPUTS, ParameterAxis.UNITS);
            default -> List.of(ParameterAxis.OTHER, ParameterAxis.UNITS);
        };
    }

    @Override
    protected String inhibitionKey() {
        return INHIBITION;
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
    public abstract static class Builder<T extends Builder<T>> extends SparseLayerConf.Builder<T> {
        private int iterations = 11;
        private Shrinkage shrinkage = Shrinkage.NON_NEGATIVE;
        private Recurrence recurrence;
        private boolean gain;
        private boolean untied;
        private boolean tiedDecoder;
        private Double stepSize;
        private Double initialThreshold;
        private double encoderNorm = Double.POSITIVE_INFINITY;
        private boolean learningRatesByUse;
        private PredictiveSparseDecomposition predictive;

        /** @param recurrence the default of the layer */
        Builder(Recurrence recurrence) {
            this.recurrence = recurrence;
        }

        /** Number K of steps, at least 1; default 11. */
        public T iterations(int iterations) {
            this.iterations = iterations;
            return (T) this;
        }

        /** The shrinkage h; default non-negative. */
        public T shrinkage(Shrinkage shrinkage) {
            this.shrinkage = shrinkage;
            return (T) this;
        }

        /** What the recurrent map S is. */
        public T recurrence(Recurrence recurrence) {
            this.recurrence = recurrence;
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
            Map<String, Boolean> all = new LinkedHashMap<>();
            all.put(ENCODER, true);
            all.put(RECURRENT, iterations > 1 && recurrence == Recurrence.FREE);
            all.put(STEP, iterations > 1 && recurrence == Recurrence.DICTIONARY && !tiedDecoder);
            all.put(THRESHOLD, true);
            all.put(GAIN, gain);
            all.put(DECODER, !tiedDecoder);
            all.put(INHIBITION, learnsInhibition());
            all.values().removeIf(present -> !present);
            return List.copyOf(all.keySet());
        }

        @Override
        protected void validate() {
            super.validate();
            UnusedOptions.refuseNonLinearity(this, "set shrinkage", "set initialThreshold");
            Args.atLeast("iterations", iterations, 1);
            Args.given("shrinkage", shrinkage);
            Args.given("recurrence", recurrence);
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
