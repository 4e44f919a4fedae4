package io.github.dl4jsparse.examples.restore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.ReadmeProgram;
import io.github.dl4jsparse.task.ImageNoise;
import io.github.dl4jsparse.task.data.ImageChannels;
import io.github.dl4jsparse.task.data.ImageFile;
import io.github.dl4jsparse.task.data.ImagePicture;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The program of docs/restore.md compiles, runs, and does what the page says of it. */
class RestorePageTest {
    @TempDir
    Path directory;

    @Test
    void theProgramOfThePageTrainsAndRestores() throws Exception {
        assertEquals(List.of(), ReadmeProgram.errors(ReadmeProgram.block("docs/restore.md", "java", 0), directory));
        Path photographs = Files.createDirectory(directory.resolve("photographs"));
        INDArray image =
                Nd4j.linspace(DataType.FLOAT, 0.3, 0.4 / 9000, 3 * 50 * 60).reshape(1, 3, 50, 60);
        ImagePicture.write(photographs.resolve("slope.png"), image);
        Path noisy = directory.resolve("noisy.png");
        ImagePicture.write(noisy, ImageNoise.add(image, 20 / 255.0, 1));
        Path clean = directory.resolve("clean.png");
        String[] arguments = {
            photographs.toString(),
            "0.02",
            directory.resolve("restorer.zip").toString(),
            noisy.toString(),
            clean.toString()
        };
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, RestorePageTest.class.getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("Restore").getMethod("main", String[].class).invoke(null, (Object) arguments);
        } finally {
            System.setOut(console);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.matches("(?s)noise of level (19|20|21) in gray values of 255\\R"), text);
        assertArrayEquals(
                image.shape(), ImageFile.read(clean, ImageChannels.COLOUR).shape());
    }
}
