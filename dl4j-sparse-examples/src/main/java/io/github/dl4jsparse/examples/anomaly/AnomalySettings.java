package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.task.AnomalyDetector;
import io.github.dl4jsparse.task.AnomalyDetectorBuilder;

/**
 * The settings of a run, as {@code result.json} has them.
 *
 * @param falseAlarms share of good examples that may be called anomalous
 * @param units       atoms
 * @param robust      whether unmarked odd examples among the good ones are allowed for
 * @param updates     of the dictionary
 * @param patch       side of a patch in pixels; 0 for the detector's choice
 */
record AnomalySettings(double falseAlarms, int units, boolean robust, int updates, int patch) {
    AnomalyDetectorBuilder builder(long seed) {
        AnomalyDetectorBuilder builder = AnomalyDetector.builder()
                .falseAlarms(falseAlarms)
                .units(units)
                .robust(robust)
                .updates(updates)
                .seed(seed);
        return patch == 0 ? builder : builder.patch(patch, patch);
    }
}
