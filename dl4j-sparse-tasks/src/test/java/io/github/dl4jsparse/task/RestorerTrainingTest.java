package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.task.data.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RestorerTrainingTest {
    private static final double SIGMA = 25 / 255.0;

    static RestorerTraining small(int iterations) {
        return ImageRestorer.training()
                .network(8, 4, 5, 2)
                .crops(24, 8)
                .learningRate(4e-3)
                .iterations(iterations)
                .seed(3);
    }

    /** On an image that was not trained on; the untrained network is worse than the noise itself. */
    @Test
    void trainingTeachesToRemoveNoiseAndToFillIn() throws IOException {
        List<RestorerProgress> told = new ArrayList<>();
        List<INDArray> images = TestPhotographs.gray(9, 48, 60);
        ImageRestorer restorer = small(150).listener(1000, told::add).fit(images);
        INDArray image = TestPhotographs.image(20, 1, 48, 60);
        INDArray noisy = ImageNoise.add(image, SIGMA, 5);
        double before = ImageQuality.psnr(noisy, image);
        double after = ImageQuality.psnr(restorer.denoise(noisy, SIGMA), image);
        assertTrue(after > before + 3, before + " to " + after + " dB");

        INDArray mask = ImageNoise.mask(48, 60, 0.3, 6);
        INDArray filled = restorer.inpaint(image.mul(mask), mask);
        double mean = ImageQuality.psnr(image.mul(mask).addi(mask.rsub(1).muli(image.meanNumber())), image);
        double own = ImageQuality.psnr(filled, image);
        assertTrue(own > mean + 3, mean + " to " + own + " dB");

        assertEquals(1, told.size());
        RestorerProgress last = told.get(0);
        assertEquals(150, last.iteration());
        assertTrue(last.psnr() > before + 3 && last.error() < 0.01, last.toString());
        assertTrue(last.toString().startsWith("150 of 150 batches"), last.toString());
    }

    @Test
    void equalSeedsGiveEqualRestorers() throws IOException {
        List<INDArray> images = TestPhotographs.gray(2, 30, 40);
        INDArray noisy = ImageNoise.add(images.get(0), SIGMA, 5);
        INDArray first = small(3).fit(images).denoise(noisy, SIGMA);
        assertEquals(first, small(3).fit(images).denoise(noisy, SIGMA));
        assertTrue(small(3).seed(4).fit(images).denoise(noisy, SIGMA).squaredDistance(first) > 1e-6);
    }

    @Test
    void aCheckpointIsTheRestorerSoFar(@TempDir Path folder) throws IOException {
        List<INDArray> images = TestPhotographs.gray(2, 30, 40);
        Path file = folder.resolve("restorer.zip");
        ImageRestorer restorer = small(2).checkpoint(file).fit(images);
        INDArray noisy = ImageNoise.add(images.get(0), SIGMA, 5);
        assertEquals(restorer.denoise(noisy, SIGMA), ImageRestorer.load(file).denoise(noisy, SIGMA));
    }

    @Test
    void minutesEndTheTraining() throws IOException {
        List<RestorerProgress> told = new ArrayList<>();
        small(1_000_000).minutes(1e-3).listener(1000, told::add).fit(TestPhotographs.gray(2, 30, 40));
        assertTrue(told.get(0).iteration() < 1_000_000);
        assertTrue(Double.isNaN(told.get(0).psnr()), "two images are too few to hold some out");
    }

    @Test
    void aFolderIsReadInGray(@TempDir Path folder) throws IOException {
        TestImages.write(folder.resolve("a.png"), 30, 26, 0x336699);
        TestImages.write(folder.resolve("b.png"), 25, 40, 0x808080);
        assertEquals(
                1, small(1).fit(folder).denoise(Nd4j.rand(1, 1, 12, 13), 0.1).size(1));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThrows(IOException.class, () -> small(1).fit(empty));
    }

    @Test
    void whatCantBeTrainedOnIsRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> small(1).fit(TestPhotographs.gray(2, 20, 60)));
        assertTrue(e.getMessage().contains("24 x 24") && e.getMessage().contains("60 x 20"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> small(1).fit(List.of()));
        assertThrows(IllegalArgumentException.class, () -> small(1).fit(List.of(TestPhotographs.image(0, 3, 60, 60))));
        assertThrows(IllegalArgumentException.class, () -> small(1).crops(25, 8).fit(TestPhotographs.gray(2, 30, 60)));
        RestorerTraining training = ImageRestorer.training();
        assertThrows(IllegalArgumentException.class, () -> training.network(8, 0, 5, 2));
        assertThrows(IllegalArgumentException.class, () -> training.network(8, 2, 5, 6));
        assertThrows(IllegalArgumentException.class, () -> training.missing(0.5, 1));
        assertThrows(IllegalArgumentException.class, () -> training.minutes(0));
        assertThrows(IllegalArgumentException.class, () -> training.learningRate(Double.NaN));
    }
}
