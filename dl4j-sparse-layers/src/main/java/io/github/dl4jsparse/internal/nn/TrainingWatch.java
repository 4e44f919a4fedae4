package io.github.dl4jsparse.internal.nn;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes the training of a layer, and logs each problem once, with the remedy. It changes no result and is never
 * saved.
 * <p>Logged at WARN, each once per layer object:
 * <ul>
 *   <li>all codes are zero: on the last 1,000 examples, or on all of an epoch that has fewer;
 *   <li>more than a third of the units are dead as {@link CodeHealth} defines it: from 10,000 examples on, checked
 *   every 1,000, and at the end of an epoch that has fewer, with the examples of the epoch as the window;
 *   <li>the energy is above its start as {@link EnergyTrend} defines it: at the end of an epoch and every 1,000 iterations, from 200
 *       on; more than twice its start: every 25 iterations. Only with an unsupervised weight above 0;
 *   <li>at the first pass with such a weight: the penalty is 0, or less than 1e-3 of the smallest that makes all codes zero;
 *   <li>at the first pass without: the layer was never pre-trained, so that its decoder stays random.
 * </ul>
 * The end of an epoch is detected in the next pass, of training or inference. A frozen layer has no training pass, and
 * thus no warnings. Copies of a network that several threads train log a warning once.
 */
public final class TrainingWatch {
    private static final Logger log = LoggerFactory.getLogger(TrainingWatch.class);

    private enum Kind {
        ZERO_CODES,
        DEAD_UNITS,
        RISEN_ENERGY,
        NEGLIGIBLE_PENALTY,
        NO_PENALTY,
        UNTRAINED_DECODER
    }

    /** A layer that is watched. */
    public interface Owner {
        /** The watch that observes this layer's training. */
        TrainingWatch watch();
    }

    /** The layer as its watch accesses it. */
    public interface Watched {
        /** The penalty of the layer's configuration. */
        Penalty penalty();

        /** The penalty with the present values of its parameters. */
        Penalty learnedPenalty();

        /** Whether the layer has a decoder that nothing has trained: no pre-training, no update. */
        boolean hasNewDecoder();

        /** The count of epochs. */
        int epoch();

        /** The layer's name, index and type, in DL4J's form. */
        String place();

        /** Equal for copies of a layer, which give a warning once. */
        int kind();
    }

    private final Watched layer;
    private final Set<Kind> said = EnumSet.noneOf(Kind.class);
    private CodeHealth health;
    private EnergyTrend energy = new EnergyTrend();
    private double penaltyScale = Double.NaN;
    private boolean isScaled;
    private boolean quiet;
    private boolean dictionaryGiven;
    private int epoch = -1;
    private long beforeEpoch;
    private long judgedAt;

    /** @param units of the layer's code */
    public TrainingWatch(Watched layer, long units) {
        this.layer = layer;
        this.health = new CodeHealth(Math.toIntExact(units));
    }

    /**
     * Resets all counts.
     *
     * @param quiet whether it only counts and logs nothing, because the caller does
     */
    public void restart(boolean quiet) {
        this.quiet = quiet;
        health = new CodeHealth(health.units());
        energy = new EnergyTrend();
        isScaled = false;
        penaltyScale = Double.NaN;
        epoch = -1;
        beforeEpoch = 0;
        judgedAt = 0;
    }

    /** The use of the units. */
    public CodeHealth health() {
        return health;
    }

    /**
     * The penalty as a fraction of the smallest that made all codes zero at the first measured pass; NaN where unknown.
     */
    public double penaltyScale() {
        return penaltyScale;
    }

    /** The warning that the penalty is 0, if it is. */
    public Optional<String> withoutPenalty() {
        boolean none = PenaltyScale.isNone(layer.penalty(), health.units());
        return none ? Optional.of(TrainingFindings.noPenalty()) : Optional.empty();
    }

    /** Records that the layer's dictionary was set and is not random. */
    public void dictionaryGiven() {
        dictionaryGiven = true;
    }

