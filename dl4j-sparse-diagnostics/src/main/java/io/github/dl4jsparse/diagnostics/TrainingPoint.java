package io.github.dl4jsparse.diagnostics;

import java.util.stream.Collectors;

/**
 * The measurement of one layer at one point of its training.
 *
 * @param layer       its name; its index in a network where it has none
 * @param pretraining whether the layer was trained without labels and alone, by layer-wise pre-training
 * @param updates     number of updates of the layer since its monitor was attached, pre-training included
 * @param epochs      number of complete epochs among them
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
