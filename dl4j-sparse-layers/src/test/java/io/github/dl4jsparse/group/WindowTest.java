package io.github.dl4jsparse.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
    @Test
    void uniformWeightsAreOne() {
        assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1, 1}, Window.of(7).weights());
        assertEquals(new Window(7, 1, Double.POSITIVE_INFINITY), Window.of(7));
    }

    @Test
    void optionsKeepTheOthers() {
        assertEquals(new Window(6, 3, 1.5), Window.of(6).stride(3).gaussian(1.5));
        assertEquals(new Window(6, 3, 1.5), Window.of(6).gaussian(1.5).stride(3));
    }

    @ParameterizedTest
    @CsvSource({"6, 1.5", "7, 0.5", "1, 3", "5, 100"})
    void gaussianWeightsAreSymmetricFallAndSumToTheSize(int size, double sigma) {
        double[] weights = Window.of(size).gaussian(sigma).weights();
        assertEquals(size, DoubleStream.of(weights).sum(), 1e-14 * size);
        for (int i = 0; i < size; i++) {
            assertEquals(weights[i], weights[size - 1 - i]);
        }
        for (int i = 0; i + 1 < size; i++) {
            double left = i - (size - 1) / 2.0;
            double right = left + 1;
            double ratio = Math.exp((left * left - right * right) / 2 / sigma / sigma);
            assertEquals(ratio, weights[i + 1] / weights[i], 1e-12 * ratio);
        }
    }

    @Test
    void badParametersAreRefused() {
        assertRefused("window size must be at least 1, got 0", 0, 1, 1);
        assertRefused("window stride must be at least 1, got 0", 2, 0, 1);
        assertRefused("window sigma must be > 0 (infinity for no bound), got NaN", 2, 1, Double.NaN);
    }

    private static void assertRefused(String message, int size, int stride, double sigma) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new Window(size, stride, sigma))
                        .getMessage());
    }

    @Test
    void weightsThatVanishAreRefused() {
        Window narrow = Window.of(99).gaussian(0.5);
        assertThrows(IllegalArgumentException.class, narrow::weights);
    }
}
