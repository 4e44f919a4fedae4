package io.github.dl4jsparse.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GridTest {
    private static final Grid GRID = Grid.empty()
            .pretraining("penalty", 0.1, 0.2)
            .pretrainingEffort("pretrain epochs", 40, 60)
            .axis("rate", 1e-3, 1e-2, 3e-2)
            .effort("updates", 200);

    @Test
    void theFirstTrialIsTheSettingToStartWith() {
        Setting first = new Setting(Map.of("penalty", 0.1, "pretrain epochs", 40.0, "rate", 1e-3, "updates", 200.0));
        for (long seed = 0; seed < 5; seed++) {
            assertEquals(first, GRID.draw(4, seed).get(0));
        }
    }

    @Test
    void theOthersAreDrawnFromAllCombinationsWithoutRepetition() {
        assertEquals(12, GRID.size());
        List<Setting> all = GRID.draw(12, 1);
        assertEquals(12, new HashSet<>(all).size());
        assertEquals(new HashSet<>(all), new HashSet<>(GRID.draw(12, 2)));
        assertNotEquals(GRID.draw(6, 1), GRID.draw(6, 2));
        assertEquals(GRID.draw(6, 1), GRID.draw(6, 1));
    }

    @Test
    void refusesMoreTrialsThanThereAreSettings() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> GRID.draw(13, 1));
        assertTrue(e.getMessage().contains("--trials must be a number from 1 to the 12 settings"), e.getMessage());
        assertTrue(e.getMessage().endsWith("got 13"), e.getMessage());
    }

    @Test
    void quickTakesTwentyTimesFewerEpochsAndUpdatesAndLeavesTheRest() {
        Setting quick = GRID.quick().draw(1, 1).get(0);
        assertEquals(2, quick.count("pretrain epochs"));
        assertEquals(10, quick.count("updates"));
        assertEquals(1e-3, quick.value("rate"));
        // values that become equal are one
        assertEquals(1, Grid.empty().effort("epochs", 5, 10).quick().size());
    }

    @Test
    void knowsWhatPretrainingDependsOn() {
        Setting part = GRID.pretraining(GRID.draw(1, 1).get(0));
        assertEquals(Map.of("penalty", 0.1, "pretrain epochs", 40.0), part.values());
    }

    @Test
    void refusesAnAxisTwiceAndAValueTwice() {
        assertThrows(IllegalArgumentException.class, () -> GRID.axis("rate", 1));
        assertThrows(IllegalArgumentException.class, () -> Grid.empty().axis("rate", 1, 1));
    }

    @Test
    void isWrittenInOneLine() {
        assertEquals("penalty 0.1/0.2, pretrain epochs 40/60, rate 0.001/0.01/0.03, updates 200", GRID.toString());
        assertEquals("0.00012", Setting.text(1.2e-4));
        assertEquals("100000", Setting.text(1e5));
    }
}
