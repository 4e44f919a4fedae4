package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalFilterTest {
    private static final double RATE = 200;

    private static double[] sine(double hertz) {
        return IntStream.range(0, 2000)
                .mapToDouble(i -> Math.sin(2 * Math.PI * hertz * i / RATE))
                .toArray();
    }

    private static double height(double[] samples) {
        return Arrays.stream(samples, 500, 1500).max().orElseThrow();
    }

    /** The response that the class comment states. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 4, 8, 16})
    void weakensASineByItsFormula(double hertz) {
        double low = Math.exp(-Math.log(2) / 2 * Math.pow(hertz / 8, 2));
        assertEquals(low, height(SignalFilter.lowPass(sine(hertz), RATE, 8)), 2e-3);
        double slow = Math.exp(-Math.log(2) / 2 * Math.pow(hertz / 2, 2));
        assertEquals(low - slow, height(SignalFilter.bandPass(sine(hertz), RATE, 2, 8)), 2e-3);
    }

    @Test
    void keepsAConstantAndShiftsNothing() {
        double[] constant = {3, 3, 3};
        Arrays.stream(SignalFilter.lowPass(constant, RATE, 1)).forEach(value -> assertEquals(3, value, 1e-12));
        double[] pulse = new double[101];
        pulse[50] = 1;
        double[] filtered = SignalFilter.lowPass(pulse, RATE, 10);
        for (int k = 1; k < 20; k++) {
            assertEquals(filtered[50 - k], filtered[50 + k], 1e-15);
        }
    }

    @Test
    void namesWhatIsWrong() {
        assertEquals(
                "high cut-off must be above the low one, 8.0 Hz, got 2.0",
                assertThrows(IllegalArgumentException.class, () -> SignalFilter.bandPass(new double[3], RATE, 8, 2))
                        .getMessage());
        assertEquals(
                "number of samples must be at least 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> SignalFilter.lowPass(new double[0], RATE, 1))
                        .getMessage());
    }
}
