package io.github.dl4jsparse.examples.inhibition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.group.InhibitionMatrix;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlantedRecoveryTest {
    private static final InhibitionMatrix RING = InhibitionMatrix.ring(12, 1, 3, 1);

    /** The area below the corners is the area that is counted pair by pair. */
    @Test
    void theCurveHasItsArea() {
        int[] order = new Random(4).ints(0, 12).distinct().limit(12).toArray();
        PlantedRecovery recovery = new PlantedRecovery(RING, RING.select(order));
        double[][] roc = recovery.roc();
        double area = 0;
        for (int i = 1; i < roc[0].length; i++) {
            area += (roc[0][i] - roc[0][i - 1]) * (roc[1][i] + roc[1][i - 1]) / 2;
        }
        assertEquals(recovery.auc(), area, 1e-12);
        assertEquals(1, roc[0][roc[0].length - 1]);
        assertEquals(1, roc[1][roc[1].length - 1]);
    }

    @Test
    void aPerfectRecovery() {
        PlantedRecovery recovery = new PlantedRecovery(RING, RING);
        assertEquals(1, recovery.auc());
        assertArrayEquals(new double[] {0, 0, 1}, recovery.roc()[0]);
        assertArrayEquals(new double[] {0, 1, 1}, recovery.roc()[1]);
    }
}
