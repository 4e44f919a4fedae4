package io.github.dl4jsparse.energy;

import java.util.Arrays;

/**
 * Scaling of codes whose squares over- or underflow in double precision: penalties that are norms divide by the largest
 * magnitude, and multiply the result by it.
 */
final class Magnitude {
    private Magnitude() {}

    /** The largest magnitude where squares may over- or underflow, else 1; 1 too for zeros, NaN and infinite numbers. */
    static double of(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        boolean isExtreme = largest < 1e-100 || largest > 1e100;
        return isExtreme && largest > 0 && largest < Double.POSITIVE_INFINITY ? largest : 1;
    }

    /** The values divided by a magnitude; the array itself, not a copy, where that is 1. */
    static double[] divided(double[] values, double magnitude) {
        return magnitude == 1
                ? values
                : Arrays.stream(values).map(value -> value / magnitude).toArray();
    }

    /** Writes values times a magnitude; does nothing where both arrays are the same. */
    static void write(double[] values, double magnitude, double[] target) {
        for (int i = 0; i < target.length && values != target; i++) {
            target[i] = magnitude * values[i];
        }
    }
}
