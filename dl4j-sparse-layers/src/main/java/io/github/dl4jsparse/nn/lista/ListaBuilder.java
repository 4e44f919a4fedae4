package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.nn.UnusedOptions;
import io.github.dl4jsparse.nn.spi.SparseLayerBuilder;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.shrinkage.UnitShrinkage;
import org.jspecify.annotations.Nullable;

/**
 * The builder of the options that all unrolled encoders have.
 *
 * @param <T> the layer's builder
 */
@SuppressWarnings("unchecked") // as in DL4J's builders: T is the type of this builder
public abstract class ListaBuilder<T extends ListaBuilder<T>> extends SparseLayerBuilder<T> {
    int iterations = 11;
    Shrinkage shrinkage = Shrinkage.NON_NEGATIVE;
    Coupling coupling;
    Momentum momentum = Momentum.none();
    ThresholdSchedule thresholds = ThresholdSchedule.perUnit();
    SupportSelection support = SupportSelection.NONE;
    boolean gain;
    boolean untied;
    boolean tiedDecoder;
    Double stepSize;
    Double initialThreshold;
    double encoderNorm = Double.POSITIVE_INFINITY;
    boolean learningRatesByUse;

    @Nullable
    PredictiveSparseDecomposition predictive;

    /** @param coupling the default of the layer */
    ListaBuilder(Coupling coupling) {
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

    /** The connection of a step to the input and to the previous code. */
    public T coupling(Coupling coupling) {
        this.coupling = coupling;
        return (T) this;
    }

    /** The point from which a step starts; default the previous code, {@link Momentum#none}. */
    public T momentum(Momentum momentum) {
        this.momentum = momentum;
        return (T) this;
    }

    /** The thresholds; default one per unit, {@link ThresholdSchedule#perUnit}. */
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
     * {@code fit()}; default null, the auto-encoder's loss. The solver must support the penalty; with the non-negative
     * shrinkage the penalty should be non-negative too.
     */
    public T predictive(@Nullable PredictiveSparseDecomposition predictive) {
        this.predictive = predictive;
        return (T) this;
    }

    private void requireTieable() {
        if (tiedDecoder && !coupling.mayBeTied()) {
            throw Args.failure(
                    "tiedDecoder",
                    "off, or coupling(free()) or dictionary(), whose encoder can be the decoder's",
                    coupling);
        }
        if (tiedDecoder && untied) {
            throw Args.failure("tiedDecoder", "off for untied steps, which have no single encoder", true);
        }
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
        if (!support.isNone() && !(shrinkage instanceof UnitShrinkage)) {
            throw Args.failure(
                    "support",
                    "left out (NONE) with a shrinkage whose derivative is not 0 or 1 for each unit (a UnitShrinkage);"
                            + " SOFT and NON_NEGATIVE are",
                    shrinkage);
        }
        requireTieable();
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
