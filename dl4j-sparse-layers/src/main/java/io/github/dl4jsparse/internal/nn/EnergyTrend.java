package io.github.dl4jsparse.internal.nn;

import java.util.Arrays;

/**
 * Detects a rise of the energy over training: compares the mean of the latest iterations with that of the first.
 * <p>\[ \bar e_0 = \frac1n \sum_{i=1}^{n} e_i, \qquad \bar e_1 = \frac1n \sum_{i=N-n+1}^{N} e_i, \qquad
 * n = \min(100, \lfloor N/2 \rfloor) \]
 * It has risen where \( \bar e_1 - \bar e_0 \) is above 1 % of \( \bar e_0 \) and above five standard errors of the
 * difference: random differences between batches do not count as a rise. For fewer than 20 iterations, which are too
 * few for a standard error, the bound is 10 %.
 * <p>If the energy explodes in the first updates, the first mean is high, too. Therefore it has also risen where \(
 * \bar e_1 \) is above \( 4 e_1 \), where e_1 is the energy before the first update, and each of the latest n is above
 * \( e_1 \).
 */
public final class EnergyTrend {
    /** The largest number of iterations of a mean. */
    public static final int ITERATIONS = 100;

    private final double[] first = new double[ITERATIONS];
    private final double[] latest = new double[ITERATIONS];
    private long count;

    /** Adds the energy of an iteration. */
    public void add(double energy) {
        if (count < ITERATIONS) {
            first[(int) count] = energy;
        }
        latest[(int) (count % ITERATIONS)] = energy;
        count++;
    }

    /** The number N of iterations. */
    public long count() {
        return count;
    }

    /** The number n of iterations that are compared. */
    public int compared() {
        return (int) Math.min(ITERATIONS, count / 2);
    }

    /** The mean of the first n iterations, NaN where there are none. */
    public double start() {
        return mean(starts());
    }

    /** The mean of the latest n iterations, NaN where there are none. */
    public double latest() {
        return mean(ends());
    }

    private double[] starts() {
        return Arrays.copyOf(first, compared());
    }

    private double[] ends() {
        double[] values = new double[compared()];
        for (int i = 0; i < values.length; i++) {
            values[i] = latest[(int) ((count - 1 - i) % ITERATIONS)];
        }
        return values;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** The squared standard error of the mean. */
    private static double squaredError(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values).map(e -> (e - mean) * (e - mean)).sum();
        return squares / Math.max(1, values.length - 1) / values.length;
    }

    /** The energy of the first iteration, before any update; NaN where there is none. */
    public double initial() {
        return count == 0 ? Double.NaN : first[0];
    }

    /** Whether the energy is above its start; also where it is no longer a number. */
    public boolean isRisen() {
        if (compared() == 0) {
            return false;
        }
        double rise = latest() - start();
        boolean above = count < 20
                ? rise > 0.1 * start()
                : rise > 0.01 * start() && rise > 5 * Math.sqrt(squaredError(starts()) + squaredError(ends()));
        return above || isDoubled();
    }

    /**
     * Whether the energy is more than twice that of its start, or more than four times that before the first update; also where it is
     * no longer a number.
     */
    public boolean isDoubled() {
        if (compared() == 0) {
            return false;
        }
        double latest = latest();
        double least = Arrays.stream(ends()).min().orElse(0);
        return !(latest <= 2 * start()) || latest > 4 * initial() && least > initial() && initial() > 0;
    }
}
