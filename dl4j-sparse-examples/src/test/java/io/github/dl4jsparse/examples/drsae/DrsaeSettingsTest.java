package io.github.dl4jsparse.examples.drsae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.examples.drsae.DrsaeSettings.Preset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.schedule.ISchedule;

class DrsaeSettingsTest {
    @Test
    void hasThePapersConstants() {
        DrsaeSettings paper = Preset.PAPER.settings();
        assertEquals(400, paper.units());
        assertEquals(11, paper.iterations());
        assertEquals(0.018, paper.penalty());
        assertEquals(DrsaeSettings.Optimiser.SGD, paper.optimiser());
        assertEquals(10, paper.batch());
        assertEquals(0.05, paper.learningRate(), "5e-3 of a sum over 10 images");
        assertEquals(0.2, paper.classifierFactor());
        assertEquals(0, paper.dropout());
        assertEquals(0.125, paper.encoderNorm(), 1e-12);
        assertEquals(1.25 / 11, paper.stepSize(), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void lowersTheLearningRateLinearly(Preset preset) {
        DrsaeSettings s = preset.settings().withEpochs(11);
        ISchedule schedule = s.schedule(0.5);
        assertEquals(0.5 * s.learningRate(), schedule.valueAt(0, 0), 1e-12);
        assertEquals(0.5 * s.learningRate() * (1 + s.finalLearningRate()) / 2, schedule.valueAt(0, 5), 1e-12);
        assertEquals(0.5 * s.learningRate() * s.finalLearningRate(), schedule.valueAt(0, 10), 1e-12);
        assertEquals(s.learningRate(), s.withEpochs(1).schedule(1).valueAt(0, 0), 1e-12);
    }

    @Test
    void refusesNumbersOutOfRange() {
        DrsaeSettings quick = Preset.QUICK.settings();
        assertThrows(IllegalArgumentException.class, () -> quick.withDropout(1));
        assertThrows(IllegalArgumentException.class, () -> quick.withLearningRate(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> quick.withEpochs(0));
    }
}
