package io.github.dl4jsparse.examples.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.diagnostics.PngFile;
import io.github.dl4jsparse.examples.cli.ProgramRun;
import io.github.dl4jsparse.task.FeatureLearner;
import io.github.dl4jsparse.task.data.ImageFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Runs {@code features} on small folders. */
class FeaturesCommandTest {
    private static final List<String> FILES = List.of(
            "confusion.png",
            "embeddings.csv",
            "features.zip",
            "filters.png",
            "manifest.json",
            "neighbours.png",
            "report.html",
            "result.json");

    @TempDir
    Path directory;

    private Path images;
    private Path results;
    private ProgramRun program;

    /** Stripes that lie or stand, ten of each, in class folders. */
    @BeforeEach
    void writeImages() throws IOException {
        images = directory.resolve("images");
        results = directory.resolve("results");
        program = ProgramRun.quick("features", results);
        Random random = new Random(1);
        for (String name : List.of("lying", "standing")) {
            Files.createDirectories(images.resolve(name));
            for (int i = 0; i < 10; i++) {
                write(images.resolve(name).resolve("stripes-" + i + ".png"), name.equals("lying"), random);
            }
        }
    }

    private static void write(Path file, boolean lying, Random random) throws IOException {
        BufferedImage image = new BufferedImage(11, 10, BufferedImage.TYPE_BYTE_GRAY);
        double phase = 6 * random.nextDouble();
        for (int y = 0; y < 10; y++) {
            for (int x = 0; x < 11; x++) {
                double value = 128 + 60 * Math.sin(1.6 * (lying ? y : x) + phase) + 20 * random.nextGaussian();
                image.getRaster().setSample(x, y, 0, (int) Math.max(0, Math.min(255, value)));
            }
        }
        PngFile.write(file, image);
    }

    private int run(Object... arguments) {
        return program.run(arguments);
    }

    private JsonNode result() throws IOException {
        return new ObjectMapper().readTree(results.resolve("result.json").toFile());
    }

    private void refused(String sentence, Object... arguments) {
        assertEquals(2, run(arguments), program.err());
        assertTrue(program.err().contains("error: " + sentence), program.err());
        assertFalse(Files.exists(results.resolve("result.json")));
    }

    @Test
    void learnsFromClassFoldersAndComparesWithSimplerWays() throws IOException {
        assertEquals(0, run(images, "--labels", 6, "--compare", "--draws", 2), program.err());
        try (Stream<Path> files = Files.list(results)) {
            assertEquals(
                    FILES, files.map(f -> f.getFileName().toString()).sorted().toList());
        }
        for (String file : FILES) {
            assertTrue(
                    !file.endsWith(".png") || ImageIO.read(results.resolve(file).toFile()) != null, file);
        }
        JsonNode result = result();
        assertEquals(20, result.get("images").asInt());
        assertEquals(6, result.get("settings").get("labels").asInt());
        assertEquals(3, result.get("accuracies").size());
        assertEquals(2, result.get("accuracies").get(2).get("accuracies").size());
        int measured = 0;
        for (JsonNode row : result.get("confusion")) {
            for (JsonNode count : row) {
                measured += count.asInt();
            }
        }
        assertEquals(14, measured, "all but the labelled");
        List<String> lines = Files.readAllLines(results.resolve("embeddings.csv"));
        assertEquals(21, lines.size());
        assertTrue(lines.get(1).startsWith("lying/stripes-0.png,"), lines.get(1));
        assertEquals(lines.get(0).split(",").length, lines.get(20).split(",").length);
        FeatureLearner learner = FeatureLearner.load(results.resolve("features.zip"));
        assertEquals(
                20, learner.classify(ImageFolder.of(images).read().features()).size());
        assertTrue(program.out().contains("ours above it"), program.out());
        String page = Files.readString(results.resolve("report.html"));
        assertTrue(page.contains("mean and deviation of 2 draws of labels"), page.substring(0, 3000));
        assertTrue(page.contains("<svg class=\"plot\"") && page.contains("<th>standing</th>"));
    }

    @Test
    void takesLabelsFromAFileAndImagesForTheTestFromAFolder() throws IOException {
        Path file = Files.writeString(
                directory.resolve("labels.csv"),
                "file,class\nlying/stripes-1.png,flat\nlying/stripes-2.png,flat\nstanding/stripes-5.png,tall\n");
        Path test = directory.resolve("test");
        Files.createDirectories(test.resolve("flat"));
        Files.createDirectories(test.resolve("tall"));
        write(test.resolve("flat/a.png"), true, new Random(2));
        write(test.resolve("tall/b.png"), false, new Random(3));
        assertEquals(0, run(images, "--label-file", file, "--test", test, "--embeddings", 5), program.err());
        assertEquals(3, result().get("settings").get("labels").asInt());
        JsonNode only = result().get("accuracies").get(0);
        assertTrue(only.get("deviation") == null || only.get("deviation").isNull(), "one draw has none: " + only);
        String page = Files.readString(results.resolve("report.html"));
        assertTrue(page.contains("is not measured: --compare does"), page.substring(0, 3000));
        assertEquals(6, Files.readAllLines(results.resolve("embeddings.csv")).size());
        assertTrue(program.out().contains("first 5 of 20 images"), program.out());
    }

    @Test
    void saysThatNothingIsLeftToMeasureWith() throws IOException {
        assertEquals(0, run(images, "--labels", 20), program.err());
        assertTrue(program.out().contains("none is left to measure with"), program.out());
        assertFalse(Files.exists(results.resolve("confusion.png")));
        assertNotNull(result().get("accuracies"));
    }

    @Test
    void runsOnTheDigitsThatComeWithTheProgram() throws IOException {
        assertEquals(0, run("--labels", 30), program.err());
        assertEquals(10, result().get("classes").size());
    }

    @Test
    void badOptionsAndFoldersAreRefused() throws IOException {
        refused(
                "--labels must be a number from 2, one for each class, to the 20 images with a label, got 21",
                images,
                "--labels",
                21);
        refused("--size must be width and height in pixels, such as 28x28, got \"28\"", images, "--size", 28);
        refused("DIR must be given with", "--colour");
        refused("images of " + images.resolve("lying") + " must be of two classes or more", images.resolve("lying"));
        refused("--draws must be at least 1", images, "--draws", 0);
        Path other = directory.resolve("other");
        Files.createDirectories(other.resolve("slanted"));
        Files.createDirectories(other.resolve("lying"));
        write(other.resolve("slanted/a.png"), true, new Random(2));
        write(other.resolve("lying/a.png"), true, new Random(2));
        refused("classes of " + other + " must be some of [lying, standing]", images, "--test", other);
    }
}
