package io.github.dl4jsparse.examples.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.diagnostics.PngFile;
import io.github.dl4jsparse.examples.cli.ProgramRun;
import io.github.dl4jsparse.examples.picture.Canvas;
import io.github.dl4jsparse.task.ImageRestorer;
import io.github.dl4jsparse.task.data.ImageChannels;
import io.github.dl4jsparse.task.data.ImageFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Runs {@code restore} on small images. */
class RestoreCommandTest {
    @TempDir
    Path directory;

    private Path images;
    private Path results;
    private ProgramRun program;

    /** Two images of a disc, in colours. */
    @BeforeEach
    void writeImages() throws IOException {
        images = Files.createDirectory(directory.resolve("images"));
        results = directory.resolve("results");
        program = ProgramRun.quick("restore", results);
        for (int i = 0; i < 2; i++) {
            BufferedImage image = new BufferedImage(44, 36, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < 44 * 36; p++) {
                boolean inside = Math.hypot(p % 44 - 20 - i, p / 44 - 18) < 10;
                image.setRGB(p % 44, p / 44, inside ? 0xc09060 : 0x304060);
            }
            PngFile.write(images.resolve("disc" + i + ".png"), image);
        }
    }

    private int run(Object... arguments) {
        return program.run(arguments);
    }

    private JsonNode result() throws IOException {
        return new ObjectMapper().readTree(results.resolve("result.json").toFile());
    }

    @Test
    void theEmbeddedPhotographIsTried() throws IOException {
        assertEquals(0, run(), program.err());
        JsonNode result = result();
        assertEquals("restore", result.get("command").asText());
        assertTrue(result.get("psnr").asDouble() > result.get("psnrBefore").asDouble() + 5, result.toString());
        JsonNode image = result.get("images").get(0);
        assertTrue(image.get("ssim").asDouble() > image.get("ssimBefore").asDouble() + 0.1, result.toString());
        assertTrue(Files.exists(results.resolve("cat-compared.png")));
        assertEquals("embedded photograph \"cat\"", result.get("data").asText());
        String page = Files.readString(results.resolve("report.html"));
        assertTrue(page.contains("is nearer to the original"), page.substring(0, 3000));
        assertEquals(4, page.split("<figure><img").length - 1, "noisy, restored, difference, original");
        assertTrue(program.out().contains("cat: noise 25.0, PSNR 20."), program.out());
    }

    @Test
    void anEncoderIsTrainedAndSavedAndUsedAgain() throws IOException {
        assertEquals(0, run(images, "--add-noise", 20, "--train", images, "--write-noisy"), program.err());
        double trained = result().get("psnr").asDouble();
        INDArray noisy =
                Nd4j.createFromNpyFile(results.resolve("disc1-degraded.npy").toFile());
        assertEquals(4, noisy.rank());
        Path file = directory.resolve("restorer.zip");
        Files.move(results.resolve("restorer.zip"), file);
        assertEquals(0, run(images, "--add-noise", 20, "--restorer", file), program.err());
        assertEquals(trained, result().get("psnr").asDouble(), 1e-9);
        assertFalse(Files.exists(results.resolve("restorer.zip")));
    }

