package io.github.dl4jsparse.internal.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgsTest {
    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void atLeastTakesTheMinimumAndMore() {
        assertEquals(1, Args.atLeast("steps", 1, 1));
        assertEquals(7, Args.atLeast("steps", 7, 1));
        refused("steps must be at least 1, got 0", () -> Args.atLeast("steps", 0, 1));
        refused("steps must be at least -3, got -4", () -> Args.atLeast("steps", -4, -3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void positiveRefuses(double value) {
        refused("rate must be finite and > 0, got " + value, () -> Args.positive("rate", value));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-Double.MIN_VALUE, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void nonNegativeRefuses(double value) {
        refused("weight must be finite and >= 0, got " + value, () -> Args.nonNegative("weight", value));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.NEGATIVE_INFINITY})
    void boundRefuses(double value) {
        refused("norm must be > 0 (infinity for no bound), got " + value, () -> Args.bound("norm", value));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.24, 0.76, Double.NaN, Double.POSITIVE_INFINITY})
    void inRangeRefuses(double value) {
        refused("share must be from 0.25 to 0.75, got " + value, () -> Args.inRange("share", value, 0.25, 0.75));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6})
    void integersInRangeRefuse(int value) {
        refused("size must be from 2 to 5, got " + value, () -> Args.inRange("size", value, 2, 5));
        assertEquals(2, Args.inRange("size", 2, 2, 5));
        assertEquals(5, Args.inRange("size", 5, 2, 5));
    }

    @Test
    void goodValuesComeBackUnchanged() {
        assertEquals(Double.MIN_VALUE, Args.positive("rate", Double.MIN_VALUE));
        assertEquals(0.0, Args.nonNegative("weight", 0));
        assertEquals(Double.POSITIVE_INFINITY, Args.bound("norm", Double.POSITIVE_INFINITY));
        assertEquals(0.25, Args.inRange("share", 0.25, 0.25, 0.75));
        assertEquals(0.75, Args.inRange("share", 0.75, 0.25, 0.75));
        String text = "a";
        assertSame(text, Args.given("text", text));
    }

    @Test
    void missingArgumentIsNamed() {
        refused("penalty must be given, got null", () -> Args.given("penalty", null));
    }

    @Test
    void subsetIsInRangeAndAscending() {
        int[] chosen = {0, 2, 3};
        assertSame(chosen, Args.subset("kept", chosen, 4));
        refused("number of kept must be at least 1, got 0", () -> Args.subset("kept", new int[0], 4));
        refused("kept must be from 0 to 3, got 4", () -> Args.subset("kept", new int[] {1, 4}, 4));
        refused("kept must be from 0 to 3, got -1", () -> Args.subset("kept", new int[] {-1, 1}, 4));
        refused(
                "kept must be in ascending order, none twice, got 2 before 1",
                () -> Args.subset("kept", new int[] {2, 1}, 4));
        refused(
                "kept must be in ascending order, none twice, got 2 before 2",
                () -> Args.subset("kept", new int[] {2, 2}, 4));
    }
}
