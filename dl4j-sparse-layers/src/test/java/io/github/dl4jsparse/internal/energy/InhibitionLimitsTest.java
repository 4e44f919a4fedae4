package io.github.dl4jsparse.internal.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class InhibitionLimitsTest {
    private static final InhibitionMatrix RING = InhibitionMatrix.ring(8, 0, 3, 0.3);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theNearestMatrixKeepsAllLimitsAtOnce(boolean masked) {
        INDArray s = Samples.gaussian(1, 8, 8);
        InhibitionLimits limits = new InhibitionLimits(8, 1.5, 0.6, masked ? RING : null, false);
        limits.project(s);
        for (int i = 0; i < 8; i++) {
            double sum = 0;
            for (int j = 0; j < 8; j++) {
                double entry = s.getDouble(i, j);
                assertTrue(entry >= 0 && entry <= 0.6);
                assertEquals(entry, s.getDouble(j, i));
                assertTrue(i != j && !(masked && RING.get(i, j) == 0) || entry == 0);
                sum += entry;
            }
            assertEquals(1.5, sum, 1e-9);
        }
        INDArray again = s.dup();
        limits.project(again);
        assertEquals(0, Samples.distance(s, again), 1e-9);
    }

    @Test
    void refusesLimitsThatNoMatrixMeetsAndMatricesOfAnotherSize() {
        assertThrows(IllegalArgumentException.class, () -> new InhibitionLimits(0, 1, 1, null, false));
        assertThrows(IllegalArgumentException.class, () -> new InhibitionLimits(5, 1, 1, RING, false));
        assertThrows(IllegalArgumentException.class, () -> new InhibitionLimits(8, 1.5, 0.2, null, false));
        InhibitionLimits limits = new InhibitionLimits(8, 1.5, 0.6, null, true);
        INDArray other = Samples.gaussian(1, 7, 8);
        assertThrows(IllegalArgumentException.class, () -> limits.project(other));
    }
}
