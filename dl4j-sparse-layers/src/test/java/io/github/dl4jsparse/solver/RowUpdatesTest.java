package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RowUpdatesTest {
    @Test
    void subtractsEveryNumberOfRowsInBothPrecisions() {
        Random random = new Random(1);
        double[][] rows = new double[11][];
        float[][] single = new float[rows.length][37];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.doubles(37, -1, 1).toArray();
            for (int j = 0; j < 37; j++) {
                single[i][j] = (float) rows[i][j];
            }
        }
        int[] indices = {3, 0, 10, 3, 7, 1, 9, 2, 4, 99};
        double[] factors = random.doubles(indices.length, -2, 2).toArray();
        for (int count = 0; count < 10; count++) {
            double[] expected = new double[37];
            for (int j = 0; j < 37; j++) {
                expected[j] = j;
                for (int k = 0; k < count; k++) {
                    expected[j] -= factors[k] * rows[indices[k]][j];
                }
            }
            double[] target = new double[37];
            float[] rough = new float[37];
            double[] widened = new double[37];
            for (int j = 0; j < 37; j++) {
                target[j] = j;
                rough[j] = j;
            }
            RowUpdates.subtract(rows, indices, factors, count, target);
            RowUpdates.subtract(single, indices, factors, count, rough);
            for (int j = 0; j < 37; j++) {
                widened[j] = rough[j];
            }
            assertArrayEquals(expected, target, 1e-13);
            assertArrayEquals(expected, widened, 1e-5);
        }
    }
}
