package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
    /** The k-th greatest positive value by sorting. */
    private static double sorted(double[] values, int k) {
        double[] positive = DoubleStream.of(values).filter(v -> v > 0).sorted().toArray();
        return k > positive.length ? 0 : positive[positive.length - k];
    }

    @Test
    void isThatOfSorting() {
        Random random = new Random(1);
        for (int length = 1; length < 30; length++) {
            double[] values = random.doubles(length, -1, 2).toArray();
            double[] ties = DoubleStream.of(values).map(v -> Math.rint(3 * v)).toArray();
            double[] before = values.clone();
            for (int k = 1; k <= length + 2; k++) {
                assertEquals(sorted(values, k), Selection.greatest(values, length, k));
                assertEquals(sorted(ties, k), Selection.greatest(ties, length, k));
            }
            assertArrayEquals(before, values);
        }
    }

    @Test
    void isZeroWhereTooFewArePositive() {
        assertEquals(0, Selection.greatest(new double[] {-1, 0, 4, 7}, 4, 3));
        assertEquals(4, Selection.greatest(new double[] {-1, 0, 4, 7}, 4, 2));
        assertEquals(0, Selection.greatest(new double[] {4, 7, 5}, 1, 2));
        assertEquals(0, Selection.greatest(new double[0], 0, 1));
        assertEquals(0, Selection.greatest(new double[] {-3, -2}, 2, 1));
    }
}
