package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.math.Shrinkage;
import io.github.dl4jsparse.nn.common.ParameterAxis;
import io.github.dl4jsparse.nn.common.PredictiveSparseDecomposition;
import io.github.dl4jsparse.nn.common.SparseLayer;
import io.github.dl4jsparse.nn.common.SparseLayerConf;
import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Encodes its input sparsely by a fixed number of learned shrinkage steps: the unrolled LISTA encoder, with a decoder.
 * <p>\[ z_{t+1} = h_b(E x + S z_t), \quad z_0 = 0, \quad t = 0 \dots K-1 \]
 * \[ L = w \left( \tfrac12 \lVert x - D z_K \rVert_2^2 + \mathrm{penalty}(z_K) \right) \]
 * where h is the {@link Shrinkage} with a threshold b per unit, E the encoder, S the recurrent matrix, D the decoder
 * (dictionary) and w the unsupervised weight. K = 1 is the plain sparse encoder. With a gain the code is
 * \( g \odot z_K \). At the start \( E = a D^{\top} \), \( S = I - a D^{\top} D \) and \( b = a \lambda \), so that K
 * steps are K steps of ISTA with step size a.
 * <p>With w &gt; 0 the loss L is part of the score and the gradient of {@code fit()}, next to any supervised loss above:
 * the discriminative recurrent sparse auto-encoder. With w = 0 only pre-training uses it, and {@code fit()} leaves D
 * alone. With {@link PredictiveSparseDecomposition} its loss takes the place of L. Dropout acts on what the encoder sees; the reconstruction aims at the input before dropout.
 * <p>Shapes: input {@code [batch, nIn]}, output {@code [batch, nOut]}. Parameters: {@value #ENCODER}
 * {@code [nOut, nIn]}, {@value #RECURRENT} {@code [nOut, nOut]} (K &gt; 1), {@value #THRESHOLD} {@code [1, nOut]},
 * {@value #GAIN} {@code [1, nOut]} (with gain), {@value #DECODER} {@code [nIn, nOut]} (decoder not tied); untied
 * steps have K, K - 1 and K such blocks of rows in the first three.
 * <p>Errors: {@link DL4JInvalidConfigException} when the configuration is built,
 * {@code DL4JInvalidInputException} for input of a wrong shape or with NaN or infinite values.
 * <p>Reference: Gregor and LeCun, Learning fast approximations of sparse coding, ICML 2010; Rolfe and LeCun,
 * Discriminative recurrent sparse auto-encoders, ICLR 2013.
 */
@Getter
@NoArgsConstructor(access = AccessLevel.PRIVATE)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
public final class ListaLayer extends SparseLayerConf {
    private static final long serialVersionUID = 1;

    /** Key of the encoder E. */
    public static final String ENCODER = "E";
    /** Key of the recurrent matrix S. */
    public static final String RECURRENT = "S";
    /** Key of the thresholds b. */
    public static final String THRESHOLD = "b";
    /** Key of the gain g. */
    public static final String GAIN = "g";
    /** Key of the decoder D. */
    public static final String DECODER = "D";

    @JsonProperty
    private int iterations;

    @JsonProperty
    private Shrinkage shrinkage;

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

    private ListaLayer(Builder builder) {
        super(builder);
        this.iterations = builder.iterations;
        this.shrinkage = builder.shrinkage;
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
        addConstraints(builder);
    }

    @Override
    protected List<LayerConstraint> ownConstraints() {
        List<LayerConstraint> own = new ArrayList<>();
        if (getDecoderNorm() < Double.POSITIVE_INFINITY) {
            own.add(
                    tiedDecoder
                            ? MaxAtomNormConstraint.rows(getDecoderNorm(), ENCODER)
                            : MaxAtomNormConstraint.columns(getDecoderNorm(), DECODER));
        }
        if (encoderNorm < Double.POSITIVE_INFINITY) {
            own.add(MaxAtomNormConstraint.rows(encoderNorm, ENCODER));
        }
        if (shrinkage == Shrinkage.SOFT) {
            NonNegativeConstraint thresholds = new NonNegativeConstraint();
            thresholds.setParams(Set.of(THRESHOLD));
            own.add(thresholds);
        }
        return own;
    }

    @Override
    protected SparseLayer<?> newLayer(NeuralNetConfiguration conf, DataType dataType) {
        return new ListaLayerImpl(conf, dataType);
    }

    @Override
    public ParamInitializer initializer() {
        return ListaParamInitializer.INSTANCE;
    }

    @Override
    protected boolean isDecoderOnly(String parameter) {
        return DECODER.equals(parameter);
    }

    @Override
    public List<ParameterAxis> axes(String parameter) {
        return switch (parameter) {
            case ENCODER -> List.of(ParameterAxis.UNITS, ParameterAxis.INPUTS);
            case RECURRENT -> List.of(ParameterAxis.UNITS, ParameterAxis.UNITS);
            case DECODER -> List.of(ParameterAxis.INPUTS, ParameterAxis.UNITS);
            default -> List.of(ParameterAxis.OTHER, ParameterAxis.UNITS);
        };
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        // per example: K codes, the drive and the residual forward; K deltas, drive gradient and scratch backward
        long forward = (iterations + 1) * nOut + nIn;
        long backward = (iterations + 2) * nOut;
        return memoryReport(inputType, 2 * nOut + nIn, forward + backward);
    }

    /** Builds a {@link ListaLayer}; every bad value is refused by {@link #build()} or the setter, with the layer's name. */
    @SuppressWarnings("unchecked") // DL4J declares build() with a type of the caller's choice
    public static final class Builder extends SparseLayerConf.Builder<Builder> {
        private int iterations = 11;
        private Shrinkage shrinkage = Shrinkage.NON_NEGATIVE;
        private boolean gain;
        private boolean untied;
        private boolean tiedDecoder;
        private Double stepSize;
        private Double initialThreshold;
        private double encoderNorm = Double.POSITIVE_INFINITY;
        private boolean learningRatesByUse;
        private PredictiveSparseDecomposition predictive;

        /** Number K of steps, at least 1; default 11. */
        public Builder iterations(int iterations) {
            this.iterations = iterations;
            return this;
        }

        /** The shrinkage h; default non-negative. */
        public Builder shrinkage(Shrinkage shrinkage) {
            this.shrinkage = shrinkage;
            return this;
        }

        /** Whether a trained scale per unit follows the last step; default no. */
        public Builder gain(boolean gain) {
            this.gain = gain;
            return this;
        }

        /** Whether every step has weights of its own; default no: the steps share them. */
        public Builder untied(boolean untied) {
            this.untied = untied;
            return this;
        }

        /**
         * Whether the decoder is the transpose of the encoder, {@code D = E'}; default no. The dictionary is then
         * scaled at the start so that step size 1 is stable, and E = D', S = I - D'D. Not with untied steps.
         */
        public Builder tiedDecoder(boolean tiedDecoder) {
            this.tiedDecoder = tiedDecoder;
            return this;
        }

        /** Step size a of the initial weights, &gt; 0; default 1 / (1.001 lambda_max(D'D)). */
        public Builder stepSize(double stepSize) {
            this.stepSize = stepSize;
            return this;
        }

        /** Initial threshold of every unit; default a times the threshold of the penalty's shrinkage. */
        public Builder initialThreshold(double threshold) {
            this.initialThreshold = threshold;
            return this;
        }

        /** Bound of the norm of every row of E, kept after every update; default none. The paper: 1.25 / (K - 1). */
        public Builder encoderNorm(double bound) {
            this.encoderNorm = bound;
            return this;
        }

        /** Divides the learning rates of E and S by the number of times a pass uses them, K and K - 1; default no. */
        public Builder learningRatesByUse(boolean byUse) {
            this.learningRatesByUse = byUse;
            return this;
        }

        /**
         * Trains the encoder on codes that a solver finds near its prediction, in pre-training and as the loss of
         * {@code fit()}; default null, the auto-encoder's loss. Takes a penalty that the solver can handle; with the
         * non-negative shrinkage the penalty should be non-negative too.
         */
        public Builder predictive(PredictiveSparseDecomposition predictive) {
            this.predictive = predictive;
            return this;
        }

        @Override
        public ListaLayer build() {
            requireValid(ListaLayer.class);
            return new ListaLayer(this);
        }

        @Override
        protected List<String> parameterNames() {
            return List.of(ENCODER, RECURRENT, THRESHOLD, GAIN, DECODER);
        }

        @Override
        protected void validate() {
            super.validate();
            Args.atLeast("iterations", iterations, 1);
            Args.given("shrinkage", shrinkage);
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
            }
        }
    }
}