    /** Compares the penalty with the first batch whose energy is measured. */
    public void compare(LinearOperator decoder, INDArray code, INDArray target) {
        if (isScaled) {
            return;
        }
        isScaled = true;
        penaltyScale = Workspaces.outside(() -> {
            INDArray correlations = Nd4j.createUninitialized(code.dataType(), code.shape(), 'c');
            decoder.adjoint(target, correlations, 0);
            var penalty = layer.learnedPenalty();
            long units = penalty.units() == 0 ? health.units() : penalty.units();
            return PenaltyScale.of(penalty, correlations.reshape('c', code.length() / units, units))
                    .orElse(Double.NaN);
        });
    }

    /**
     * Records a training pass.
     *
     * @param code        in the layer's order. Not modified.
     * @param mean        energy per example, null where it is not part of the loss
     * @param preTraining whether the unsupervised loss is the only loss
     */
    public void trained(INDArray code, long batch, LossTerms mean, boolean preTraining) {
        ended();
        if (health.examples() == 0 && !quiet) {
            atStart(mean != null, preTraining);
        }
        health.add(code, batch, preTraining && quiet);
        if (mean != null) {
            energy.add(mean.total());
        }
        if (quiet) {
            return;
        }
        say(Kind.ZERO_CODES, () -> TrainingFindings.zeroCodes(health, TrainingFindings.SILENT, penaltyScale)
                .filter(text -> health.silentExamples() >= TrainingFindings.SILENT));
        if (health.examples() >= CodeHealth.WINDOW && health.examples() - judgedAt >= TrainingFindings.SILENT) {
            judgedAt = health.examples();
            say(Kind.DEAD_UNITS, () -> TrainingFindings.deadUnits(health, CodeHealth.WINDOW));
        }
        if (mean != null && energy.count() % 25 == 0) {
            boolean risen = energy.isDoubled() || energy.count() % 1000 == 0 && energy.isRisen();
            say(Kind.RISEN_ENERGY, () -> risen ? Optional.of(TrainingFindings.risenEnergy(energy)) : Optional.empty());
        }
    }

    private void atStart(boolean measured, boolean preTraining) {
        if (measured) {
            say(Kind.NO_PENALTY, this::withoutPenalty);
            say(Kind.NEGLIGIBLE_PENALTY, () -> TrainingFindings.negligiblePenalty(penaltyScale));
        }
        boolean untrained = !measured && !preTraining && !dictionaryGiven && layer.hasNewDecoder();
        say(
                Kind.UNTRAINED_DECODER,
                () -> untrained ? Optional.of(TrainingFindings.untrainedDecoder()) : Optional.empty());
    }

    /** Called before a pass of any kind: checks and logs at the end of an epoch, if one has ended. */
    public void ended() {
        int current = layer.epoch();
        if (current == epoch) {
            return;
        }
        epoch = current;
        long examples = health.examples() - beforeEpoch;
        beforeEpoch = health.examples();
        if (quiet || examples == 0) {
            return;
        }
        long window = Math.min(CodeHealth.WINDOW, examples);
        say(Kind.ZERO_CODES, () -> TrainingFindings.zeroCodes(health, window, penaltyScale));
        say(Kind.DEAD_UNITS, () -> TrainingFindings.deadUnits(health, window));
        boolean risen = energy.isDoubled() || energy.count() >= 2 * EnergyTrend.ITERATIONS && energy.isRisen();
        say(Kind.RISEN_ENERGY, () -> risen ? Optional.of(TrainingFindings.risenEnergy(energy)) : Optional.empty());
    }

    private void say(Kind kind, Supplier<Optional<String>> finding) {
        if (said.contains(kind)) {
            return;
        }
        Optional<String> text = finding.get();
        if (text.isPresent()) {
            said.add(kind);
            String place = layer.place();
            if (RepeatedWarnings.SHARED.allow(kind + " " + place + layer.kind())) {
                log.warn("{} {}", text.get(), place);
            }
        }
    }
}
