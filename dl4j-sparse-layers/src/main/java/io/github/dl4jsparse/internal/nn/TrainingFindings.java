package io.github.dl4jsparse.internal.nn;

import java.util.Locale;
import java.util.Optional;

/** The texts of warnings about the training of a layer, each with its remedy. */
public final class TrainingFindings {
    /** The number of examples without an active unit after which all codes count as zero. */
    public static final int SILENT = 1_000;

    /** The fraction of the smallest weight that makes all codes zero, below which a penalty has almost no effect. */
    static final double NEGLIGIBLE = 1e-3;

    private TrainingFindings() {}

    /**
     * The warning that all codes are zero.
     *
     * @param enough the number of examples without an active unit at which to warn
     * @param scale  the penalty as a fraction of the smallest that makes all codes zero, NaN where it is unknown
     */
    public static Optional<String> zeroCodes(CodeHealth health, long enough, double scale) {
        if (health.examples() == 0 || health.silentExamples() < Math.min(enough, health.examples())) {
            return Optional.empty();
        }
        String times = scale > 1
                ? format(" (the penalty is %.3g times the smallest that makes all codes zero at the start)", scale)
                : "";
        String died = health.silentExamples() < health.examples() ? "lower the learning rate, " : "";
        return Optional.of(format(
                "all codes were zero on the last %d examples%s: %slower the penalty to about a tenth of the smallest that makes "
                        + "all codes zero, lower initialThreshold where it is set, or set inputScaling(true)",
                health.silentExamples(), times, died));
    }

    /**
     * The warning that more than a third of the units are dead, and not all.
     *
     * @param window the number of examples without activity of a dead unit
     */
    public static Optional<String> deadUnits(CodeHealth health, long window) {
        int dead = health.deadUnits(window);
        if (dead == health.units() || 3L * dead <= health.units()) {
            return Optional.empty();
        }
        return Optional.of(format(
                "%d of %d units were zero on the last %d examples: lower the learning rate or the penalty, and "
                        + "reinitialise them with UnitRevival.revive(net, layer, UnitUsage.of(net, layer, data, 0).deadUnits(), data, "
                        + "seed) in dense layers, or remove them with UnitPruner.prune(net, layer, "
                        + "UnitUsage.of(net, layer, data, 0).usedUnits(1e-9))",
                dead, health.units(), Math.min(window, health.examples())));
    }

    /** The warning that the energy has risen. */
    public static String risenEnergy(EnergyTrend energy) {
        return format(
                "the energy rose from %.4g at first, and %.4g over the first %d iterations, to %.4g over as many latest: lower the learning "
                        + "rate, to a tenth at first (1e-3 or less with Adam); where a loss above draws the codes away from their "
                        + "inputs, raise unsupervisedWeight",
                energy.initial(), energy.start(), energy.compared(), energy.latest());
    }

    /**
     * The warning that the penalty has almost no effect on data of this scale.
     *
     * @param scale the penalty as a fraction of the smallest that makes all codes zero, NaN where it is unknown
     */
    public static Optional<String> negligiblePenalty(double scale) {
        return scale < NEGLIGIBLE
                ? Optional.of(format(
                        "the penalty is %.1e of the smallest that makes all codes zero, and has almost no effect: the "
                                + "scale of the input does not fit: set inputScaling(true), scale the data (pixels of 0 to 255 with "
                                + "ImagePreProcessingScaler, vectors with UnitNormScaling), or raise the penalty to about a tenth of "
                                + "that smallest one",
                        scale))
                : Optional.empty();
    }

    /** The warning that there is no penalty. */
    public static String noPenalty() {
        return "the penalty is 0, so that nothing makes the codes sparse: set penalty(new L1Penalty(0.1)) or another, at about a "
                + "tenth of the smallest that makes all codes zero";
    }

    /** The warning that the decoder is not trained. */
    public static String untrainedDecoder() {
        return "the decoder D stays random, as the layer was not pre-trained and its unsupervisedWeight is 0, so that its "
                + "reconstructions and energies mean nothing: pre-train it with LayerwisePretrainer before fit(), set "
                + "unsupervisedWeight above 0, or remove the decoder with Decoders.remove(net)";
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
