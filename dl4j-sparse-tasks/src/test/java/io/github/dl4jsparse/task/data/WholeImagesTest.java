package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeImagesTest {
    @Test
    void everyImageKeepsItsSize(@TempDir Path folder) throws IOException {
        TestImages.write(folder.resolve("b.png"), 5, 3, 0x808080);
        TestImages.write(folder.resolve("in/a.png"), 2, 7, 0xff0000);
        WholeImages gray = WholeImages.of(folder, ImageChannels.GRAY);
        assertEquals(List.of("b.png", "in/a.png"), List.copyOf(gray.images().keySet()));
        assertArrayEquals(new long[] {1, 1, 3, 5}, gray.images().get("b.png").shape());
        assertEquals(0x80 / 255.0, gray.images().get("b.png").getDouble(0), 1e-6);
        WholeImages colour = WholeImages.of(folder, ImageChannels.COLOUR);
        assertArrayEquals(
                new long[] {1, 3, 7, 2}, colour.images().get("in/a.png").shape());
        assertTrue(colour.report().summary().startsWith("read 2 images of their own sizes, colour"));
        assertThrows(UnsupportedOperationException.class, () -> gray.images().clear());
    }

    @Test
    void whatCantBeReadIsLeftOutAndReported(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("bad.png"), "no image");
        assertThrows(IOException.class, () -> WholeImages.of(folder, ImageChannels.GRAY));
        TestImages.write(folder.resolve("good.png"), 4, 4, 0x808080);
        WholeImages read = WholeImages.of(folder, ImageChannels.GRAY);
        assertEquals(1, read.images().size());
        assertTrue(read.report().warnings().get(0).contains("bad.png"));
    }
}
