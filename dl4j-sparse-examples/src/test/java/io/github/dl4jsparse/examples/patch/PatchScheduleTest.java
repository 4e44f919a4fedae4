package io.github.dl4jsparse.examples.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.data.PatchSampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.schedule.ISchedule;

class PatchScheduleTest {
    private static final PatchSchedule SCHEDULE = new PatchSchedule(0.5, 16, new PatchSampling(12, 1000, 100, 200), 1);

    @ParameterizedTest
    @CsvSource({"16, 1, 16", "16, .5, 10", "2, .5, 1", "1, .5, 1", "30, .999, 18"})
    void prunesAfterFiveEighthsOfTheEpochs(int epochs, double pruneTo, int before) {
        PatchSchedule schedule = SCHEDULE.withEpochs(epochs).withPruneTo(pruneTo);
        assertEquals(before, schedule.epochsBeforePruning());
        assertEquals(epochs - before, schedule.epochsAfterPruning());
    }

    @Test
    void isPrunedWhereNotAllUnitsStay() {
        assertFalse(SCHEDULE.isPruned());
        assertTrue(SCHEDULE.withPruneTo(0.5).isPruned());
    }

    @Test
    void fallsToATwentieth() {
        ISchedule rate = SCHEDULE.rate();
        assertEquals(0.5, rate.valueAt(0, 0), 1e-12);
        assertEquals(0.5 * 0.525, (rate.valueAt(0, 7) + rate.valueAt(0, 8)) / 2, 1e-12);
        assertEquals(0.025, rate.valueAt(0, 15), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1, --learning-rate", ".5, 0, 1, --epochs", ".5, 1, 1.5, --prune-to", ".5, 1, -.1, --prune-to"})
    void namesWhatIsOutOfItsRange(double rate, int epochs, double pruneTo, String option) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> new PatchSchedule(rate, epochs, SCHEDULE.sampling(), pruneTo));
        assertTrue(e.getMessage().startsWith(option + " "), e.getMessage());
    }
}
