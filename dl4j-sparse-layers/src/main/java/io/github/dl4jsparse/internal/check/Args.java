package io.github.dl4jsparse.internal.check;

import java.util.Locale;

/**
 * Argument checks with one vocabulary of messages: name, rule, value.
 * <p>Every comparison is written so that NaN fails. Each method returns its argument, so that it can be used in an
 * assignment.
 */
public final class Args {
    private Args() {}

    /**
     * Requires an integer of at least {@code minimum}.
     *
     * @throws IllegalArgumentException if {@code value < minimum}
     */
    public static int atLeast(String name, int value, int minimum) {
        if (value < minimum) {
            throw failure(name, "at least " + minimum, value);
        }
        return value;
    }

    /**
     * Requires an integer from {@code low} to {@code high}.
     *
     * @throws IllegalArgumentException if {@code value} is outside
     */
    public static int inRange(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw failure(name, "from " + low + " to " + high, value);
        }
        return value;
    }

    /**
     * Requires a finite number above zero.
     *
     * @throws IllegalArgumentException if {@code value} is zero, negative, infinite or NaN
     */
    public static double positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw failure(name, "finite and > 0", value);
        }
        return value;
    }

    /**
     * Requires a finite number of zero or more.
     *
     * @throws IllegalArgumentException if {@code value} is negative, infinite or NaN
     */
    public static double nonNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw failure(name, "finite and >= 0", value);
        }
        return value;
    }

    /**
     * Requires a number above zero that may be infinite: a bound, where infinity means no bound.
     *
     * @throws IllegalArgumentException if {@code value} is zero, negative or NaN
     */
    public static double bound(String name, double value) {
        if (!(value > 0)) {
            throw failure(name, "> 0 (infinity for no bound)", value);
        }
        return value;
    }

    /**
     * Requires a number in the closed interval from {@code low} to {@code high}.
     *
     * @throws IllegalArgumentException if {@code value} is outside or NaN
     */
    public static double inRange(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw failure(name, String.format(Locale.ROOT, "from %s to %s", low, high), value);
        }
        return value;
    }

    /**
     * Requires an argument that is not null.
     *
     * @throws IllegalArgumentException if {@code value} is null
     */
    public static <T> T given(String name, T value) {
        if (value == null) {
            throw failure(name, "given", null);
        }
        return value;
    }

    /**
     * Requires a non-empty subset of the indices from 0 to {@code total - 1}, in ascending order, none twice.
     *
     * @param chosen not modified
     * @throws IllegalArgumentException if none is chosen, or a number is out of range or not above the one before
     */
    public static int[] subset(String name, int[] chosen, int total) {
        atLeast("number of " + name, given(name, chosen).length, 1);
        for (int i = 0; i < chosen.length; i++) {
            if (chosen[i] < 0 || chosen[i] >= total) {
                throw failure(name, "from 0 to " + (total - 1), chosen[i]);
            }
            if (i > 0 && chosen[i] <= chosen[i - 1]) {
                throw failure(name, "in ascending order, none twice", chosen[i - 1] + " before " + chosen[i]);
            }
        }
        return chosen;
    }

    /** The exception for a rule of the caller's own, in the common form. */
    public static IllegalArgumentException failure(String name, String rule, Object value) {
        return new IllegalArgumentException(name + " must be " + rule + ", got " + value);
    }
}
