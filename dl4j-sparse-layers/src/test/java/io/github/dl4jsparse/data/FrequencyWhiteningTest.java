package io.github.dl4jsparse.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FrequencyWhiteningTest {
    private static final int HEIGHT = 24;
    private static final int WIDTH = 40;

    private final FrequencyWhitening whitening = new FrequencyWhitening();

    /** A wave that goes on smoothly where the image is mirrored. */
    private static INDArray wave(int k, int l) {
        double[][] values = new double[HEIGHT][WIDTH];
        for (int i = 0; i < HEIGHT; i++) {
            for (int j = 0; j < WIDTH; j++) {
                values[i][j] = Math.cos(Math.PI * k * (i + 0.5) / HEIGHT) * Math.cos(Math.PI * l * (j + 0.5) / WIDTH);
            }
        }
        return Nd4j.createFromArray(values);
    }

    private static double amplitude(INDArray image, INDArray wave) {
        return Samples.dot(image, wave) / Samples.dot(wave, wave);
    }

    /** The oracle is the Fourier transform of the image and its mirror images. */
    @Test
    void equalsNumPy() {
        INDArray image = Oracle.read("frequency-input");
        INDArray copy = image.dup();
        assertEquals(0, Samples.distance(Oracle.read("frequency-output"), whitening.whiten(image)), 1e-12);
        assertEquals(copy, image);
    }

    @Test
    void wavesPassByTheirFrequency() {
        INDArray low = wave(3, 4);
        INDArray high = wave(12, 0);
        INDArray image = low.add(high.mul(0.5)).addi(7);
        INDArray y = new FrequencyWhitening(0.3).whiten(image);
        double lowFrequency = Math.hypot(3 / 48.0, 4 / 80.0);
        double expected =
                0.25 * Math.exp(-Math.pow(0.25 / 0.3, 4)) / (lowFrequency * Math.exp(-Math.pow(lowFrequency / 0.3, 4)));
        assertEquals(0.5 * expected, amplitude(y, high) / amplitude(y, low), 1e-12);
        assertEquals(0, y.meanNumber().doubleValue(), 1e-13);
        assertEquals(1, Samples.dot(y, y) / y.length(), 1e-12);
    }

    @Test
    void brightnessAndContrastDoNotMatter() {
        INDArray image = Samples.gaussian(1, HEIGHT, WIDTH);
        INDArray expected = whitening.whiten(image);
        assertEquals(
                0, Samples.distance(expected, whitening.whiten(image.mul(40).addi(128))), 1e-10);
        assertEquals(0, Samples.distance(expected.neg(), whitening.whiten(image.neg())), 1e-12);
    }

    @Test
    void plainArraysGiveTheSame() {
        INDArray image = Samples.gaussian(DataType.FLOAT, 1, HEIGHT, WIDTH);
        float[][] expected = whitening.whiten(image).toFloatMatrix();
        float[][] actual = whitening.whiten(image.toFloatMatrix());
        for (int i = 0; i < HEIGHT; i++) {
            assertArrayEquals(expected[i], actual[i], 1e-6f);
        }
        assertEquals(DataType.FLOAT, whitening.whiten(image).dataType());
        assertEquals(0, Samples.distance(whitening.whiten(image), whitening.whiten(image.dup('f'))), 1e-6);
    }

    private String failure(INDArray image) {
        return assertThrows(IllegalArgumentException.class, () -> whitening.whiten(image))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 255})
    void refusesAnImageThatDoesNotVary(double brightness) {
        String message = failure(Nd4j.valueArrayOf(new long[] {HEIGHT, WIDTH}, brightness, DataType.DOUBLE));
        assertTrue(message.startsWith("image must be finite and not of one brightness everywhere, got "), message);
    }

    @Test
    void refusesWhatIsNoImage() {
        assertEquals("image must be a matrix [height, width], got [2, 3, 4]", failure(Samples.gaussian(1, 2, 3, 4)));
        assertThrows(IllegalArgumentException.class, () -> new FrequencyWhitening(0));
        INDArray holed = Samples.gaussian(1, 5, 4);
        holed.putScalar(3, 2, Double.NaN);
        failure(holed);
        holed.putScalar(3, 2, Double.POSITIVE_INFINITY);
        failure(holed);
        assertEquals(
                "image \"image\" must be finite everywhere, got NaN at channel 0, row 0, column 1",
                assertThrows(IllegalArgumentException.class, () -> whitening.whiten(new float[][] {{1, Float.NaN}}))
                        .getMessage());
    }
}
