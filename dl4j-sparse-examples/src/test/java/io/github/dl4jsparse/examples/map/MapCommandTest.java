package io.github.dl4jsparse.examples.map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.cli.ProgramRun;
import io.github.dl4jsparse.examples.cli.SparseCommand;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Runs {@code map} in this virtual machine, on small images and settings that take seconds. */
class MapCommandTest {
    private static final List<String> MEASURES = List.of(
            "neighbourOrientationRatio",
            "neighbourOrientationP",
            "columnSpacing",
            "pinwheels",
            "pinwheelDensity",
            "orientationCoverage",
            "invarianceRatio",
            "seconds");
    private static final List<String> PICTURES =
            List.of("filters", "orientation", "units", "spectrum", "density", "orientations");

    @TempDir
    Path directory;

    private final ProgramRun program = new ProgramRun();

    private Path images(int side) throws IOException {
        Path images = Files.createDirectory(directory.resolve("images"));
        BufferedImage image = new BufferedImage(side, side + 3, BufferedImage.TYPE_BYTE_GRAY);
        Random random = new Random(side);
        for (int i = 0; i < side * (side + 3); i++) {
            int stripes = (int) (60 * Math.sin(i % side * (i / side) / 40.0));
            image.getRaster().setSample(i % side, i / side, 0, 128 + stripes + random.nextInt(40));
        }
        assertTrue(ImageIO.write(image, "png", images.resolve("a.png").toFile()));
        return images;
    }

    private int run(Path images, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("map", "--quick", "--force", "--epochs", "1", "--images", "32"));
        arguments.addAll(List.of("--data", images.toString(), "--out", results().toString()));
        arguments.addAll(List.of("--places", "4", "--kernel", "5"));
        arguments.addAll(List.of(more));
        return program.run(arguments.toArray());
    }

    private Path results() {
        return directory.resolve("results");
    }

    @Test
    void learnsMeasuresAndWritesEverything() throws IOException {
        assertEquals(0, run(images(40), "--control"), program.err());
        JsonNode result =
                new ObjectMapper().readTree(results().resolve("result.json").toFile());
        assertEquals("map", result.get("command").asText());
        for (JsonNode measured : List.of(
                result, result.get("control").get("l1"), result.get("control").get("shuffled"))) {
            for (String name : MEASURES) {
                assertTrue(measured.has(name), name + " in " + measured);
            }
            assertTrue(measured.get("invarianceRatio").asDouble() > 0);
        }
        for (String prefix : List.of("", "l1-", "shuffled-")) {
            for (String picture : PICTURES) {
                assertNotNull(ImageIO.read(
                        results().resolve(prefix + picture + ".png").toFile()));
            }
        }
        String training = Files.readString(results().resolve("training.html"));
        assertTrue(training.contains("<h2>Layer map</h2>") && training.contains("Orientation of each unit"));
        String page = Files.readString(results().resolve("report.html"));
        assertEquals(21, page.split("data:image/png;base64,", -1).length - 1);
        assertFalse(page.contains("src=\"http"), "the page needs no other file");
        MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(
                results().resolve("map.zip").toFile());
        assertArrayEquals(
                new long[] {2, 4, 4, 4}, net.output(Nd4j.rand(2, 1, 8, 8)).shape());
    }

    @Test
    void imagesAndMapsThatDoNotFitAreRefused() throws IOException {
        Path images = images(10);
        assertEquals(SparseCommand.USER_ERROR, run(images));
        assertTrue(program.err().contains("a.png"), program.err());
        assertEquals(SparseCommand.USER_ERROR, run(images, "--window", "9"));
        assertTrue(program.err().contains("height must be at least the window's size 9, got 8"), program.err());
        assertFalse(program.err().contains("\tat "), program.err());
    }
}
