package io.github.dl4jsparse.diagnostics;

import java.util.stream.Collectors;

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
        return TrainingMeasure.of(this).stream()
                .filter(measure -> !measure.text(this).isEmpty())
                .map(measure -> measure.label() + " " + measure.text(this))
                .collect(Collectors.joining(
                        ", ", String.format("layer %s, update %d, epoch %d: ", layer, updates, epochs), ""));
    }
}
