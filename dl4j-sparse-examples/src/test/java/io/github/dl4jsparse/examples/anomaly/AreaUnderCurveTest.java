package io.github.dl4jsparse.examples.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AreaUnderCurveTest {
    @Test
    void isTheShareOfPairsInOrder() {
        Random random = new Random(1);
        double[] scores = new double[200];
        boolean[] odd = new boolean[200];
        for (int i = 0; i < scores.length; i++) {
            odd[i] = random.nextInt(3) == 0;
            scores[i] = random.nextInt(20) + (odd[i] ? 4 : 0);
        }
        double pairs = 0;
        double inOrder = 0;
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 200; j++) {
                if (odd[i] && !odd[j]) {
                    pairs++;
                    inOrder += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        assertEquals(inOrder / pairs, AreaUnderCurve.of(scores, odd), 1e-12);
    }

    @Test
    void wantsBothKinds() {
        assertEquals(
                "number of odd examples must be at least 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> AreaUnderCurve.of(new double[1], new boolean[1]))
                        .getMessage());
    }
}
