package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;

/**
 * Zero-phase filters of one channel: convolution with a Gaussian, whose response at frequency f is
 * <pre>{@code
 * exp(-ln(2) / 2 (f / c)^2)
 * }</pre>
 * <p>c is the cut-off, where the amplitude of a sine is multiplied by {@code 1 / sqrt(2)}. Signals are padded by
 * reflection.
 */
public final class SignalFilter {
    private static final double CUT_OFF_TIMES_WIDTH = Math.sqrt(Math.log(2)) / (2 * Math.PI);
    private static final double REACH = 4;

    private SignalFilter() {}

    /**
     * A low-pass filter.
     *
     * @param samples at least one. Not modified.
     * @param rate    samples a second
     * @param cutOff  in Hz, above 0
     * @return of the same length
     * @throws IllegalArgumentException if rate or cut-off are not finite and above 0
     */
    public static double[] lowPass(double[] samples, double rate, double cutOff) {
        Args.atLeast("number of samples", Args.given("samples", samples).length, 1);
        double width = CUT_OFF_TIMES_WIDTH / Args.positive("cut-off", cutOff) * Args.positive("rate", rate);
        double[] weights = new double[1 + (int) Math.ceil(REACH * width)];
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            weights[k] = Math.exp(-0.5 * k * k / (width * width));
            sum += k == 0 ? weights[k] : 2 * weights[k];
        }
        double[] filtered = new double[samples.length];
        for (int i = 0; i < filtered.length; i++) {
            double value = weights[0] * samples[i];
            for (int k = 1; k < weights.length; k++) {
                value += weights[k]
                        * (samples[mirrored(i - k, samples.length)] + samples[mirrored(i + k, samples.length)]);
            }
            filtered[i] = value / sum;
        }
        return filtered;
    }

    /**
     * A band-pass filter.
     *
     * @param samples at least one. Not modified.
     * @param rate    samples a second
     * @param low     cut-off in Hz, above 0
     * @param high    cut-off in Hz, above the low one
     * @return of the same length
     * @throws IllegalArgumentException if the frequencies are not as said
     */
    public static double[] bandPass(double[] samples, double rate, double low, double high) {
        if (!(high > low)) {
            throw Args.failure("high cut-off", "above the low one, " + low + " Hz", high);
        }
        double[] slow = lowPass(samples, rate, low);
        double[] band = lowPass(samples, rate, high);
        for (int i = 0; i < band.length; i++) {
            band[i] -= slow[i];
        }
        return band;
    }

    private static int mirrored(int position, int length) {
        int period = 2 * length;
        int at = Math.floorMod(position, period);
        return at < length ? at : period - 1 - at;
    }
}
