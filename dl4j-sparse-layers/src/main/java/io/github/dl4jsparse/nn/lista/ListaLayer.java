package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.math.Shrinkage;
import io.github.dl4jsparse.nn.common.ScaledLearningRate;
import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
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
 * alone. Dropout acts on what the encoder sees; the reconstruction aims at the input before dropout.
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
public final class ListaLayer extends FeedForwardLayer {
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
    private Penalty penalty;

    @JsonProperty
    private double unsupervisedWeight;

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
    private double decoderNorm;

    @JsonProperty
    private double encoderNorm;

    @JsonProperty
    private Map<String, Double> learningRateFactors;

    @JsonProperty
    private boolean validateInput;

    @JsonProperty
    private boolean inputGradient;

    private ListaLayer(Builder builder) {
        super(builder);
        this.iterations = builder.iterations;
        this.shrinkage = builder.shrinkage;
        this.penalty = builder.penalty;
        this.unsupervisedWeight = builder.unsupervisedWeight;
        this.gain = builder.gain;
        this.untied = builder.untied;
        this.tiedDecoder = builder.tiedDecoder;
        this.stepSize = builder.stepSize;
        this.initialThreshold = builder.initialThreshold;
        this.decoderNorm = builder.decoderNorm;
        this.encoderNorm = builder.encoderNorm;
        this.learningRateFactors = new LinkedHashMap<>(builder.learningRateFactors);
        if (builder.learningRatesByUse) {
            learningRateFactors.putIfAbsent(ENCODER, 1.0 / iterations);
            learningRateFactors.putIfAbsent(RECURRENT, 1.0 / Math.max(1, iterations - 1));
        }
        this.validateInput = builder.validateInput;
        this.inputGradient = builder.inputGradient;
        initializeConstraints(builder);
        addOwnConstraints();
    }

    private void addOwnConstraints() {
        List<LayerConstraint> all = constraints == null ? new ArrayList<>() : new ArrayList<>(constraints);
        if (decoderNorm < Double.POSITIVE_INFINITY) {
            all.add(
                    tiedDecoder
                            ? MaxAtomNormConstraint.rows(decoderNorm, ENCODER)
                            : MaxAtomNormConstraint.columns(decoderNorm, DECODER));
        }
        if (encoderNorm < Double.POSITIVE_INFINITY) {
            all.add(MaxAtomNormConstraint.rows(encoderNorm, ENCODER));
        }
        if (shrinkage == Shrinkage.SOFT) {
            NonNegativeConstraint thresholds = new NonNegativeConstraint();
            thresholds.setParams(Set.of(THRESHOLD));
            all.add(thresholds);
        }
        constraints = all.isEmpty() ? null : all;
    }

    @Override
    public void resetLayerDefaultConfig() {
        super.resetLayerDefaultConfig();
        addOwnConstraints();
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> trainingListeners,
            int layerIndex,
            INDArray layerParamsView,
            boolean initializeParams,
            DataType networkDataType) {
        LayerValidation.assertNInNOutSet("ListaLayer", getLayerName(), layerIndex, getNIn(), getNOut());
        ListaLayerImpl layer = new ListaLayerImpl(conf, networkDataType);
        layer.setListeners(trainingListeners);
        layer.setIndex(layerIndex);
        layer.setParamsViewArray(layerParamsView);
        layer.setParamTable(initializer().init(conf, layerParamsView, initializeParams));
        layer.setConf(conf);
        return layer;
    }

    @Override
    public ParamInitializer initializer() {
        return ListaParamInitializer.INSTANCE;
    }

    @Override
    public boolean isPretrainParam(String paramName) {
        return DECODER.equals(paramName) && unsupervisedWeight == 0;
    }

    @Override
    public IUpdater getUpdaterByParam(String paramName) {
        return ScaledLearningRate.of(
                super.getUpdaterByParam(paramName), learningRateFactors.getOrDefault(paramName, 1.0));
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        InputType output = getOutputType(-1, inputType);
        long parameters = initializer().numParams(this);
        // per example: K codes, the drive and the residual forward; K deltas, drive gradient and scratch backward
        long forward = (iterations + 1) * nOut + nIn;
        long backward = (iterations + 2) * nOut;
        return new LayerMemoryReport.Builder(layerName, ListaLayer.class, inputType, output)
                .standardMemory(parameters, getIUpdater().stateSize(parameters))
                .workingMemory(0, 2 * nOut + nIn, 0, forward + backward)
                .cacheMemory(0, 0)
                .build();
    }

