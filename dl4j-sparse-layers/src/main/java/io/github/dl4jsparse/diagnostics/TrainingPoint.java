package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.nn.common.EnergyTerms;
import java.util.Locale;

/**
 * How one layer was at one time of its training.
 *
 * @param layer       its name; its index in a network where it has none
 * @param pretraining whether the layer was trained without labels and alone, by layer-wise pre-training
 * @param updates     how often the layer had been updated since its monitor began to watch, pre-training included
 * @param epochs      how many epochs of these were complete
 * @param measurement on the probe batch
 */
public record TrainingPoint(String layer, boolean pretraining, long updates, int epochs, LayerMeasurement measurement) {

    /** One line for a log; what was not measured is left out. */
    String text() {
        EnergyTerms energy = measurement.energy();
        StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, "layer %s, update %d, epoch %d", layer, updates, epochs));
        text.append(String.format(
                Locale.ROOT,
                ": energy %.4g (reconstruction %.4g, penalty %.4g)",
                energy.total(),
                energy.reconstruction(),
                energy.penalty()));
        append(text, ", active units %.1f", measurement.meanActiveUnits());
        append(text, ", active groups %.1f", measurement.meanActiveGroups());
        append(text, ", dead %.1f %%", 100 * measurement.deadFraction());
        append(text, ", explained variance %.3f", measurement.explainedVariance());
        append(text, ", coherence %.3f", measurement.coherence());
        append(text, ", excess %.4f", measurement.excess());
        return text.toString();
    }

    private static void append(StringBuilder text, String format, double value) {
        if (!Double.isNaN(value)) {
            text.append(String.format(Locale.ROOT, format, value));
        }
    }
}
