package io.github.dl4jsparse.examples.drsae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.drsae.DrsaeSettings.Preset;
import io.github.dl4jsparse.examples.run.ParsedSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.schedule.ISchedule;

class DrsaeSettingsTest {
    @Test
    void hasThePapersConstants() {
        DrsaeSettings paper = ParsedSettings.checked(new DrsaeSettings(), "--preset", "paper");
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
        DrsaeSettings s = settings(preset, "--epochs", "11");
        ISchedule schedule = s.schedule(0.5);
        assertEquals(0.5 * s.learningRate(), schedule.valueAt(0, 0), 1e-12);
        assertEquals(0.5 * s.learningRate() * (1 + s.finalLearningRate()) / 2, schedule.valueAt(0, 5), 1e-12);
        assertEquals(0.5 * s.learningRate() * s.finalLearningRate(), schedule.valueAt(0, 10), 1e-12);
        assertEquals(
                s.learningRate(), settings(preset, "--epochs", "1").schedule(1).valueAt(0, 0), 1e-12);
    }

    @Test
    void refusesNumbersOutOfRange() {
        for (String wrong : List.of("--dropout 1", "--learning-rate NaN", "--epochs 0", "--images 0")) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> settings(Preset.QUICK, wrong.split(" ")), wrong);
            assertTrue(e.getMessage().startsWith(wrong.split(" ")[0]), e.getMessage());
        }
    }

    @Test
    void whatIsGivenCountsMoreThanThePresetAndTheQuickRun() {
        DrsaeSettings s = settings(Preset.BEST, "--quick", "--epochs", "7", "--units", "9");
        assertEquals(7, s.epochs());
        assertEquals(9, s.units());
        assertEquals(1, s.pretrainEpochs(), "of the quick run");
        assertEquals(11, s.iterations(), "of the preset");
        assertEquals(1e-3, s.pretrainLearningRate());
    }

    @Test
    void valuesHaveTheNamesOfTheOptions() {
        Map<String, Object> values = settings(Preset.PAPER).values();
        assertEquals(400, values.get("units"));
        assertEquals(0.05, values.get("learningRate"));
        assertEquals(DrsaeSettings.Optimiser.SGD, values.get("optimiser"));
        assertFalse(values.containsKey("out") || values.containsKey("force"), values.toString());
    }

    private static DrsaeSettings settings(Preset preset, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--preset", preset.toString()));
        arguments.addAll(List.of(more));
        return ParsedSettings.checked(new DrsaeSettings(), arguments.toArray(String[]::new));
    }
}
