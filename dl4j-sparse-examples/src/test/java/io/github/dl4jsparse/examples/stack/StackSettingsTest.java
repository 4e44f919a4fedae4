package io.github.dl4jsparse.examples.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.run.ParsedSettings;
import org.junit.jupiter.api.Test;

class StackSettingsTest {
    private final StackSettings digits = settings();

    private static StackSettings settings(String... arguments) {
        return ParsedSettings.of(new StackSettings(), arguments).forImages(8, 8);
    }

    @Test
    void sizesFollowTheImages() {
        assertEquals(new Stage(16, 3, 2, 1, .05, .3), digits.first());
        assertEquals(new Stage(48, 3, 3, 2, .05, .3), digits.second());
        StackSettings mnist = ParsedSettings.of(new StackSettings()).forImages(28, 28);
        assertEquals(new Stage(32, 7, 4, 3, .1, 1), mnist.first());
        assertEquals(new Stage(64, 5, 3, 3, .1, .5), mnist.second());
        assertEquals(2, mnist.pretrainEpochs());
    }

    @Test
    void updatesOfAllLayersDependLittleOnTheNumberOfLabels() {
        for (int labels : new int[] {100, 300, 1000, 1150}) {
            int batches = (labels + digits.batch() - 1) / digits.batch();
            int updates = digits.epochs(labels) * batches;
            assertTrue(updates >= digits.updates() && updates < digits.updates() + batches, labels + ": " + updates);
        }
        assertEquals(3, settings("--epochs", "3").epochs(1000), "what was given counts");
    }

    @Test
    void batchesOfTheClassifierAloneGrowWithTheLabels() {
        assertEquals(digits.batch(), digits.headBatch(100));
        assertEquals(30, digits.headBatch(300));
        assertEquals(100, digits.headBatch(1000));
        assertEquals(200, digits.headBatch(60_000));
    }

    @Test
    void numbersOutOfRangeAreRefusedByTheirOptions() {
        String message = assertThrows(IllegalArgumentException.class, () -> settings("--pretrain-epochs", "0"))
                .getMessage();
        assertTrue(message.contains("--pretrain-epochs"), message);
        message = assertThrows(IllegalArgumentException.class, () -> settings("--maps", "3"))
                .getMessage();
        assertTrue(message.contains("two numbers, the lower stage first, got [3]"), message);
    }
}