    /** Builds a {@link ListaLayer}; every bad value is refused by {@link #build()} or the setter, with the layer's name. */
    @SuppressWarnings("unchecked") // DL4J declares build() with a type of the caller's choice
    public static final class Builder extends FeedForwardLayer.Builder<Builder> {
        private int iterations = 11;
        private Shrinkage shrinkage = Shrinkage.NON_NEGATIVE;
        private Penalty penalty = new L1Penalty(0);
        private double unsupervisedWeight;
        private boolean gain;
        private boolean untied;
        private boolean tiedDecoder;
        private Double stepSize;
        private Double initialThreshold;
        private double decoderNorm = 1;
        private double encoderNorm = Double.POSITIVE_INFINITY;
        private final Map<String, Double> learningRateFactors = new LinkedHashMap<>();
        private boolean learningRatesByUse;
        private boolean validateInput = true;
        private boolean inputGradient = true;

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

        /** The penalty on the code; default none. */
        public Builder penalty(Penalty penalty) {
            this.penalty = penalty;
            return this;
        }

        /** Weight w &gt;= 0 of the unsupervised loss in {@code fit()}; default 0. Pre-training always uses weight 1. */
        public Builder unsupervisedWeight(double weight) {
            this.unsupervisedWeight = weight;
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

        /** Bound of the norm of every column of D, kept after every update; default 1, infinity for none. */
        public Builder decoderNorm(double bound) {
            this.decoderNorm = bound;
            return this;
        }

        /** Bound of the norm of every row of E, kept after every update; default none. The paper: 1.25 / (K - 1). */
        public Builder encoderNorm(double bound) {
            this.encoderNorm = bound;
            return this;
        }

        /** Factor of the learning rate of one parameter, finite and &gt; 0; default 1. */
        public Builder learningRateFactor(String parameter, double factor) {
            this.learningRateFactors.put(parameter, factor);
            return this;
        }

        /** Divides the learning rates of E and S by the number of times a pass uses them, K and K - 1; default no. */
        public Builder learningRatesByUse(boolean byUse) {
            this.learningRatesByUse = byUse;
            return this;
        }

        /** Whether training refuses NaN and infinite input; default yes. */
        public Builder validateInput(boolean validate) {
            this.validateInput = validate;
            return this;
        }

        /**
         * Whether back-propagation computes the gradient with respect to the input; default yes. A first layer does not
         * need it: switching it off saves one product of the size of E, and {@code backpropGradient} returns null.
         */
        public Builder inputGradient(boolean inputGradient) {
            this.inputGradient = inputGradient;
            return this;
        }

        @Override
        public ListaLayer build() {
            try {
                validate();
            } catch (IllegalArgumentException e) {
                throw new DL4JInvalidConfigException(
                        e.getMessage() + " (layer \"" + (layerName == null ? "" : layerName) + "\", ListaLayer)", e);
            }
            return new ListaLayer(this);
        }

        private void validate() {
            Args.atLeast("iterations", iterations, 1);
            Args.given("shrinkage", shrinkage);
            Args.given("penalty", penalty);
            Args.nonNegative("unsupervisedWeight", unsupervisedWeight);
            if (nOut < 1) {
                throw Args.failure("nOut", "at least 1", nOut);
            }
            if (nIn < 0) {
                throw Args.failure("nIn", "at least 1, or left to setInputType", nIn);
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
            Args.bound("decoderNorm", decoderNorm);
            Args.bound("encoderNorm", encoderNorm);
            List<String> known = Arrays.asList(ENCODER, RECURRENT, THRESHOLD, GAIN, DECODER);
            learningRateFactors.forEach((parameter, factor) -> {
                if (!known.contains(parameter)) {
                    throw Args.failure("learningRateFactor's parameter", "one of " + known, parameter);
                }
                Args.positive("learningRateFactor of " + parameter, factor);
            });
        }
    }
}