    @Test
    void missingPixelsOfAnImageAreFilledIn() throws IOException {
        Path image = images.resolve("disc0.png");
        BufferedImage mask = new BufferedImage(44, 36, BufferedImage.TYPE_BYTE_GRAY);
        for (int p = 0; p < 44 * 36; p++) {
            mask.getRaster().setSample(p % 44, p / 44, 0, p % 5 == 0 ? 0 : 255);
        }
        Path maskFile = directory.resolve("mask.png");
        PngFile.write(maskFile, mask);
        assertEquals(0, run(image, "--mask", maskFile, "--colour"), program.err());
        INDArray restored = ImageFile.read(results.resolve("disc0-restored.png"), ImageChannels.COLOUR);
        INDArray before = ImageFile.read(image, ImageChannels.COLOUR);
        assertEquals(before.getDouble(0, 2, 18, 21), restored.getDouble(0, 2, 18, 21), 1e-6, "a known pixel");
        assertTrue(result().get("images").get(0).get("psnr").isNull());
        int missing = (44 * 36 + 4) / 5;
        assertEquals(missing, result().get("images").get(0).get("filled").asInt());
        assertTrue(program.out().contains(missing + " of 1584 pixels filled in"), program.out());
        assertEquals(image.toString(), result().get("data").asText());
        assertTrue(Files.readString(results.resolve("report.html")).contains("is not measured"));
        // the picture of the degraded image shows where pixels are missing
        BufferedImage compared =
                ImageIO.read(results.resolve("disc0-compared.png").toFile());
        int orange = 0;
        for (int p = 0; p < compared.getWidth() * compared.getHeight(); p++) {
            int rgb = compared.getRGB(p % compared.getWidth(), p / compared.getWidth());
            orange += rgb == Canvas.ORANGE.getRGB() ? 1 : 0;
        }
        assertEquals(missing, orange);
        Path small = directory.resolve("small.png");
        PngFile.write(small, new BufferedImage(40, 36, BufferedImage.TYPE_BYTE_GRAY));
        refused(
                "--mask " + small + " must be of the size of disc0.png, 44 x 36 pixels, got 40 x 36 pixels",
                image,
                "--mask",
                small);
    }

    @Test
    void aDictionaryOfPhotographsIsSaved() throws IOException {
        assertEquals(
                0, run(images.resolve("disc0.png"), "--sigma", 15, "--train", images, "--dictionary"), program.err());
        INDArray noisy = ImageFile.read(images.resolve("disc0.png"), ImageChannels.GRAY);
        ImageRestorer loaded = ImageRestorer.load(results.resolve("restorer.zip"));
        assertEquals(1, loaded.denoise(noisy, 0.1).size(1));
        assertEquals(15, result().get("images").get(0).get("sigma").asDouble(), 1e-9);
    }

    @Test
    void removedPixelsAreMeasured() throws IOException {
        assertEquals(0, run(images, "--remove", 0.3), program.err());
        assertTrue(result().get("psnr").asDouble() > result().get("psnrBefore").asDouble() + 5);
        String page = Files.readString(results.resolve("report.html"));
        assertTrue(page.contains("better for 2 of 2 images") && page.contains("<svg class=\"plot\""), page);
    }

    @Test
    void aRestorationThatDidNotHelpIsNamed() {
        RestoredImage.Figures worse = new RestoredImage.Figures("a.png", 9, 100L, null, 1, 30.0, 29.0, null, null);
        String claim = new RestorePage("dictionary of x", List.of(worse, worse), List.of()).claim();
        assertTrue(claim.contains("did not help") && claim.contains("better for 0 of 2"), claim);
    }

    @Test
    void mistakesAreNamed() {
        refused("--restorer", "--restorer", "x.zip", "--train", images);
        refused("--dictionary", images, "--dictionary");
        refused("--iterations must be given with --train", images, "--iterations", 5);
        refused("--minutes must be given with --train", images, "--minutes", 2, "--train", images, "--dictionary");
        refused("--sigma", images, "--sigma", 10, "--add-noise", 10);
        refused("--mask", images, "--mask", "m.png", "--remove", 0.3);
        refused("--remove", images, "--remove", 1);
        refused("--add-noise", images, "--add-noise", -3);
        refused("nothing.png does not exist", "nothing.png");
        refused("x.zip", images, "--restorer", "x.zip");
        refused("none.png does not exist", images, "--mask", images.resolve("none.png"));
    }

    private void refused(String shown, Object... arguments) {
        program.forgetErrors();
        assertEquals(2, run(arguments), program.err());
        assertTrue(program.err().contains(shown), program.err());
    }
}
