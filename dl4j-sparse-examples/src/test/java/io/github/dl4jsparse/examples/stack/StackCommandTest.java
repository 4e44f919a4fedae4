package io.github.dl4jsparse.examples.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.cli.ProgramRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The command {@code stack} from end to end, on a few digits. */
class StackCommandTest {
    private final ProgramRun program = new ProgramRun();

    @Test
    void leavesTableNetworkAndPictures(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("stack");
        int code = program.run("stack", "--quick", "--draws", 2, "--labels", 50, "--out", out);
        assertEquals(0, code, program.err());
        JsonNode result = new ObjectMapper().readTree(out.resolve("result.json").toFile());
        JsonNode row = result.get("table").get(0);
        assertEquals(50, row.get("labels").asInt());
        assertEquals(2, row.get("draws").asInt());
        for (String key : new String[] {"pretrainedError", "randomError"}) {
            double error = row.get(key).asDouble();
            // better than a guess, which is wrong nine times of ten
            assertTrue(error > 0 && error < 0.6, key + " " + error);
        }
        assertTrue(row.get("spread").asDouble() >= 0);
        for (String key : new String[] {"invarianceRatio", "invarianceRatioL1"}) {
            assertTrue(result.get(key).asDouble() > 0 && result.get(key).asDouble() < 2, key);
        }
        for (String picture : new String[] {"filters-first.png", "filters-second.png", "reconstructions.png"}) {
            assertTrue(Files.size(out.resolve(picture)) > 500, picture);
        }
        String page = Files.readString(out.resolve("report.html"));
        String[] shown = {
            "class=\"headline\">With 50 labels", "random weights: 50 labels", "L1 penalty: ", "unit-browser"
        };
        for (int i = 0; i < shown.length; i++) {
            assertTrue(page.contains(shown[i]), shown[i]);
            assertTrue(i == 0 || page.indexOf(shown[i - 1]) < page.indexOf(shown[i]), shown[i]);
        }
        MultiLayerNetwork net =
                MultiLayerNetwork.load(out.resolve("network.zip").toFile(), false);
        assertFalse(net.getLayer(StackNetworks.FIRST).paramTable().containsKey("D"), "the decoder is gone");
    }

    @Test
    void labelsThatAreNotThereAreRefusedBeforeTheTraining(@TempDir Path folder) {
        Path out = folder.resolve("stack");
        assertNotEquals(0, program.run("stack", "--quick", "--labels", 99999, "--out", out));
        assertTrue(program.err().contains("99999"), program.err());
        assertFalse(program.err().contains("internal error"), program.err());
        assertFalse(Files.exists(out.resolve("result.json")));
    }
}
