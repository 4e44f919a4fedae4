package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Compares with scikit-image 0.26; {@code src/test/oracles/image_quality.py} computed the expected values. */
class ImageQualityTest {
    private static final int HEIGHT = 23;
    private static final int WIDTH = 31;

    private static INDArray image(boolean changed) {
        INDArray image = Nd4j.create(DataType.DOUBLE, 1, 2, HEIGHT, WIDTH);
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < HEIGHT; i++) {
                for (int j = 0; j < WIDTH; j++) {
                    double value = 0.5 + 0.4 * Math.sin(0.3 * i + 0.02 * j * j + c);
                    double change = changed ? 0.07 * Math.cos(1.7 * i - 0.9 * j + 2 * c) : 0;
                    image.putScalar(new int[] {0, c, i, j}, value + change);
                }
            }
        }
        return image;
    }

    @Test
    void psnrIsScikitImages() {
        assertEquals(26.109499061698283, ImageQuality.psnr(image(true), image(false)), 1e-10);
    }

    @Test
    void ssimIsScikitImages() {
        assertEquals(0.9762195439860223, ImageQuality.ssim(image(true), image(false)), 1e-10);
        INDArray one = image(true).slice(0).slice(0).reshape(1, 1, HEIGHT, WIDTH);
        INDArray other = image(false).slice(0).slice(0).reshape(1, 1, HEIGHT, WIDTH);
        assertEquals(0.9756361012475911, ImageQuality.ssim(one, other), 1e-10);
    }

    @Test
    void equalImages() {
        assertEquals(Double.POSITIVE_INFINITY, ImageQuality.psnr(image(true), image(true)));
        assertEquals(1, ImageQuality.ssim(image(true), image(true)), 1e-12);
    }

    @Test
    void otherShapesAreRefused() {
        INDArray smaller = Nd4j.create(1, 2, HEIGHT, WIDTH - 1);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ImageQuality.psnr(image(true), smaller));
        assertTrue(e.getMessage().contains("[1, 2, 23, 30]"), e.getMessage());
        INDArray small = Nd4j.create(1, 1, 6, 9);
        e = assertThrows(IllegalArgumentException.class, () -> ImageQuality.ssim(small, small));
        assertTrue(e.getMessage().contains("7 x 7") && e.getMessage().contains("9 x 6"), e.getMessage());
    }
}
