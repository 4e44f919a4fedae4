package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NoiseLevelTest {
    /** An image with edges, whose level is a little larger than that of its noise. */
    @ParameterizedTest
    @ValueSource(ints = {5, 15, 25, 50})
    void levelIsThatOfTheNoise(int level) {
        double sigma = level / 255.0;
        INDArray noisy = ImageNoise.add(TestPhotographs.image(1, 3, 200, 240), sigma, 7);
        assertEquals(sigma, NoiseLevel.of(noisy), 0.05 * sigma);
    }

    @Test
    void imagesWithoutNoiseHaveNone() {
        assertEquals(0, NoiseLevel.of(Nd4j.valueArrayOf(new long[] {1, 1, 20, 20}, 0.3f)));
    }

    @Test
    void missingPixelsDoNotCount() {
        INDArray noisy = ImageNoise.add(TestPhotographs.image(1, 1, 200, 240), 0.1, 7);
        INDArray mask = ImageNoise.mask(200, 240, 0.2, 3);
        noisy.muli(mask).addi(mask.rsub(1).muli(100));
        assertEquals(0.1, NoiseLevel.of(noisy, mask), 0.01);
    }

    @Test
    void whatHasNoSquareOfKnownPixelsIsRefused() {
        INDArray image = Nd4j.create(1, 1, 4, 4);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> NoiseLevel.of(image, Nd4j.create(1, 1, 4, 4)));
        assertTrue(e.getMessage().startsWith("mask must be"), e.getMessage());
        INDArray small = Nd4j.create(1, 1, 1, 4);
        assertThrows(IllegalArgumentException.class, () -> NoiseLevel.of(small));
        INDArray batch = Nd4j.create(2, 1, 4, 4);
        assertThrows(IllegalArgumentException.class, () -> NoiseLevel.of(batch));
    }
}
