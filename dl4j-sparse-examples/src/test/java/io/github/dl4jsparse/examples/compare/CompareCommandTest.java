package io.github.dl4jsparse.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.cli.ProgramRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Runs the command in this virtual machine, cut short. */
class CompareCommandTest {
    private static final int USER_ERROR = 2;

    @TempDir
    Path directory;

    private final ProgramRun program = new ProgramRun();

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("compare", "--quick", "--out", directory.toString()));
        arguments.addAll(List.of(more));
        return program.run(arguments.toArray());
    }

    private JsonNode result() throws IOException {
        return new ObjectMapper().readTree(directory.resolve("result.json").toFile());
    }

    @Test
    void printsTheTableAndWritesEverything() throws IOException {
        assertEquals(0, run("--data", "digits", "--labels", "50,100"), program.err());
        JsonNode rows = result().get("rows");
        List<String> names =
                Contenders.all().stream().<String>map(Contender::name).toList();
        assertEquals(2 * names.size(), rows.size());
        String page = Files.readString(directory.resolve("table.md"));
        for (int i = 0; i < rows.size(); i++) {
            JsonNode row = rows.get(i);
            assertEquals(names.get(i / 2), row.get("name").asText());
            assertEquals(2, row.get("accuracies").size());
            assertEquals(2, row.get("trials").size(), "the same number of trials for every row");
            assertTrue(program.out().contains(row.get("name").asText()), program.out());
            assertTrue(page.contains("| " + row.get("name").asText() + " | "), page);
            boolean ours = row.get("name").asText().startsWith("ours");
            assertEquals(ours, row.has("difference"), row.toString());
            assertEquals(ours, row.has("differenceDeviation"), row.toString());
        }
        for (Contender<?> contender : Contenders.all()) {
            assertTrue(page.contains("| " + contender.name() + " | " + contender.grid() + " |"), page);
        }
        assertEquals(500, result().get("testImages").asInt());
        String report = Files.readString(directory.resolve("report.html"));
        assertTrue(report.contains("better with ") && report.contains(" of 2 seeds"), report.substring(0, 3000));
        assertTrue(report.contains("<svg class=\"plot\""));
        assertNotNull(ImageIO.read(directory.resolve("accuracies.png").toFile()));
        // pixels of 8 x 8 digits tell the classes apart well, and chance is 10 %
        assertTrue(rows.get(1).get("mean").asDouble() > 0.6, rows.get(1).toString());
    }

    @Test
    void goesOnWithTheRowsThatAreDone() throws IOException {
        assertEquals(0, run("--rows", "logistic regression", "--labels", "50"), program.err());
        JsonNode first = result().get("rows");
        assertEquals(2, first.size());
        String report = Files.readString(directory.resolve("report.html"));
        assertTrue(report.contains("were not compared with others"), report.substring(0, 3000));
        Path kept = directory.resolve("rows").resolve("logistic-regression-50.json");
        Files.writeString(kept, Files.readString(kept).replaceAll("\"seconds\" : [0-9.]+", "\"seconds\" : 1234.5"));
        assertEquals(0, run("--rows", "logistic regression,dense network", "--labels", "50", "--resume"));
        JsonNode second = result().get("rows");
        assertEquals(3, second.size());
        assertEquals(1234.5, second.get(0).get("seconds").asDouble());
        assertEquals(first.get(0).get("accuracies"), second.get(0).get("accuracies"));
        // without --resume it is trained again, to the same figures
        assertEquals(0, run("--rows", "logistic regression", "--labels", "50", "--force"), program.err());
        assertEquals(first.get(0).get("accuracies"), result().get("rows").get(0).get("accuracies"));
        assertFalse(result().get("rows").get(0).get("seconds").asDouble() == 1234.5);
    }

    @Test
    void saysWhatIsWrong() {
        assertEquals(USER_ERROR, run("--data", directory.resolve("mnist").toString()));
        assertTrue(program.err().contains("error: the data directory " + directory.resolve("mnist")), program.err());
        assertTrue(program.err().contains("the four MNIST files"), program.err());
        assertEquals(USER_ERROR, run("--labels", "100,2000"));
        assertTrue(program.err().contains("--labels must be numbers from 1 to the 1150 images"), program.err());
        assertEquals(USER_ERROR, run("--labels", "100,100"));
        assertTrue(program.err().contains("--labels must be numbers of which none is given twice"), program.err());
        assertEquals(USER_ERROR, run("--trials", "100000"));
        assertTrue(program.err().contains("--trials must be a number from 1 to"), program.err());
        assertEquals(USER_ERROR, run("--rows", "support vectors"));
        assertTrue(program.err().contains("--rows must be texts that are part of one of the names"), program.err());
        assertEquals(USER_ERROR, run("--seeds", "0"));
        assertTrue(program.err().contains("--seeds must be at least 1, got 0"), program.err());
        assertEquals("", program.out(), "nothing is trained before the options are checked");
    }
}
