package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.parallel.Tasks;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The spacing of columns of equal orientation, from the peak of a map's power spectrum, and whether that peak is
 * significant.
 * <p>\[ \Lambda = \frac{\max(h, w)}{k^*}, \qquad
 * P(k) \approx a_0 e^{-(k - k^*)^2 / 2 a_2^2} + a_3 + a_4 k + a_5 k^2 \]
 * where P is the mean power of the field {@code exp(2 i theta)} over waves of k cycles along the longer side, in multiples
 * of the mean over all waves. Unrelated units have P = 1 at every k, up to chance: p is the share of 1 + n fields, this one
 * and n with the units in other positions, whose greatest excess of power is not less. The spacing exists where p is at
 * most {@value #SIGNIFICANT}, and the fit has its top to the right of the first ring, so that power doesn't just fall
 * from the longest waves on.
 * <p>Take the field before any smoothing, which changes the spectrum. On a map with borders a Hann window is laid over it.
 * The fit needs rings: on maps whose longer side is below 8 there is no spacing.
 * <p>Reference: Kaschube et al., Universality in the evolution of orientation columns in the visual cortex, Science 330,
 * 2010 (spacing); Phipson and Smyth, Permutation p-values should never be zero, Statistical Applications in Genetics and
 * Molecular Biology 9, 2010.
 */
public final class ColumnSpacing {
    /** A usual number of permutations; the smallest p is then 1/200. */
    public static final int PERMUTATIONS = 199;
    /** A spectrum with a greater p counts as flat. */
    public static final double SIGNIFICANT = 0.01;

    private static final double ROUNDING = 1e-12;

    private final int side;
    private final RadialSpectrum spectrum;
    private final SpectrumPeak peak;
    private final double pValue;

    private ColumnSpacing(int side, RadialSpectrum spectrum, SpectrumPeak peak, double pValue) {
        this.side = side;
        this.spectrum = spectrum;
        this.peak = peak;
        this.pValue = pValue;
    }

    /**
     * Measures a field.
     *
     * @param field        not smoothed
     * @param permutations at least 99, so that p can be {@value #SIGNIFICANT}; {@value #PERMUTATIONS} is usual
     * @param seed         of the permutations
     * @throws IllegalArgumentException if there are fewer permutations
     */
    public static ColumnSpacing of(OrientationField field, int permutations, long seed) {
        Args.atLeast("permutations", permutations, 99);
        MapGrid grid = Args.given("field", field).grid();
        RadialSpectrum spectrum = RadialSpectrum.of(field);
        double observed = spectrum.excess() * (1 - ROUNDING);
        boolean[] isNotLess = new boolean[permutations];
        Tasks.forEach(permutations, i -> {
            Random random = new Random(seed * 1_000_003 + i);
            isNotLess[i] = !(RadialSpectrum.of(field.shuffled(random)).excess() < observed);
        });
        long notLess =
                IntStream.range(0, permutations).filter(i -> isNotLess[i]).count();
        return new ColumnSpacing(
                Math.max(grid.height(), grid.width()),
                spectrum,
                SpectrumPeak.fit(spectrum),
                (1.0 + notLess) / (1 + permutations));
    }

    /** Whether the spectrum has a peak at a finite spacing that chance doesn't explain. */
    public boolean exists() {
        double[] k = spectrum.frequencies();
        return pValue <= SIGNIFICANT && peak.height() > 0 && peak.frequency() > k[0] && fit()[0] < maximum(fit());
    }

    private static double maximum(double[] values) {
        double maximum = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            maximum = Math.max(maximum, value);
        }
        return maximum;
    }

    /** The column spacing in units, NaN where there is none. */
    public double spacing() {
        return exists() ? side / peak.frequency() : Double.NaN;
    }

    /** The share of shuffled maps that have as strong a peak, from 1 / (1 + permutations) to 1. */
    public double pValue() {
        return pValue;
    }

    /**
     * The frequency of the fitted peak in cycles along the longer side, whether significant or not; NaN without a peak.
     */
    public double peakFrequency() {
        return peak.frequency();
    }

    /** The height of the fitted peak above the background, in multiples of the mean power. */
    public double peakHeight() {
        return peak.height();
    }

    /**
     * The density of pinwheels that a Gaussian random field with this spectrum has: pi times the mean of k^2 over the squared
     * mean of k, so at least pi.
     */
    public double randomDensity() {
        return Math.PI * spectrum.relativeSecondMoment();
    }

    /** Cycles along the longer side, ring by ring; a new array. */
    public double[] frequencies() {
        return spectrum.frequencies().clone();
    }

    /** The power of every ring in multiples of the mean; a new array. */
    public double[] power() {
        return spectrum.power().clone();
    }

    /** The fitted power of every ring; a new array. */
    public double[] fit() {
        return IntStream.range(0, spectrum.power().length)
                .mapToDouble(ring -> peak.at(spectrum.frequencies()[ring]))
                .toArray();
    }
}
