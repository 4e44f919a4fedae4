package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExceedingTest {
    private static final double[] SLOPE = {0.5, -3, 2, 1, -1, 7, -0.1, 2.5};

    private static int[] found(boolean isSingle, boolean nonNegative, double lambda) {
        int[] found = new int[SLOPE.length + 1];
        float[] single = new float[SLOPE.length];
        for (int i = 0; i < single.length; i++) {
            single[i] = (float) SLOPE[i];
        }
        int count = isSingle
                ? Exceeding.find(single, lambda, nonNegative, found)
                : Exceeding.find(SLOPE, lambda, nonNegative, found);
        return Arrays.copyOf(found, count);
    }

    @Test
    void findsWhatIsAboveTheWeight() {
        for (boolean isSingle : new boolean[] {true, false}) {
            assertArrayEquals(new int[] {1, 2, 5, 7}, found(isSingle, false, 1));
            assertArrayEquals(new int[] {2, 5, 7}, found(isSingle, true, 1));
            assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, found(isSingle, false, 0.01));
            assertEquals(0, found(isSingle, false, 7).length);
        }
    }

    @Test
    void largestCountsOneSignOrBothAndIsNaNOfOne() {
        assertEquals(7, Exceeding.largest(SLOPE, false));
        assertEquals(8, Exceeding.largest(new double[] {-8, 7}, false));
        assertEquals(7, Exceeding.largest(new double[] {-8, 7}, true));
        assertEquals(0, Exceeding.largest(new double[] {-8}, true));
        assertTrue(Double.isNaN(Exceeding.largest(new double[] {1, Double.NaN, 9}, false)));
        assertTrue(Double.isNaN(Exceeding.largest(new double[] {1, Double.NaN, 9}, true)));
    }
}
