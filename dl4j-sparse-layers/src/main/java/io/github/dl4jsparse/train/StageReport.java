package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.internal.nn.CodeHealth;
import io.github.dl4jsparse.internal.nn.EnergyTrend;
import io.github.dl4jsparse.internal.nn.TrainingFindings;
import io.github.dl4jsparse.internal.nn.TrainingWatch;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.deeplearning4j.nn.api.Layer;
import org.slf4j.Logger;

/**
 * Logs the pre-training of one layer: one line per epoch, and at the end warnings with remedies. After {@code close},
 * the layer's own watch logs warnings in {@code fit()} again.
 * <p>Units and codes are counted for layers of this library; for others it logs the energy alone.
 */
final class StageReport implements AutoCloseable {
    private final Logger log;
    private final Stage stage;
    private final int epochs;
    private final LongSupplier clock;
    private final long startedAt;
    private final TrainingWatch watch;
    private final EnergyTrend energy = new EnergyTrend();
    private int epochsDone;

    /**
     * Starts with the first epoch, and warns if there is no penalty.
     *
     * @param epochs largest number of epochs of the stage
     * @param clock  in nanoseconds
     */
    StageReport(Logger log, Stage stage, int epochs, LongSupplier clock) {
        this.log = log;
        this.stage = stage;
        this.epochs = epochs;
        this.clock = clock;
        this.startedAt = clock.getAsLong();
        this.watch = stage.layer() instanceof TrainingWatch.Owner own ? own.watch() : null;
        if (watch != null) {
            watch.restart(true);
            watch.withoutPenalty().ifPresent(text -> log.warn("{}: {}", place(), text));
        }
    }

    private String place() {
        return "layer \"" + stage.name() + "\"";
    }

    /** After every update. */
    void batchDone() {
        Layer layer = stage.layer();
        energy.add(
                layer instanceof UnsupervisedLayer sparse ? sparse.lastEnergy().total() : layer.score());
    }

    /**
     * Logs the line of an epoch.
     *
     * @param epoch    from 1
     * @param training mean energy per example
     * @param heldOut  the same of held-out data, null where it was not measured
     */
    void epochDone(int epoch, LossTerms training, LossTerms heldOut) {
        epochsDone++;
        double seconds = (clock.getAsLong() - startedAt) * 1e-9 / epochsDone * (epochs - epoch);
        String other = heldOut == null ? "" : format(" (held-out %.4g)", heldOut.total());
        log.info(format(
                "%s: epoch %d/%d, energy %.4g%s%s, %.0f s left",
                place(), epoch, epochs, training.total(), other, units(), seconds));
    }

    private String units() {
        if (watch == null) {
            return "";
        }
        CodeHealth health = watch.health();
        String text = format(
                ", %.1f of %d units active an example, %d dead",
                health.activeUnits(), health.units(), health.deadUnits(window()));
        health.startCount();
        return text;
    }

    /** The number of examples without activity of a dead unit. */
    private long window() {
        return Math.max(1, Math.min(CodeHealth.WINDOW, watch.health().examples() / Math.max(1, epochsDone)));
    }

    /** Logs all warnings of the stage in one line. */
    void stageDone() {
        List<String> found = new ArrayList<>();
        if (watch != null) {
            CodeHealth health = watch.health();
            TrainingFindings.zeroCodes(health, window(), watch.penaltyScale()).ifPresent(found::add);
            TrainingFindings.deadUnits(health, window()).ifPresent(found::add);
        }
        if (energy.isRisen()) {
            found.add(TrainingFindings.risenEnergy(energy));
        }
        Optional.ofNullable(watch)
                .flatMap(w -> TrainingFindings.negligiblePenalty(w.penaltyScale()))
                .ifPresent(found::add);
        if (!found.isEmpty()) {
            log.warn("{}: {}", place(), String.join("; and ", found));
        }
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.restart(false);
        }
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
