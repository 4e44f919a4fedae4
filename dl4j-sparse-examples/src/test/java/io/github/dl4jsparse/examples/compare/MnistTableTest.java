package io.github.dl4jsparse.examples.compare;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.cli.SparseCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine;

/** The table of the README on MNIST; {@code mvn verify -Pslow -Dmnist=DIR} runs it, and fails without the folder. */
@Tag("slow")
class MnistTableTest {
    private static final String FOLDER = "mnist";

    @TempDir
    Path directory;

    /** Dense beside dense, convolutional beside convolutional, by more than the spread of the difference over three seeds. */
    @Test
    void oursAreBetterByMoreThanTheSpread() throws IOException {
        String mnist = System.getProperty(FOLDER);
        assertNotNull(mnist, "-D" + FOLDER + "=DIR must name the folder with the four files of MNIST");
        CommandLine program = SparseCommand.commandLine();
        program.setOut(new PrintWriter(System.out, true));
        program.setErr(new PrintWriter(System.err, true));
        int code = program.execute(
                "compare", "--data", mnist, "--labels", "100,300,1000", "--seeds", "3", "--out", directory.toString());
        assertEquals(0, code);
        JsonNode rows = new ObjectMapper()
                .readTree(directory.resolve("result.json").toFile())
                .get("rows");
        Map<String, Double> margins = new TreeMap<>();
        for (JsonNode row : rows) {
            if (row.get("name").asText().startsWith("ours")) {
                String kind = row.get("name").asText().replaceFirst(", [^,]*$", "");
                double margin = row.get("difference").asDouble()
                        - row.get("differenceDeviation").asDouble();
                margins.merge(kind + ", " + row.get("labels").asInt() + " labels", margin, Math::max);
            }
        }
        assertEquals(6, margins.size(), margins.toString());
        List<Executable> checks = new ArrayList<>();
        margins.forEach((row, margin) ->
                checks.add(() -> assertTrue(margin > 0, row + ": difference less its deviation " + margin)));
        assertAll(checks);
    }
}
