package io.github.dl4jsparse.examples.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StackSettingsTest {
    private final StackSettings digits = StackSettings.forImages(8, 8);

    @Test
    void updatesOfAllLayersDependLittleOnTheNumberOfLabels() {
        for (int labels : new int[] {100, 300, 1000, 1150}) {
            int batches = (labels + digits.batch() - 1) / digits.batch();
            int updates = digits.epochs(labels) * batches;
            assertTrue(updates >= digits.updates() && updates < digits.updates() + batches, labels + ": " + updates);
        }
        assertEquals(3, digits.withEpochs(3).epochs(1000), "what was given counts");
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
        String message = assertThrows(IllegalArgumentException.class, () -> digits.withPretrainEpochs(0))
                .getMessage();
        assertTrue(message.contains("--pretrain-epochs"), message);
    }
}
