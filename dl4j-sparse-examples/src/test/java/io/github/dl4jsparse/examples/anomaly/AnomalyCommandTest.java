package io.github.dl4jsparse.examples.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.diagnostics.PngFile;
import io.github.dl4jsparse.examples.cli.ProgramRun;
import io.github.dl4jsparse.task.AnomalyDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Runs {@code anomaly} on small data of every kind. */
class AnomalyCommandTest {
    @TempDir
    Path directory;

    private Path results;
    private ProgramRun program;

    @BeforeEach
    void name() {
        results = directory.resolve("results");
        program = ProgramRun.quick("anomaly", results);
    }

    private int run(Object... arguments) {
        return program.run(arguments);
    }

    private JsonNode result() throws IOException {
        return new ObjectMapper().readTree(results.resolve("result.json").toFile());
    }

    private String page() throws IOException {
        return Files.readString(results.resolve("report.html"));
    }

    private void refused(String sentence, Object... arguments) {
        program.forgetErrors();
        assertEquals(2, run(arguments), program.err());
        assertTrue(program.err().contains("error: " + sentence), program.err());
        assertFalse(Files.exists(results.resolve("result.json")));
    }

    private Path images(String name, int count, boolean odd) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(name));
        for (int i = 0; i < count; i++) {
            PngFile.write(
                    folder.resolve((odd ? "odd" : "good") + i + ".png"), AnomalyImages.stripes(i + 100L * count, odd));
        }
        return folder;
    }

    @Test
    void judgesTheImagesOfAFolder() throws IOException {
        Path good = images("good", 30, false);
        Path test = images("test", 5, false);
        images("test", 3, true);
        Files.writeString(test.resolve("x.png"), "text");
        assertEquals(0, run("--good", good, "--test", test, "--false-alarms", 0.1), program.err());
        JsonNode examples = result().get("examples");
        assertEquals(8, examples.size());
        for (int i = 0; i < 3; i++) {
            assertTrue(examples.get(i).get("name").asText().startsWith("odd"), examples.toString());
            assertTrue(examples.get(i).get("anomalous").asBoolean());
        }
        assertTrue(program.out().contains("read 30 images, 40 x 36 gray, from " + good), program.out());
        assertTrue(program.out().contains("skipped 1: x.png is no image"), program.out());
        assertNotNull(ImageIO.read(results.resolve("anomalies.png").toFile()));
        assertTrue(page().contains("is not measured"), page().substring(0, 3000));
        assertTrue(page().contains("The lowest scores") && page().contains("<svg class=\"plot\""));
        assertEquals(0.1, AnomalyDetector.load(results.resolve("anomaly.zip")).falseAlarms());
    }

    @Test
    void measuresWhereTheFoldersToJudgeSayWhichAreGood() throws IOException {
        Path good = images("good", 30, false);
        images("test/good", 5, false);
        images("test/spot", 3, true);
        assertEquals(0, run("--good", good, "--test", directory.resolve("test")), program.err());
        assertEquals(1, result().get("auc").asDouble(), program.out());
        assertTrue(program.out().contains("AUC of the other folders against \"good\": 1.0000"), program.out());
        assertTrue(
                page().contains("3 of 3 of them are found") && page().contains("PCA, rank"), page().substring(0, 3000));
    }

    private Path rows(String name, int count, double shift, String header) throws IOException {
        Random random = new Random(count);
        StringBuilder text = new StringBuilder(header + "\n");
        for (int i = 0; i < count; i++) {
            double a = random.nextGaussian();
            text.append(String.format(Locale.ROOT, "%.3f,%.3f,%.3f%n", a, 2 * a + shift, random.nextGaussian()));
        }
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void judgesTheRowsOfACsvFile() throws IOException {
        Path good = rows("good.csv", 200, 0, "a,b,c");
        Path test = rows("test.csv", 20, 9, "a,b,c");
        assertEquals(0, run("--good", good, "--test", test, "--units", 2), program.err());
        assertEquals(20, result().get("anomalous").asInt(), program.out());
        assertTrue(program.out().contains("read 200 rows of 3 columns, from " + good), program.out());
        Files.delete(results.resolve("result.json"));
        refused(
                "column of " + directory.resolve("other.csv") + " must be one of \"a\", \"b\", \"x\"",
                "--good",
                good,
                "--test",
                rows("other.csv", 20, 0, "a,b,x"));
    }

    /** Narrow beats, every sixth one wide. */
    private Path heart() throws IOException {
        int rate = 250;
        float[] samples = new float[rate * 120];
        Random random = new Random(1);
        int number = 0;
        for (int at = rate; at < samples.length - rate; at += 160 + random.nextInt(60)) {
            double width = number++ % 6 == 5 ? 0.035 : 0.012;
            for (int i = -100; i < 100; i++) {
                samples[at + i] += (float) (1.5 * Math.exp(-0.5 * Math.pow(i / (rate * width), 2)));
            }
        }
        StringBuilder text = new StringBuilder("lead\n");
        for (float sample : samples) {
            text.append(String.format(Locale.ROOT, "%.4f%n", sample + 0.02 * random.nextGaussian()));
        }
        return Files.writeString(directory.resolve("heart.csv"), text);
    }

    @Test
    void judgesTheBeatsOfAHeartBesideSimplerWays() throws IOException {
        Path heart = heart();
        String[] parts = {"--good-seconds", "0:60", "--test-seconds", "60:120", "--rate", "250", "--millivolts", "1"};
        List<Object> arguments = new ArrayList<>(List.of("--good", heart, "--test", heart));
        arguments.addAll(List.of(parts));
        assertEquals(0, run(arguments.toArray()), program.err());
        JsonNode result = result();
        assertTrue(result.get("auc").asDouble() > 0.97, program.out());
        assertEquals(4, result.get("aucOfOthers").size());
        assertTrue(result.get("wide").asInt() >= 8, program.out());
        assertTrue(page().contains("the best of 4 other ways"), page().substring(0, 3000));
        assertNotNull(ImageIO.read(results.resolve("beats.png").toFile()));
    }

    @Test
    void plantsDefectsInThePhotographThatComesWithTheProgram() throws IOException {
        assertEquals(0, run(), program.err());
        JsonNode result = result();
        assertTrue(result.get("grassImageAuc").asDouble() > 0.9, program.out());
        assertTrue(result.get("grassPixelAuc").asDouble() > 0.95, program.out());
        assertTrue(page().contains("fresh good tiles, stated share"), page().substring(0, 3000));
        assertEquals(2, page().split("<figure><img").length - 1, "tiles with defects beside good ones");
        assertNotNull(ImageIO.read(results.resolve("grass.png").toFile()));
    }

    @Test
    void refusesWhatDoesNotGoTogether() throws IOException {
        Path good = images("good", 2, false);
        refused("--test must be given with the other of --good and --test, got none", "--good", good);
        refused(
                "--good-seconds and --test-seconds must be given together, with --good and --test, got one without",
                "--good-seconds",
                "0:1");
        refused(
                "data must be one of --good, --texture and --one-class, got several",
                "--texture",
                "x",
                "--one-class",
                "y");
        refused("share of false alarms must be above 0 and below 1, got 1.5", "--false-alarms", 1.5);
        refused("--size must be width and height in pixels, such as 64x48, got \"9\"", "--size", 9);
        refused(
                "--test-seconds must be two numbers of seconds, such as 0:120, got \"5\"",
                "--good",
                good,
                "--test",
                good,
                "--good-seconds",
                "0:1",
                "--test-seconds",
                "5");
        refused("number of good examples must be at least 4", "--good", good, "--test", good);
        Path empty = Files.createDirectory(directory.resolve("empty"));
        refused(empty + " has no image", "--good", empty, "--test", good);
        Files.writeString(good.resolve("x.png"), "text");
        refused(good + " must be read without a warning (strict)", "--good", good, "--test", good, "--strict");
    }
}
