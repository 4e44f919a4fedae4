package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FilterOrientationTest {
    private static final int ORIENTATIONS = 24;

    /** Samples a function of the distances from the filter's centre, to the right and down. */
    private static double[] filter(int height, int width, DoubleBinaryOperator value) {
        double[] filter = new double[height * width];
        for (int p = 0; p < filter.length; p++) {
            filter[p] = value.applyAsDouble(p % width - (width - 1) / 2.0, p / width - (height - 1) / 2.0);
        }
        return filter;
    }

    private static INDArray columns(double[]... filters) {
        return Nd4j.createFromArray(filters).transpose();
    }

    /** Stripes along 24 directions; the envelope is a Gaussian, or none for infinity. */
    private static INDArray gabors(int height, int width, double period, double sigma, double phase) {
        double[][] filters = new double[ORIENTATIONS][];
        for (int i = 0; i < ORIENTATIONS; i++) {
            double theta = Math.PI * i / ORIENTATIONS;
            filters[i] = filter(height, width, (x, y) -> {
                double across = y * Math.cos(theta) - x * Math.sin(theta);
                double envelope = Math.exp(-(x * x + y * y) / (2 * sigma * sigma));
                return envelope * Math.cos(2 * Math.PI * across / period + phase);
            });
        }
        return columns(filters);
    }

    /** The distance of two orientations, which are the same half a turn apart. */
    private static double difference(double theta, double other) {
        return Math.abs(Math.IEEEremainder(theta - other, Math.PI));
    }

    @ParameterizedTest
    @CsvSource({"13,13,6,3,0", "13,13,3,3,0.7", "12,16,4,2.5,1.5708", "11,15,5,Infinity,0", "8,9,4,1.7,0.7"})
    void recoversTheDirectionOfStripes(int height, int width, double period, double sigma, double phase) {
        FilterOrientation found = FilterOrientation.of(gabors(height, width, period, sigma, phase), height, width);
        for (int i = 0; i < ORIENTATIONS; i++) {
            double theta = found.orientations()[i];
            assertEquals(0, difference(theta, Math.PI * i / ORIENTATIONS), 0.065, "orientation " + i);
            assertTrue(theta >= 0 && theta < Math.PI);
        }
        assertEquals(1, found.orientedFraction());
    }

    @Test
    void looksAtTheCentreThroughAWindow() {
        // horizontal stripes in the middle, vertical ones at the border
        double[] mixed = filter(13, 15, (x, y) -> Math.hypot(x, y) < 4 ? Math.cos(1.2 * y) : Math.cos(1.2 * x));
        assertEquals(Math.PI / 2, FilterOrientation.of(columns(mixed), 13, 15).orientations()[0], 0.1);
        double windowed = FilterOrientation.of(columns(mixed), 13, 15, 1.5).orientations()[0];
        assertEquals(0, difference(windowed, 0), 0.1);
    }

    /** The share that the Javadoc states; the seeds differ from those of its table. */
    @ParameterizedTest
    @ValueSource(ints = {8, 12, 16})
    void findsNoOrientationInWhiteNoise(int size) {
        INDArray noise = Samples.gaussian(100 + size, (long) size * size, 10_000);
        assertTrue(FilterOrientation.of(noise, size, size).orientedFraction() < 0.02);
        assertTrue(FilterOrientation.of(noise, size, size, size / 4.0).orientedFraction() < 0.02);
    }

    @Test
    void findsNoOrientationInWhatIsRound() {
        double[] blob = filter(12, 15, (x, y) -> Math.exp(-(x * x + y * y) / 4));
        double[] surround =
                filter(12, 15, (x, y) -> Math.exp(-(x * x + y * y) / 4) - 0.4 * Math.exp(-(x * x + y * y) / 7));
        FilterOrientation round = FilterOrientation.of(columns(blob, surround), 12, 15);
        assertArrayEquals(new double[2], round.coherences(), 0.02);
        assertEquals(0, round.orientedFraction());
    }

    @Test
    void givesAFilterOfOneValueNoOrientation() {
        double[] zero = new double[15];
        double[] constant = filter(3, 5, (x, y) -> 0.1);
        FilterOrientation flat = FilterOrientation.of(columns(zero, constant).castTo(DataType.FLOAT), 3, 5);
        assertArrayEquals(new double[2], flat.coherences());
        assertArrayEquals(new double[2], flat.frequencies());
        assertArrayEquals(new double[] {Double.NaN, Double.NaN}, flat.orientations());
        assertEquals(0, flat.orientedFraction(0));
    }

    @Test
    void mirrorsAboutTheDiagonalWithTheFilter() {
        int height = 7;
        int width = 10;
        INDArray filters = Samples.gaussian(3, (long) height * width, 40);
        INDArray mirrored =
                filters.reshape(height, width, 40).permute(1, 0, 2).dup('c').reshape((long) width * height, 40);
        FilterOrientation original = FilterOrientation.of(filters, height, width);
        FilterOrientation transposed = FilterOrientation.of(mirrored, width, height);
        assertArrayEquals(original.coherences(), transposed.coherences(), 1e-12);
        assertArrayEquals(original.frequencies(), transposed.frequencies(), 1e-12);
        for (int i = 0; i < 40; i++) {
            double expected = Math.PI / 2 - original.orientations()[i];
            assertEquals(0, difference(transposed.orientations()[i], expected), 1e-12);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 1e-200, 1e200})
    void doesNotDependOnContrast(double factor) {
        INDArray filters = Samples.gaussian(4, 6 * 9, 20);
        INDArray copy = filters.dup();
        FilterOrientation original = FilterOrientation.of(filters, 6, 9);
        FilterOrientation scaled = FilterOrientation.of(filters.mul(factor), 6, 9);
        assertArrayEquals(original.orientations(), scaled.orientations(), 1e-12);
        assertArrayEquals(original.coherences(), scaled.coherences(), 1e-12);
        assertArrayEquals(original.frequencies(), scaled.frequencies(), 1e-12);
        assertEquals(copy, filters);
    }

    @Test
    void knowsTheFrequencyOfAGratingAndLeavesOutItsMean() {
        double[] waves = filter(12, 16, (x, y) -> 5 + Math.cos(2 * Math.PI * (2 * y / 12 + 3 * x / 16) + 0.3));
        double[] finest = filter(12, 16, (x, y) -> Math.cos(Math.PI * (x - 0.5)));
        double[] found = FilterOrientation.of(columns(waves, finest), 12, 16).frequencies();
        assertArrayEquals(new double[] {Math.hypot(2.0 / 12, 3.0 / 16), 0.5}, found, 1e-10);
    }

    /** The oracle sums every pixel at every frequency. */
    @Test
    void isTheCentroidOfThePowerSpectrum() {
        int height = 5;
        int width = 8;
        INDArray filters = Samples.gaussian(5, (long) height * width, 3);
        double[] found = FilterOrientation.of(filters, height, width).frequencies();
        for (int i = 0; i < 3; i++) {
            double weighted = 0;
            double power = 0;
            for (int k = 1; k < height * width; k++) {
                double fy = Math.IEEEremainder((double) (k / width) / height, 1);
                double fx = Math.IEEEremainder((double) (k % width) / width, 1);
                double real = 0;
                double imaginary = 0;
                for (int p = 0; p < height * width; p++) {
                    double phase = 2 * Math.PI * (fy * (p / width) + fx * (p % width));
                    real += filters.getDouble(p, i) * Math.cos(phase);
                    imaginary += filters.getDouble(p, i) * Math.sin(phase);
                }
                weighted += Math.hypot(fx, fy) * (real * real + imaginary * imaginary);
                power += real * real + imaginary * imaginary;
            }
            assertEquals(weighted / power, found[i], 1e-10);
        }
    }

    @Test
    void countsFiltersAboveTheThreshold() {
        FilterOrientation found = FilterOrientation.of(Samples.gaussian(6, 64, 50), 8, 8);
        double[] coherences = found.coherences();
        Arrays.sort(coherences);
        assertEquals(0.2, found.orientedFraction(coherences[39]), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> found.orientedFraction(Double.NaN));
    }

    @Test
    void refusesWhatItCannotMeasure() {
        INDArray filters = Samples.gaussian(7, 12, 2);
        assertEquals(
                "filters must be a matrix with 3 x 5 rows, got [12, 2]",
                assertThrows(IllegalArgumentException.class, () -> FilterOrientation.of(filters, 3, 5))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> FilterOrientation.of(filters, 2, 6));
        assertThrows(IllegalArgumentException.class, () -> FilterOrientation.of(filters, 3, 4, 0));
        assertThrows(IllegalArgumentException.class, () -> FilterOrientation.of(null, 3, 4));
        filters.putScalar(0, 1, Double.NaN);
        assertEquals(
                "magnitude in column 1 of filters must be finite and >= 0, got NaN",
                assertThrows(IllegalArgumentException.class, () -> FilterOrientation.of(filters, 3, 4))
                        .getMessage());
    }
}
