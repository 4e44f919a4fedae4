package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class DictionaryLearningTest {
    private static final double SIGMA = 25 / 255.0;

    static DictionaryLearning small() {
        return ImageRestorer.dictionary()
                .patch(6, 2)
                .atoms(64)
                .learning(2000, 3)
                .seed(3);
    }

    @Test
    void aDictionaryOfPhotographsRemovesNoise() {
        ImageRestorer restorer = small().fit(TestPhotographs.gray(6, 48, 60));
        INDArray image = TestPhotographs.image(20, 1, 48, 60);
        INDArray noisy = ImageNoise.add(image, SIGMA, 5);
        double before = ImageQuality.psnr(noisy, image);
        double after = ImageQuality.psnr(restorer.denoise(noisy, SIGMA), image);
        assertTrue(after > before + 5, before + " to " + after + " dB");
    }

    @Test
    void aDictionaryOfTheNoisyImageRemovesItsNoise() {
        INDArray image = TestPhotographs.image(20, 3, 48, 60);
        INDArray noisy = ImageNoise.add(image, SIGMA, 5);
        double before = ImageQuality.psnr(noisy, image);
        double after = ImageQuality.psnr(small().fitTo(noisy, SIGMA).denoise(noisy, SIGMA), image);
        assertTrue(after > before + 5, before + " to " + after + " dB");
    }

    @Test
    void missingPixelsAreFilledIn() {
        ImageRestorer restorer = small().fit(TestPhotographs.gray(6, 48, 60));
        INDArray image = TestPhotographs.image(20, 1, 48, 60);
        INDArray mask = ImageNoise.mask(48, 60, 0.3, 6);
        double mean = ImageQuality.psnr(image.mul(mask).addi(mask.rsub(1).muli(image.meanNumber())), image);
        double own = ImageQuality.psnr(restorer.inpaint(image.mul(mask), mask), image);
        assertTrue(own > mean + 8, mean + " to " + own + " dB");
    }

    @Test
    void equalSeedsGiveEqualDictionaries() {
        List<INDArray> images = TestPhotographs.gray(2, 30, 40);
        INDArray noisy = ImageNoise.add(images.get(0), SIGMA, 5);
        DictionaryLearning learning = small().learning(500, 1);
        assertEquals(
                learning.fit(images).denoise(noisy, SIGMA), learning.fit(images).denoise(noisy, SIGMA));
    }

    @Test
    void badOptionsAreRefused(@TempDir Path empty) {
        DictionaryLearning learning = ImageRestorer.dictionary();
        assertThrows(IllegalArgumentException.class, () -> learning.patch(1, 1));
        assertThrows(IllegalArgumentException.class, () -> learning.patch(8, 9));
        assertThrows(IllegalArgumentException.class, () -> learning.atoms(0));
        assertThrows(IllegalArgumentException.class, () -> learning.penalty(0));
        assertThrows(IllegalArgumentException.class, () -> learning.tolerance(-1));
        assertThrows(IllegalArgumentException.class, () -> learning.learning(10, 1));
        INDArray image = TestPhotographs.image(0, 1, 30, 30);
        assertThrows(IllegalArgumentException.class, () -> learning.fitTo(image, 0));
        assertThrows(java.io.IOException.class, () -> learning.fit(empty));
    }
}
