package io.github.dl4jsparse.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources that CONTRIBUTING.md shows are those of the library, and short. */
class ContributingTest {
    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @CsvSource({
        "shrinkage/JumpReluShrinkage, public record JumpReluShrinkage",
        "nn/lista/ResidualCoupling, final class ResidualCoupling"
    })
    void shownSourceIsTheFile(String file, String start) throws IOException {
        String text = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
        int from = text.indexOf(start);
        assertTrue(from > 0, start + " is not in CONTRIBUTING.md");
        String shown = text.substring(from, text.indexOf("\n```", from));
        String source = Files.readString(
                ROOT.resolve("dl4j-sparse-layers/src/main/java/io/github/dl4jsparse/" + file + ".java"));
        assertEquals(source.substring(source.indexOf(start)).strip(), shown.strip());
        assertTrue(shown.lines().count() <= 80, shown.lines().count() + " lines");
    }
}
