package io.github.dl4jsparse.examples.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.cli.SparseCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine.Command;

/** What every command has from its base, shown by one that throws dice. */
class ExperimentTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** A figure that depends on the seed, one that does not exist, and a share. */
    private record Dice(DiceSettings settings, long seed) implements Result {
        @Override
        public String data() {
            return "dice";
        }

        @Override
        public Map<String, Object> figures() {
            Map<String, Object> figures = new TreeMap<>();
            figures.put("score", seed * settings.size());
            figures.put("ratio", Double.NaN);
            figures.put("words", "odd");
            return figures;
        }

        @Override
        public String headline() {
            return "score";
        }

        @Override
        public String summary() {
            return seed * settings.size() + " points";
        }

        @Override
        public void write(RunDirectory directory) throws IOException {
            directory.write("dice.txt", stream -> stream.write('x'));
        }
    }

    @Command(name = "dice", version = "dice 1", mixinStandardHelpOptions = true)
    static final class DiceCommand extends ExperimentCommand<DiceSettings, String> {
        DiceCommand() {
            super(new DiceSettings());
        }

        @Override
        protected String data(DiceSettings settings, long seed) {
            return "data " + seed;
        }

        @Override
        protected String opening(DiceSettings settings, String data, long seed) {
            return "Throwing with " + data;
        }

        @Override
        protected Dice run(DiceSettings settings, String data, long seed, Experiment experiment) {
            return new Dice(settings, seed);
        }
    }

    private int run(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--out", directory.resolve("out").toString()));
        arguments.addAll(List.of(more));
        return SparseCommand.commandLine(new DiceCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("out"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.resolve("out").relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve("out").resolve(name).toFile());
    }

    @Test
    void writesResultReportAndManifest() throws IOException {
        assertEquals(0, run("--seed", "4", "--size", "7"), err.toString());
        assertEquals(List.of("dice.txt", "manifest.json", "report.html", "result.json"), files());
        JsonNode result = json("result.json");
        List<String> keys = new ArrayList<>();
        result.fieldNames().forEachRemaining(keys::add);
        assertEquals(
                List.of(
                        "command",
                        "arguments",
                        "version",
                        "data",
                        "seed",
                        "settings",
                        "seconds",
                        "ratio",
                        "score",
                        "words",
                        "machine",
                        "files"),
                keys);
        assertEquals("dice", result.get("command").asText());
        assertEquals("--size", result.get("arguments").get(4).asText());
        assertEquals("dice 1", result.get("version").asText());
        assertEquals(28, result.get("score").asInt());
        assertTrue(result.get("ratio").isNull());
        assertEquals(7, result.get("settings").get("size").asInt());
        for (String key : List.of("processors", "threads", "system", "java", "blas", "kernels")) {
            assertNotNull(result.get("machine").get(key), key);
        }
        assertEquals(
                new ObjectMapper().readTree("[\"dice.txt\", \"report.html\", \"result.json\"]"), result.get("files"));
        assertEquals(result.get("files"), json("manifest.json").get("files"));
        assertTrue(out.toString().startsWith("Throwing with data 4" + System.lineSeparator() + "28 points"));
        assertTrue(out.toString().contains("Results are in " + directory.resolve("out")), out.toString());
    }

    @Test
    void severalSeedsHaveADirectoryEachAndMeans() throws IOException {
        assertEquals(0, run("--seeds", "3"), err.toString());
        assertEquals(12, files().size(), files()::toString);
        JsonNode all = json("result.json");
        assertEquals(6, all.get("score").asDouble());
        assertEquals(new ObjectMapper().readTree("[3.0, 6.0, 9.0]"), all.get("scores"));
        assertEquals(3, all.get("scoreStandardDeviation").asDouble());
        assertEquals(new ObjectMapper().readTree("[1, 2, 3]"), all.get("seeds"));
        assertFalse(all.has("words"));
        assertEquals(6, json("seed-2/result.json").get("score").asInt());
        assertEquals("dice.txt", json("seed-2/result.json").get("files").get(0).asText());
        assertTrue(out.toString().contains("score over 3 seeds: mean 6.0000, standard deviation 3.0000"));
        assertEquals(0, run("--force"), err.toString());
        assertEquals(List.of("dice.txt", "manifest.json", "report.html", "result.json"), files());
    }

    @Test
    void aDirectoryThatIsNotEmptyIsRefusedBeforeDataIsRead() {
        assertEquals(0, run(), err.toString());
        out.getBuffer().setLength(0);
        assertEquals(2, run());
        assertEquals(
                "error: the output directory " + directory.resolve("out")
                        + " is not empty: name another with --out, or replace the 3 files of its last run with --force"
                        + System.lineSeparator(),
                err.toString());
        assertEquals("", out.toString());
    }
}
