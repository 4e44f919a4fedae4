package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ImageNoiseTest {
    private static final INDArray IMAGE = Nd4j.valueArrayOf(new long[] {1, 3, 100, 120}, 0.5f);

    @Test
    void noiseHasItsLevelAndNoMean() {
        INDArray noise = ImageNoise.add(IMAGE, 0.1, 3).sub(IMAGE);
        // 36,000 values: the standard errors are 0.0005 and 0.0004
        assertEquals(0, noise.meanNumber().doubleValue(), 0.002);
        assertEquals(0.1, noise.stdNumber().doubleValue(), 0.002);
    }

    @Test
    void equalSeedsGiveEqualArrays() {
        assertEquals(ImageNoise.add(IMAGE, 0.1, 3), ImageNoise.add(IMAGE, 0.1, 3));
        assertNotEquals(ImageNoise.add(IMAGE, 0.1, 3), ImageNoise.add(IMAGE, 0.1, 4));
        assertEquals(IMAGE, ImageNoise.add(IMAGE, 0, 3));
        assertEquals(ImageNoise.mask(50, 60, 0.3, 2), ImageNoise.mask(50, 60, 0.3, 2));
    }

    @Test
    void masksLackTheirShareOfThePixels() {
        INDArray mask = ImageNoise.mask(200, 150, 0.3, 2);
        assertArrayEquals(new long[] {1, 1, 200, 150}, mask.shape());
        // 30,000 pixels: the standard error is 0.0026
        assertEquals(0.7, mask.meanNumber().doubleValue(), 0.01);
        assertEquals(mask, mask.mul(mask));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ImageNoise.add(IMAGE, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> ImageNoise.mask(5, 5, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> ImageNoise.mask(0, 5, 0.5, 1));
    }
}
