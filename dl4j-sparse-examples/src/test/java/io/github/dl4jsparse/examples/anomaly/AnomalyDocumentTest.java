package io.github.dl4jsparse.examples.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.ReadmeProgram;
import io.github.dl4jsparse.diagnostics.PngFile;
import io.github.dl4jsparse.task.AnomalyDetector;
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

/** The program of docs/anomaly.md. */
class AnomalyDocumentTest {
    @Test
    void tellsOddImagesFromGoodOnes(@TempDir Path directory) throws Exception {
        Path good = Files.createDirectory(directory.resolve("good"));
        Path fresh = Files.createDirectory(directory.resolve("fresh"));
        for (int i = 0; i < 80; i++) {
            PngFile.write(good.resolve("good-" + i + ".png"), AnomalyImages.stripes(i, false));
        }
        PngFile.write(fresh.resolve("a.png"), AnomalyImages.stripes(100, true));
        PngFile.write(fresh.resolve("b.png"), AnomalyImages.stripes(101, false));
        Path classes = Files.createDirectory(directory.resolve("classes"));
        assertEquals(List.of(), ReadmeProgram.errors(ReadmeProgram.block("docs/anomaly.md", "java", 0), classes));
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Path file = directory.resolve("detector.zip");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, AnomalyDocumentTest.class.getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("Odd").getMethod("main", String[].class).invoke(null, (Object)
                    new String[] {good.toString(), fresh.toString(), file.toString()});
        } finally {
            System.setOut(console);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("a.png is odd"), text);
        assertTrue(text.contains("b.png is good"), text);
        assertEquals(0.05, AnomalyDetector.load(file).falseAlarms());
    }
}
