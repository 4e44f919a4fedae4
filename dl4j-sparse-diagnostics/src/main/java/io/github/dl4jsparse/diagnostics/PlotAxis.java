package io.github.dl4jsparse.diagnostics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * An axis of a diagram from one round number to another.
 *
 * @param step between two ticks
 */
record PlotAxis(double low, double high, double step) {
    private static final int TICKS = 6;

    /** Round numbers around values, from 0 where that is not far. */
    static PlotAxis of(double[] values) {
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        if (low > 0 && low < 0.6 * high) {
            low = 0;
        }
        if (high == low) {
            high = low + Math.max(1e-12, Math.abs(low));
        }
        return new PlotAxis(low, high, 0).withStep(round(high - low));
    }

    /** The range in steps of another length. */
    PlotAxis withStep(double step) {
        double from = step * Math.floor(low / step + 1e-9);
        double to = step * Math.ceil(high / step - 1e-9);
        return new PlotAxis(from, Math.max(to, from + step), step);
    }

    /** A round number of which about {@link #TICKS} fit. */
    private static double round(double range) {
        double power = Math.pow(10, Math.floor(Math.log10(range / TICKS)));
        for (double digit : new double[] {1, 2, 5}) {
            if (digit * power * TICKS >= range) {
                return digit * power;
            }
        }
        return 10 * power;
    }

    /** How far a value lies from the low end, 1 at the high end. */
    double share(double value) {
        return (value - low) / (high - low);
    }

    /** The values of all ticks. */
    double[] ticks() {
        int count = (int) Math.round((high - low) / step) + 1;
        double[] ticks = new double[count];
        for (int i = 0; i < count; i++) {
            ticks[i] = low + i * step;
        }
        return ticks;
    }

    /** Four digits, without zeros at the end. */
    static String text(double value) {
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
