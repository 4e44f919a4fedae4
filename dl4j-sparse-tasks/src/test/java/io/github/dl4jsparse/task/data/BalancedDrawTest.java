package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BalancedDrawTest {
    /** 40 examples of class 0, 20 of class 1, 3 of class 2. */
    private static final int[] CLASSES = IntStream.concat(
                    IntStream.concat(
                            IntStream.range(0, 40).map(i -> 0),
                            IntStream.range(0, 20).map(i -> 1)),
                    IntStream.range(0, 3).map(i -> 2))
            .toArray();

    private static long[] counts(int[] drawn) {
        return IntStream.range(0, 3)
                .mapToLong(
                        c -> Arrays.stream(drawn).filter(i -> CLASSES[i] == c).count())
                .toArray();
    }

    @Test
    void drawsAsManyOfEachClassAsPossible() {
        assertArrayEquals(new long[] {3, 3, 3}, counts(BalancedDraw.of(CLASSES, 9, 1)));
        // class 2 has no more than 3
        assertArrayEquals(new long[] {9, 8, 3}, counts(BalancedDraw.of(CLASSES, 20, 1)));
        assertArrayEquals(new long[] {40, 20, 3}, counts(BalancedDraw.of(CLASSES, CLASSES.length, 1)));
    }

    @Test
    void drawsNoExampleTwiceAndTheSameForTheSameSeed() {
        int[] drawn = BalancedDraw.of(CLASSES, 30, 5);
        assertEquals(30, Arrays.stream(drawn).distinct().count());
        assertArrayEquals(drawn, BalancedDraw.of(CLASSES, 30, 5));
        assertFalse(Arrays.equals(drawn, BalancedDraw.of(CLASSES, 30, 6)));
    }

    @Test
    void refusesMoreThanThereAre() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> BalancedDraw.of(CLASSES, 64, 1));
        assertEquals("labels must be a number from 1 to the 63 examples, got 64", e.getMessage());
    }
}
