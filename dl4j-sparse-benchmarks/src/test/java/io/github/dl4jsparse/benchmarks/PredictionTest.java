package io.github.dl4jsparse.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.internal.parallel.TaskRecording;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {
    @Test
    void followsFromTheTimesOfTheParts() {
        Prediction prediction =
                Prediction.of("a step", new TaskRecording(100, List.of(new long[] {40, 40}, new long[] {5, 5, 5})));
        assertEquals(0.05, prediction.serialShare(), 1e-12);
        assertEquals(2, prediction.calls());
        assertEquals(1, prediction.speedUp(1), 1e-12);
        assertEquals(100.0 / (5 + 40 + 10), prediction.speedUp(2), 1e-12);
        assertEquals(2, prediction.speedUp(64), 1e-12, "two large parts bound it");
        assertEquals(64, prediction.speedUps().size());
    }
}
