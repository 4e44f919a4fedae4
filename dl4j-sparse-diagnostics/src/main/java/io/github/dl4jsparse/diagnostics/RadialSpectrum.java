package io.github.dl4jsparse.diagnostics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The radially averaged power spectrum of an orientation field.
 * <p>\[ P(\kappa) = \frac{\mathrm{mean}_{k : |k| \approx \kappa} |F(k)|^2}{\mathrm{mean}_k |F(k)|^2} \]
 * where F is the Fourier transform of the field without its mean, and |k| is in cycles along the map's longer side. Each
 * ring is one cycle wide, its frequency the mean of its waves' own; the widest ring has two units a cycle. On a map
 * with borders the field is multiplied by a Hann window. A field of one value has the power 0 everywhere.
 * <p>Shapes: {@code frequencies} and {@code power}: one element for each ring that has waves; {@code waves}: the number
 * of waves of each ring.
 */
record RadialSpectrum(double[] frequencies, double[] power, int[] waves) {
    /** Power below this fraction of the field's power, its mean included, is rounding error. */
    private static final double ROUNDING = 1e-24;

    static RadialSpectrum of(OrientationField field) {
        MapGrid grid = field.grid();
        double[] re = field.real();
        double[] im = field.imaginary();
        double all = power(re, im);
        transform(re, im, grid);
        int side = Math.max(grid.height(), grid.width());
        double[] frequencies = new double[side / 2 + 1];
        double[] power = new double[side / 2 + 1];
        int[] waves = new int[side / 2 + 1];
        double total = 0;
        int counted = 0;
        for (int i = 1; i < re.length; i++) {
            double vertical = Math.IEEEremainder((double) (i / grid.width()) / grid.height(), 1);
            double horizontal = Math.IEEEremainder((double) (i % grid.width()) / grid.width(), 1);
            double frequency = side * Math.hypot(vertical, horizontal);
            int ring = (int) Math.rint(frequency);
            if (ring > 0 && ring < power.length) {
                double square = re[i] * re[i] + im[i] * im[i];
                frequencies[ring] += frequency;
                power[ring] += square;
                waves[ring]++;
                total += square;
                counted++;
            }
        }
        double mean = total > ROUNDING * all * re.length ? total / counted : Double.POSITIVE_INFINITY;
        for (int ring = 1; ring < power.length; ring++) {
            frequencies[ring] /= waves[ring];
            power[ring] /= waves[ring] * mean;
        }
        int[] rings =
                IntStream.range(1, power.length).filter(ring -> waves[ring] > 0).toArray();
        return new RadialSpectrum(
                Arrays.stream(rings).mapToDouble(ring -> frequencies[ring]).toArray(),
                Arrays.stream(rings).mapToDouble(ring -> power[ring]).toArray(),
                Arrays.stream(rings).map(ring -> waves[ring]).toArray());
    }

    private static double power(double[] re, double[] im) {
        double sum = 0;
        for (int i = 0; i < re.length; i++) {
            sum += re[i] * re[i] + im[i] * im[i];
        }
        return sum;
    }

    private static void transform(double[] re, double[] im, MapGrid grid) {
        if (!grid.torus()) {
            taper(re, grid);
            taper(im, grid);
        }
        Fourier.transform(re, im, grid.height(), grid.width());
    }

    /** Subtracts the mean that is weighted by a Hann window, and multiplies by the window. */
    private static void taper(double[] values, MapGrid grid) {
        double[] window = new double[values.length];
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < values.length; i++) {
            double vertical = Math.sin(Math.PI * (i / grid.width() + 0.5) / grid.height());
            double horizontal = Math.sin(Math.PI * (i % grid.width() + 0.5) / grid.width());
            window[i] = vertical * vertical * horizontal * horizontal;
            sum += window[i];
            weighted += window[i] * values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = window[i] * (values[i] - weighted / sum);
        }
    }

    /**
     * By how many standard deviations, for unrelated units, the most powerful three neighbouring rings are above the mean.
     * The power of a wave is then distributed exponentially, so that the mean of n waves deviates by 1 / sqrt(n).
     */
    double excess() {
        double greatest = 0;
        for (int ring = 0; ring < power.length; ring++) {
            double sum = 0;
            int count = 0;
            for (int near = Math.max(0, ring - 1); near <= Math.min(power.length - 1, ring + 1); near++) {
                sum += waves[near] * power[near];
                count += waves[near];
            }
            greatest = Math.max(greatest, (sum / count - 1) * Math.sqrt(count));
        }
        return greatest;
    }

    /** The mean of |k|^2 over the squared mean of |k|, each wave with its power; NaN for a field of one value. */
    double relativeSecondMoment() {
        double sum = 0;
        double first = 0;
        double second = 0;
        for (int ring = 0; ring < power.length; ring++) {
            double weight = waves[ring] * power[ring];
            sum += weight;
            first += weight * frequencies[ring];
            second += weight * frequencies[ring] * frequencies[ring];
        }
        return sum * second / (first * first);
    }
}
