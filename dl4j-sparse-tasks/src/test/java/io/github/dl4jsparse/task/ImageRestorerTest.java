package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.model.ModelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ImageRestorerTest {
    private static final double SIGMA = 25 / 255.0;
    private static List<ImageRestorer> both;

    @BeforeAll
    static void train() throws IOException {
        List<INDArray> images = TestPhotographs.gray(3, 40, 40);
        both = List.of(
                RestorerTrainingTest.small(10).fit(images),
                DictionaryLearningTest.small().learning(500, 1).fit(images));
    }

    @Test
    void resultsHaveTheShapeOfTheImageAndValuesFromZeroToOne() {
        for (ImageRestorer restorer : both) {
            for (int channels : new int[] {1, 3}) {
                INDArray noisy = ImageNoise.add(TestPhotographs.image(7, channels, 23, 31), 0.4, 5);
                INDArray before = noisy.dup();
                INDArray restored = restorer.denoise(noisy, 0.4);
                assertArrayEquals(noisy.shape(), restored.shape());
                assertTrue(restored.minNumber().doubleValue() >= 0
                        && restored.maxNumber().doubleValue() <= 1);
                assertEquals(before, noisy, "the image is not modified");
            }
        }
    }

    @Test
    void withoutALevelItIsEstimated() {
        INDArray noisy = ImageNoise.add(TestPhotographs.image(7, 3, 40, 60), SIGMA, 5);
        for (ImageRestorer restorer : both) {
            assertEquals(restorer.denoise(noisy, NoiseLevel.of(noisy)), restorer.denoise(noisy));
        }
    }

    /** Three equal colours have no differences, so that a gray image is one of brightness alone. */
    @Test
    void equalColoursAreRestoredAsGray() {
        INDArray gray = ImageNoise.add(TestPhotographs.image(7, 1, 40, 60), 0.05, 5);
        INDArray colour = Nd4j.concat(1, gray, gray, gray);
        for (ImageRestorer restorer : both) {
            INDArray expected = restorer.denoise(gray, 0.05 * OpponentColours.NOISE);
            INDArray found = restorer.denoise(colour, 0.05).mean(true, 1);
            assertTrue(Math.sqrt(found.squaredDistance(expected) / found.length()) < 1e-4);
        }
    }

    @Test
    void knownPixelsStayAndMissingOnesDoNotMatter() {
        INDArray image = TestPhotographs.image(7, 3, 40, 60);
        INDArray mask = ImageNoise.mask(40, 60, 0.3, 2);
        INDArray all = Nd4j.concat(1, mask, mask, mask);
        INDArray other = image.mul(all).addi(all.rsub(1).muli(0.123f));
        for (ImageRestorer restorer : both) {
            INDArray filled = restorer.inpaint(image, mask);
            assertEquals(0, filled.sub(image).muli(all).amaxNumber().doubleValue(), 1e-7);
            assertTrue(Math.sqrt(filled.squaredDistance(restorer.inpaint(other, mask)) / filled.length()) < 1e-4);
        }
    }

    @Test
    void whatWasSavedRestoresEqually(@TempDir Path folder) throws IOException {
        INDArray noisy = ImageNoise.add(TestPhotographs.image(7, 1, 40, 60), SIGMA, 5);
        INDArray mask = ImageNoise.mask(40, 60, 0.3, 2);
        for (ImageRestorer restorer : both) {
            Path file = folder.resolve("restorer.zip");
            restorer.save(file);
            ImageRestorer loaded = ImageRestorer.load(file);
            assertEquals(restorer.restore(noisy, mask, SIGMA), loaded.restore(noisy, mask, SIGMA));
            ModelFile.verify(file);
        }
    }

    @Test
    void otherFilesAreRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("other.zip");
        MultiLayerNetwork net = UnrolledNetwork.create(new UnrolledSettings(2, 1, 3, 1), 1e-3, 1);
        ModelFile.save(file, net);
        refused(file, "another network's file");
        save(file, net, "{\"format\":7,\"kind\":\"unrolled\"}");
        refused(file, "version 7");
        save(file, net, "{\"format\":1,\"kind\":\"wizard\"}");
        refused(file, "got wizard");
        save(file, net, "{\"format\":");
        refused(file, "can't be read");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        refused(file, "SHA-256");
    }

    private static void save(Path file, MultiLayerNetwork net, String json) throws IOException {
        ModelFile.save(file, net, Map.of("restorer.json", json.getBytes(StandardCharsets.UTF_8)));
    }

    private static void refused(Path file, String reason) {
        IOException e = assertThrows(IOException.class, () -> ImageRestorer.load(file));
        assertTrue(e.getMessage().contains(file.toString()) && e.getMessage().contains(reason), e.getMessage());
    }

    /** No known pixel is near the middle of a wide hole: it is filled from outside in, not left black. */
    @Test
    void wideHolesAreFilledFromTheirSurroundings() {
        INDArray bright = Nd4j.ones(1, 1, 60, 64).muli(0.75);
        INDArray mask = Nd4j.ones(1, 1, 60, 64);
        for (int y = 5; y < 55; y++) {
            for (int x = 6; x < 58; x++) {
                mask.putScalar(0, 0, y, x, 0);
                bright.putScalar(0, 0, y, x, 0);
            }
        }
        for (ImageRestorer restorer : both) {
            INDArray filled = restorer.inpaint(bright, mask);
            assertEquals(0.75, filled.getDouble(0, 0, 30, 32), 1e-5);
            assertEquals(0.75, filled.getDouble(0, 0, 0, 0), 1e-6, "known pixels stay");
        }
        INDArray own = DictionaryLearningTest.small()
                .learning(500, 1)
                .fitTo(TestPhotographs.image(7, 1, 60, 64), mask, SIGMA)
                .inpaint(bright, mask);
        assertEquals(0.75, own.getDouble(0, 0, 30, 32), 1e-5);
    }

    @Test
    void otherShapesMasksAndLevelsAreRefused() {
        ImageRestorer restorer = both.get(0);
        INDArray image = TestPhotographs.image(7, 1, 20, 30);
        refused(() -> restorer.denoise(image, -0.1), "sigma");
        refused(() -> restorer.denoise(image, Double.NaN), "sigma");
        refused(() -> restorer.denoise(Nd4j.create(20, 30), 0.1), "[20, 30]");
        refused(() -> restorer.denoise(Nd4j.create(2, 1, 20, 30), 0.1), "[2, 1, 20, 30]");
        refused(() -> restorer.denoise(Nd4j.create(1, 2, 20, 30), 0.1), "2 channels");
        refused(() -> restorer.inpaint(image, Nd4j.ones(1, 1, 20, 31)), "[1, 1, 20, 31]");
        refused(() -> restorer.inpaint(image, Nd4j.ones(1, 1, 20, 30).muli(0.5)), "0.5");
        refused(() -> restorer.inpaint(image, Nd4j.zeros(1, 1, 20, 30)), "at least one known pixel");
        INDArray bad = image.dup().putScalar(new int[] {0, 0, 3, 3}, Double.NaN);
        refused(() -> restorer.denoise(bad, 0.1), "finite");
    }

    private static void refused(Runnable use, String shown) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, use::run);
        assertTrue(e.getMessage().contains(shown), e.getMessage());
    }
}
