package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class LabelFileTest {
    private static final ExampleSet IMAGES = new ExampleSet(
            Nd4j.arange(8).reshape(4, 1, 1, 2),
            List.of("a.png", "left/b.png", "left/c.png", "right/c.png"),
            List.of(),
            List.of(),
            new ReadingReport("made", List.of()));

    @TempDir
    Path directory;

    private LabelFile file(String text) throws IOException {
        return LabelFile.of(Files.writeString(directory.resolve("labels.csv"), text));
    }

    private void refused(String what, String text) throws IOException {
        LabelFile file = file(text);
        String message =
                assertThrows(IOException.class, () -> file.read(IMAGES)).getMessage();
        assertTrue(message.contains("labels.csv") && message.contains(what), message);
    }

    @Test
    void namesImagesByPathOrFile() throws IOException {
        ExampleSet labelled =
                file("image,class\nright/c.png,good\nb.png, bad \na.png,good\n").read(IMAGES);
        assertEquals(List.of("right/c.png", "left/b.png", "a.png"), labelled.names());
        assertEquals(List.of("good", "bad", "good"), labelled.labels());
        assertEquals(6, labelled.features().getInt(0, 0, 0, 0));
        assertTrue(labelled.report().warnings().isEmpty());
    }

    @Test
    void linesOfNoImageAreReported() throws IOException {
        LabelFile file = file("a.png,good\nnone.png,bad\nc.png,bad\n");
        List<String> warnings = file.read(IMAGES).report().warnings();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("line 2, \"none.png\"; line 3, \"c.png\""), warnings.get(0));
        assertThrows(IOException.class, () -> file.strict().read(IMAGES));
    }

    @Test
    void whatIsNoListOfClassesIsRefused() throws IOException {
        refused("line 2 must have an image and its class", "a.png,good\nb.png\n");
        refused("line 1 must have an image and its class", "a.png,good,3\n");
        refused("\"good\" and \"bad\"", "a.png,good\na.png,bad\n");
        refused("must name one of the 4 images, such as \"a.png\"", "image,class\nx.png,good\n");
        refused("no line", "");
    }
}
