package io.github.dl4jsparse.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.data.PatchSampler;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NaturalImagesTest {
    private static final int WIDTH = 7;
    private static final int HEIGHT = 3;

    @TempDir
    Path directory;

    private BufferedImage write(String name, int type) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        image.setRGB(4, 1, 0xffff0000);
        image.setRGB(5, 2, 0xffffffff);
        String form = name.substring(name.indexOf('.') + 1).toLowerCase(Locale.ROOT);
        assertTrue(ImageIO.write(image, form, directory.resolve(name).toFile()));
        return image;
    }

    private String failure() {
        return assertThrows(IOException.class, () -> NaturalImages.folder(directory))
                .getMessage();
    }

    /** Sums of pixels by Pillow: sum(Image.open(file).getdata()). */
    @Test
    void readsTheEmbeddedImages() throws IOException {
        Map<String, float[][]> images = NaturalImages.embedded();
        assertEquals(
                List.of("ascent", "camera", "cat", "forest", "grass", "mountain", "raccoon", "stream"),
                List.copyOf(images.keySet()));
        images.forEach((name, pixels) -> {
            int side = name.equals("cat") ? 300 : 512;
            assertEquals(side, pixels.length, name);
            assertEquals(side, pixels[0].length, name);
        });
        assertEquals(33_832_495, sum(images.get("camera")));
        assertEquals(10_563_142, sum(images.get("cat")));
    }

    private static long sum(float[][] pixels) {
        return Arrays.stream(pixels)
                .mapToLong(row -> {
                    long sum = 0;
                    for (float value : row) {
                        sum += Math.round(255 * value);
                    }
                    return sum;
                })
                .sum();
    }

    @Test
    void givesPatches() throws IOException {
        PatchSampler.Builder builder =
                PatchSampler.builder().patchSize(8, 12).batch(5).patches(5);
        NaturalImages.embedded().forEach(builder::image);
        assertEquals(96, builder.build().next().getFeatures().columns());
    }

    @Test
    void sortsFilesByNameAndSkipsOthers() throws IOException {
        write("b.png", BufferedImage.TYPE_BYTE_GRAY);
        write("a.JPG", BufferedImage.TYPE_INT_RGB);
        write("c.jpeg", BufferedImage.TYPE_BYTE_GRAY);
        Files.writeString(directory.resolve("notes.txt"), "no image");
        Files.createDirectory(directory.resolve("d.png"));
        Map<String, float[][]> images = NaturalImages.folder(directory);
        assertEquals(List.of("a.JPG", "b.png", "c.jpeg"), List.copyOf(images.keySet()));
        assertEquals(HEIGHT, images.get("a.JPG").length);
        assertEquals(WIDTH, images.get("a.JPG")[0].length);
    }

    @Test
    void passesOverTheAttributesThatMacOsWrites() throws IOException {
        write("a.png", BufferedImage.TYPE_BYTE_GRAY);
        Files.write(directory.resolve("._a.png"), new byte[] {0, 5, 0x16, 7, 0, 2, 0, 0});
        assertEquals(
                List.of("a.png"), List.copyOf(NaturalImages.folder(directory).keySet()));
    }

    @Test
    void namesWhatIsMissing() {
        assertEquals(directory + " has no image, no file that ends in .png, .jpg or .jpeg", failure());
        Path missing = directory.resolve("missing");
        assertEquals(
                "the data directory " + missing + " does not exist or is no directory",
                assertThrows(IOException.class, () -> NaturalImages.folder(missing))
                        .getMessage());
    }

    @Test
    void namesAFileThatIsNoImage() throws IOException {
        Path file = Files.writeString(directory.resolve("x.png"), "text");
        assertEquals(file + " is no image, or of a kind that Java does not read", failure());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.png", "x.jpg"})
    void namesADamagedFile(String name) throws IOException {
        write(name, BufferedImage.TYPE_INT_RGB);
        Path file = directory.resolve(name);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 30));
        assertTrue(failure().startsWith(file + " can't be read as an image: "), failure());
    }
}
