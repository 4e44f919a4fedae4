package io.github.dl4jsparse.examples.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.ReadmeProgram;
import io.github.dl4jsparse.diagnostics.PngFile;
import io.github.dl4jsparse.task.FeatureLearner;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/features.md compiles, runs, and does what the page says of it. */
class FeaturesPageTest {
    @TempDir
    Path directory;

    /** Stripes of three directions. */
    private Path images(String name, int number, long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < number; i++) {
            int kind = i % 3;
            Path folder = Files.createDirectories(directory.resolve(name).resolve("kind-" + kind));
            BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
            double phase = 6 * random.nextDouble();
            for (int y = 0; y < 28; y++) {
                for (int x = 0; x < 28; x++) {
                    double along = kind == 0 ? x : kind == 1 ? y : (x + y) / Math.sqrt(2);
                    double value = 128 + 60 * Math.sin(along + phase) + 25 * random.nextGaussian();
                    image.getRaster().setSample(x, y, 0, (int) Math.max(0, Math.min(255, value)));
                }
            }
            PngFile.write(folder.resolve(i + ".png"), image);
        }
        return directory.resolve(name);
    }

    @Test
    void theProgramOfThePageClassifiesImages() throws Exception {
        assertEquals(List.of(), ReadmeProgram.errors(ReadmeProgram.block("docs/features.md", "java", 0), directory));
        Path saved = directory.resolve("parts.zip");
        String[] arguments = {
            images("train", 105, 1).toString(), images("fresh", 30, 2).toString(), saved.toString()
        };
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, FeaturesPageTest.class.getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("Parts").getMethod("main", String[].class).invoke(null, (Object) arguments);
        } finally {
            System.setOut(console);
        }
        assertEquals(
                List.of("kind-0", "kind-1", "kind-2"),
                FeatureLearner.load(saved).classes());
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("Accuracy:        1.0000"), text);
        assertTrue(text.contains("ConvolutionalListaLayer"), text);
    }
}
