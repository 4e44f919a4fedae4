package io.github.dl4jsparse.ui;

import io.github.dl4jsparse.diagnostics.LayerMeasurement;
import io.github.dl4jsparse.diagnostics.TrainingPoint;
import io.github.dl4jsparse.nn.LossTerms;

/** Points of training in which all values differ. */
final class Points {
    private Points() {}

    static TrainingPoint of(String layer, long updates) {
        LayerMeasurement measurement = new LayerMeasurement(
                LossTerms.of(1.5 / updates, 0.25 / updates).with(LossTerms.PREDICTION, 0.125),
                7,
                Double.NaN,
                0.0625,
                1 - 0.5 / updates,
                Double.MIN_VALUE,
                -0.0);
        return new TrainingPoint(layer, updates < 3, updates, (int) updates / 2, measurement);
    }
}
