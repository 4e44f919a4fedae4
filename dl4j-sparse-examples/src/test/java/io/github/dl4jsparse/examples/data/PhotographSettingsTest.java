package io.github.dl4jsparse.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.run.ParsedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotographSettingsTest {
    @TempDir
    Path directory;

    private static final class Plain extends PhotographSettings {}

    private Plain settings(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "--data";
        arguments[1] = directory.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return ParsedSettings.of(new Plain(), arguments);
    }

    @Test
    void readsFoldersInFoldersAndSaysWhatItSkipped() throws IOException {
        StripedImages.write(directory.resolve("b.png"), 40, 33);
        StripedImages.write(Files.createDirectory(directory.resolve("more")).resolve("a.png"), 25, 30);
        Files.writeString(directory.resolve("x.png"), "text");
        Files.write(directory.resolve("._b.png"), new byte[] {0, 5, 0x16, 7});
        Plain settings = settings();
        Photographs photographs = settings.photographs();
        assertEquals(
                List.of("b.png", "more/a.png"), List.copyOf(photographs.images().keySet()));
        float[][] image = photographs.images().get("b.png");
        assertEquals(33, image.length);
        assertEquals(40, image[0].length);
        String opening = settings.opening("photographs", 3, "few");
        assertTrue(opening.startsWith("read 2 images of their own sizes, gray, from " + directory), opening);
        assertTrue(opening.contains("skipped 1: x.png is no image"), opening);
        assertTrue(opening.endsWith("Learning from photographs, seed 3 (few)"), opening);
        assertTrue(assertThrows(IOException.class, () -> settings("--strict").photographs())
                .getMessage()
                .startsWith(directory + " must be read without a warning (--strict), got "));
    }

    @Test
    void namesWhatIsMissing() {
        assertTrue(assertThrows(IOException.class, () -> settings().photographs())
                .getMessage()
                .startsWith(directory + " has no image"));
    }
}
