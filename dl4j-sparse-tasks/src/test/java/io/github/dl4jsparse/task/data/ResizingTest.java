package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResizingTest {
    /** {@code (3 i^2 + 5 j + i j) / 40}. */
    private static float[][] ramp(int height, int width) {
        float[][] pixels = new float[height][width];
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                pixels[i][j] = (3 * i * i + 5 * j + i * j) / 40f;
            }
        }
        return pixels;
    }

    private static void assertPixels(float[][] expected, float[][] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], actual[i], 1e-5f, "row " + i);
        }
    }

    @Test
    void leavesAnImageOfTheWantedSizeAlone() {
        float[][] pixels = ramp(3, 4);
        for (Resizing way : Resizing.values()) {
            assertSame(pixels, way.resize(pixels, 3, 4));
        }
    }

    /** Expected: Pillow 12.3.0, {@code resize((3, 2), BILINEAR, box)} of mode F, the box being the centred part. */
    @Test
    void averagesAsPillowDoes() {
        assertPixels(
                new float[][] {{0.492669f, 0.894643f, 1.296616f}, {1.720865f, 2.276786f, 2.832707f}},
                Resizing.CENTRE_CROP.resize(ramp(7, 8), 2, 3));
        assertPixels(
                new float[][] {
                    {0.000000f, 0.062500f, 0.125000f, 0.187500f, 0.250000f, 0.312500f, 0.375000f},
                    {0.018750f, 0.084375f, 0.150000f, 0.215625f, 0.281250f, 0.346875f, 0.412500f},
                    {0.056250f, 0.128125f, 0.200000f, 0.271875f, 0.343750f, 0.415625f, 0.487500f},
                    {0.131250f, 0.209375f, 0.287500f, 0.365625f, 0.443750f, 0.521875f, 0.600000f},
                    {0.243750f, 0.328125f, 0.412500f, 0.496875f, 0.581250f, 0.665625f, 0.750000f},
                    {0.300000f, 0.387500f, 0.475000f, 0.562500f, 0.650000f, 0.737500f, 0.825000f}
                },
                Resizing.CENTRE_CROP.resize(ramp(3, 4), 6, 7));
    }

    @Test
    void fitsTheWholeImageAndRepeatsItsBorder() {
        float[][] fitted = Resizing.FIT.resize(ramp(2, 4), 4, 4);
        float[][] image = ramp(2, 4);
        assertPixels(new float[][] {image[0], image[0], image[1], image[1]}, fitted);
        float[][] wide = Resizing.FIT.resize(ramp(4, 2), 2, 6);
        for (float[] row : wide) {
            assertEquals(6, row.length);
            assertEquals(row[0], row[2]);
            assertEquals(row[5], row[3]);
        }
    }

    @Test
    void keepsWhatIsConstantAndOnePixel() {
        float[][] constant = new float[5][9];
        for (float[] row : constant) {
            Arrays.fill(row, 0.3f);
        }
        for (Resizing way : Resizing.values()) {
            for (float[] row : way.resize(constant, 4, 11)) {
                for (float value : row) {
                    assertEquals(0.3f, value, 1e-6f);
                }
            }
            assertEquals(0.7f, way.resize(new float[][] {{0.7f}}, 3, 2)[2][1]);
        }
    }

    @Test
    void namesWhatIsWrong() {
        assertEquals(
                "width must be at least 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> Resizing.FIT.resize(ramp(2, 2), 1, 0))
                        .getMessage());
    }
}
