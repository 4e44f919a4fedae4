package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class GratingsTest {
    @Test
    void stripesRunAsFilterOrientationMeasures() {
        Gratings gratings = new Gratings(1, 25, 21, 8, 0.125);
        INDArray filters = gratings.phase(0.4).reshape('c', 8, 25 * 21).transpose();
        FilterOrientation measured = FilterOrientation.of(filters, 25, 21);
        for (int i = 0; i < 8; i++) {
            double difference = OrientationDifference.between(measured.orientations()[i], gratings.orientation(i));
            assertEquals(0, difference, 0.03);
        }
    }

    @Test
    void isTheFormulaInEveryChannel() {
        INDArray images = new Gratings(2, 3, 5, 4, 0.2).phase(0.7);
        assertArrayEquals(new long[] {4, 2, 3, 5}, images.shape());
        // image 1: stripes at pi / 4; the pixel one below and two to the right of the middle
        double across = (1 - 2) * Math.sqrt(0.5);
        for (int channel = 0; channel < 2; channel++) {
            assertEquals(Math.cos(0.4 * Math.PI * across + 0.7), images.getDouble(1, channel, 2, 4), 1e-6);
        }
    }

    @Test
    void halfATurnOfPhaseIsTheNegative() {
        Gratings gratings = new Gratings(1, 6, 7, 3, 0.3);
        assertEquals(
                0,
                gratings.phase(0.2)
                        .addi(gratings.phase(0.2 + Math.PI))
                        .amaxNumber()
                        .doubleValue(),
                1e-6);
    }

    @ParameterizedTest
    @CsvSource({"0,3,3,2,.1", "1,0,3,2,.1", "1,3,0,2,.1", "1,3,3,1,.1", "1,3,3,2,0", "1,3,3,2,.51", "1,3,3,2,NaN"})
    void refusesWhatIsOutOfRange(int channels, int height, int width, int orientations, double frequency) {
        assertThrows(
                IllegalArgumentException.class, () -> new Gratings(channels, height, width, orientations, frequency));
    }
}
