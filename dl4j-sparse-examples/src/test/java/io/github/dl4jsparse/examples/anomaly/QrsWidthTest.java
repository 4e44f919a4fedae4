package io.github.dl4jsparse.examples.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrsWidthTest {
    private static final double RATE = 360;

    /** A triangle of 1.5 mV. */
    private static double[] triangle(double seconds) {
        double[] samples = new double[720];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 1.5 * Math.max(0, 1 - Math.abs(i - 360) / RATE / (seconds / 2));
        }
        return samples;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.08, 0.1, 0.14, 0.18})
    void measuresATriangle(double seconds) {
        QrsWidth width = new QrsWidth(triangle(seconds), RATE);
        assertEquals(seconds, width.seconds(360), 0.016);
        assertEquals(seconds > 0.12, width.isWide(360));
    }

    @Test
    void aWaveThatIsNotSteepIsNoPartOfIt() {
        double[] samples = triangle(0.08);
        for (int i = 0; i < samples.length; i++) {
            samples[i] += 0.3 * Math.exp(-0.5 * Math.pow((i - 430) / RATE / 0.05, 2));
        }
        assertEquals(0.08, new QrsWidth(samples, RATE).seconds(360), 0.02);
        assertFalse(new QrsWidth(samples, RATE).isWide(360));
    }

    /** Rises and falls in 20 ms with a plateau of 110 ms between. */
    @Test
    void aNotchedComplexIsOne() {
        double[] samples = new double[720];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 1.5 * Math.min(1, Math.max(0, (0.075 - Math.abs(i - 360) / RATE) / 0.02));
        }
        QrsWidth width = new QrsWidth(samples, RATE);
        assertEquals(0.15, width.seconds(345), 0.016);
        assertTrue(width.isWide(375));
    }

    @Test
    void aFlatLineHasNone() {
        assertEquals(0, new QrsWidth(new double[100], RATE).seconds(3));
        assertTrue(new QrsWidth(triangle(0.18), RATE).seconds(0) == 0);
    }
}
