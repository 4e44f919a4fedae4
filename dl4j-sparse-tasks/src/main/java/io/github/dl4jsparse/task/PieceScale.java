package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;

/**
 * Scales pieces so that those of good examples have mean 0 and mean squared norm 1: {@code (x - shift) * factor}.
 *
 * @param shift  mean of each element of a piece. Not modified.
 * @param factor equal for all elements of an image or signal, which keeps its shape; for a vector, whose elements have
 *      different units, one over the standard deviation of each element and the square root of their count. Not
 *      modified.
 */
record PieceScale(double[] shift, double[] factor) {
    /**
     * Lower bound of the deviation of an element, as a fraction of the mean deviation: an element that never varies
     * gets this deviation.
     */
    private static final double LEAST_DEVIATION = 1e-3;

    /** @throws IllegalArgumentException if a number is not finite, or a factor not above 0 */
    PieceScale {
        if (Args.given("shift", shift).length != Args.given("factor", factor).length) {
            throw Args.failure("factor", "of length " + shift.length, factor.length);
        }
        for (int i = 0; i < shift.length; i++) {
            if (!Double.isFinite(shift[i])) {
                throw Args.failure("shift[" + i + "]", "finite", shift[i]);
            }
            Args.positive("factor[" + i + "]", factor[i]);
        }
    }

    /**
     * The scale of rows.
     *
     * @param rows    {@code [count * size]}. Not modified.
     * @param ofUnits whether each element has a unit of its own
     */
    static PieceScale of(float[] rows, int size, boolean ofUnits) {
        int count = rows.length / size;
        double[] mean = new double[size];
        double[] variance = new double[size];
        for (int i = 0; i < rows.length; i++) {
            mean[i % size] += rows[i] / (double) count;
        }
        for (int i = 0; i < rows.length; i++) {
            double difference = rows[i] - mean[i % size];
            variance[i % size] += difference * difference / count;
        }
        double[] factor = new double[size];
        double average = Math.sqrt(Arrays.stream(variance).average().orElse(0));
        double usual = average > 0 ? average : 1;
        for (int i = 0; i < size; i++) {
            double deviation = ofUnits ? Math.max(Math.sqrt(variance[i]), LEAST_DEVIATION * usual) : usual;
            factor[i] = 1 / (deviation * Math.sqrt(size));
        }
        return new PieceScale(mean, factor);
    }

    /** Scales rows in place. */
    void apply(float[] rows) {
        for (int i = 0; i < rows.length; i++) {
            int k = i % shift.length;
            rows[i] = (float) ((rows[i] - shift[k]) * factor[k]);
        }
    }

    /** The inverse, in place. */
    void undo(float[] rows) {
        for (int i = 0; i < rows.length; i++) {
            int k = i % shift.length;
            rows[i] = (float) (rows[i] / factor[k] + shift[k]);
        }
    }
}
