package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.nn.LossTerms;
import org.junit.jupiter.api.Test;

class TrainingPointTest {
    @Test
    void isOneLineOfWhatWasMeasured() {
        LayerMeasurement measurement =
                new LayerMeasurement(LossTerms.of(2, 1), 4.25, Double.NaN, 0.125, 0.5, 0.75, Double.NaN);
        assertEquals(
                "layer code, update 20, epoch 3: energy 3.000, reconstruction 2.000, penalty 1.000, active elements 4.250,"
                        + " zero on the probe 0.1250, explained variance 0.5000, coherence 0.7500",
                new TrainingPoint("code", false, 20, 3, measurement).text());
    }
}
