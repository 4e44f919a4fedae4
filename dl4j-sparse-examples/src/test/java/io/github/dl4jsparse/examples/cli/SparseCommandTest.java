package io.github.dl4jsparse.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.data.IdxFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Runs the program in this virtual machine, on settings that take a second. */
class SparseCommandTest {
    private static final List<String> FILES = List.of(
            "filters.png",
            "losses.png",
            "manifest.json",
            "network.zip",
            "progressive.png",
            "report.html",
            "result.json",
            "training.html",
            "units.png");

    @TempDir
    Path directory;

    private final ProgramRun program = new ProgramRun();

    private int run(String... arguments) {
        return program.run((Object[]) arguments);
    }

    private int tiny(Path results, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "drsae",
                "--force",
                "--out",
                results.toString(),
                "--units",
                "12",
                "--iterations",
                "3",
                "--epochs",
                "2"));
        arguments.addAll(List.of("--pretrain-epochs", "1", "--batch", "100"));
        arguments.addAll(List.of(more));
        return program.run(arguments.toArray());
    }

    private static List<String> names(Path results) throws IOException {
        try (Stream<Path> files = Files.list(results)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(
                        file.getFileName().toString(),
                        Files.getLastModifiedTime(file) + " " + java.util.Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    private void assertUserError(int code, String sentence) {
        assertEquals(SparseCommand.USER_ERROR, code, program.err());
        assertTrue(program.err().contains(sentence), program.err());
        assertFalse(program.err().contains("\tat "), program.err());
    }

    @Test
    void trainsAndWritesEverything() throws IOException {
        Path results = directory.resolve("new").resolve("results");
        assertEquals(0, tiny(results), program.err());
        assertEquals(FILES, names(results));
        assertTrue(program.out().contains("Test error"), program.out());
        assertTrue(program.out().contains("Results are in " + results), program.out());
        for (String picture : FILES) {
            if (picture.endsWith(".png")) {
                assertNotNull(ImageIO.read(results.resolve(picture).toFile()), picture);
            }
        }
        MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(
                results.resolve("network.zip").toFile());
        assertEquals(10, net.output(Nd4j.ones(1, 64)).size(1));
    }

    @Test
    void writesTheResultInTheCommonForm() throws IOException {
        assertEquals(0, tiny(directory, "--seed", "5", "--penalty", "0.02"), program.err());
        JsonNode result =
                new ObjectMapper().readTree(directory.resolve("result.json").toFile());
        assertEquals("drsae", result.get("command").asText());
        assertEquals("embedded digits, split 3", result.get("data").asText());
        assertEquals(5, result.get("seed").asLong());
        assertEquals(12, result.get("settings").get("units").asInt());
        assertEquals(0.02, result.get("settings").get("penalty").asDouble());
        for (String key : List.of(
                "testError",
                "reconstructionLoss",
                "penaltyLoss",
                "classificationLoss",
                "meanActiveUnits",
                "deadUnits",
                "partUnits",
                "categoricalUnits",
                "seconds")) {
            assertTrue(result.path(key).isNumber(), key);
        }
        for (String key : List.of("meanActiveUnits", "deadUnits", "partUnits", "categoricalUnits")) {
            assertTrue(result.path("beforeJoint").path(key).isNumber(), key);
        }
    }

    @Test
    void givesTheSameNumbersForTheSameSeed() throws IOException {
        ObjectMapper json = new ObjectMapper();
        double[] losses = new double[2];
        for (int i = 0; i < 2; i++) {
            Path results = directory.resolve("run" + i);
            assertEquals(0, tiny(results), program.err());
            losses[i] = json.readTree(results.resolve("result.json").toFile())
                    .get("classificationLoss")
                    .asDouble();
        }
        assertEquals(losses[0], losses[1], 1e-6);
    }

    @Test
    void reportsTheSpreadOverSeeds() throws IOException {
        assertEquals(0, tiny(directory, "--seeds", "2"), program.err());
        assertEquals(List.of("manifest.json", "report.html", "result.json", "seed-1", "seed-2"), names(directory));
        assertEquals(
                FILES.stream().filter(name -> !name.equals("manifest.json")).toList(),
                names(directory.resolve("seed-2")));
        JsonNode result =
                new ObjectMapper().readTree(directory.resolve("result.json").toFile());
        assertEquals(2, result.get("testErrors").size());
        assertEquals(
                (result.get("testErrors").get(0).asDouble()
                                + result.get("testErrors").get(1).asDouble())
                        / 2,
                result.get("testError").asDouble(),
                1e-9);
        assertTrue(program.out().contains("over 2 seeds"), program.out());
    }

    @Test
    void readsIdxFilesAndLeavesThemAlone() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        IdxFixture.write(data, 60, 20, true);
        Map<String, String> before = contents(data);
        Path results = directory.resolve("results");
        assertEquals(0, tiny(results, "--data", data.toString(), "--preset", "best"), program.err());
        assertEquals(before, contents(data));
        assertEquals(FILES, names(results));
    }

    @Test
    void runsWithOneIterationAndWithoutPretraining() throws IOException {
        assertEquals(0, tiny(directory, "--iterations", "1", "--pretrain-epochs", "0"), program.err());
        assertEquals(FILES, names(directory));
    }

    @Test
    void saysWhatIsWrongWithTheData() throws IOException {
        Path missing = directory.resolve("missing");
        assertUserError(tiny(directory, "--data", missing.toString()), "error: the data directory " + missing);
        Path data = Files.createDirectory(directory.resolve("data"));
        IdxFixture.write(data, 60, 20, false);
        Path file = data.resolve(IdxFixture.TEST_LABELS);
        Files.write(file, new byte[] {0, 0, 8, 1, 0, 0});
        assertUserError(tiny(directory, "--data", data.toString()), "error: " + file + " is truncated");
    }

    @Test
    void refusesAnOutputDirectoryBeforeTraining() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertUserError(tiny(file.resolve("results")), "error: the output directory " + file.resolve("results"));
        assertUserError(tiny(file), "error: the output directory " + file + " can't be made");
        assertEquals("", program.out());
    }

    @Test
    void saysWhatIsWrongWithAnOption() {
        assertUserError(tiny(directory, "--units", "0"), "error: --units must be at least 1, got 0");
        assertUserError(tiny(directory, "--penalty", "-1"), "error: --penalty must be finite and >= 0, got -1.0");
        assertUserError(tiny(directory, "--seeds", "0"), "error: --seeds must be at least 1, got 0");
        assertUserError(run("drsae", "--preset", "bset"), "(did you mean best?); see \"sparse drsae --help\"");
        assertUserError(run("nothing"), "error: unknown command \"nothing\"; see \"sparse --help\"");
    }

    @Test
    void printsTheStackOnlyWhenAsked() {
        String missing = directory.resolve("missing").toString();
        assertEquals(SparseCommand.USER_ERROR, tiny(directory, "--data", missing, "--verbose"));
        assertTrue(program.err().contains("\tat "), program.err());
    }

    @Test
    void helpsAndTellsItsVersion() {
        assertEquals(0, run());
        assertTrue(program.out().contains("drsae"), program.out());
        assertEquals(0, run("drsae", "--help"));
        assertTrue(program.out().contains("--pretrain-epochs"), program.out());
        assertEquals(0, run("--version"));
        assertTrue(program.out().contains("sparse "), program.out());
    }
}
