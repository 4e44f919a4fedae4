package io.github.dl4jsparse.examples.drsae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.cli.ProgramRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The command {@code drsae} from end to end, on a few digits. */
class DrsaeCommandTest {
    private final ProgramRun program = new ProgramRun();

    /** The error of the class means does not hang on the training; the page has both errors, and every unit twice. */
    @Test
    void thePageHoldsTheClaimWithItsControl(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("drsae");
        assertEquals(0, program.run("drsae", "--quick", "--units", 20, "--iterations", 3, "--out", out), program.err());
        JsonNode result = new ObjectMapper().readTree(out.resolve("result.json").toFile());
        double means = result.get("classMeansError").asDouble();
        assertTrue(means > 0.03 && means < 0.2, "nearest class mean: " + means);
        double p = result.get("classMeansP").asDouble();
        assertTrue(p >= 0 && p <= 1, "p " + p);
        String page = Files.readString(out.resolve("report.html"));
        String claim = page.substring(page.indexOf("class=\"headline\""));
        for (String key : new String[] {"testError", "classMeansError"}) {
            String figure =
                    String.format(Locale.ROOT, "%.2f %%", 100 * result.get(key).asDouble());
            assertTrue(claim.substring(0, claim.indexOf("</p>")).contains(figure), figure + " in " + claim);
        }
        // a point a unit, and one in the legend
        assertEquals(21, page.split("<title>before", -1).length - 1);
        assertEquals(21, page.split("<title>after", -1).length - 1);
        for (String shown : new String[] {"nearest class mean: 9", "no code", "training.html", "unit-browser"}) {
            assertTrue(claim.indexOf(shown) > 0, shown);
        }
    }
}
