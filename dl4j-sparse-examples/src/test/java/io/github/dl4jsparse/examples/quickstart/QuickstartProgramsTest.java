package io.github.dl4jsparse.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.diagnostics.PngFile;
import io.github.dl4jsparse.examples.data.Digits;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the programs that people copy, and holds what they print to bounds. */
class QuickstartProgramsTest {
    @TempDir
    private Path folder;

    private String digits;

    /** What a program's main method does. */
    private interface Program {
        void run(String[] arguments) throws IOException;
    }

    @BeforeEach
    void writeDigits() throws IOException {
        Path file = folder.resolve("digits.csv");
        try (InputStream in = new GZIPInputStream(
                Digits.class.getResourceAsStream("/io/github/dl4jsparse/examples/digits/digits.csv.gz"))) {
            Files.copy(in, file);
        }
        digits = file.toString();
    }

    private static String printed(Program program, String... arguments) throws IOException {
        PrintStream console = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            program.run(arguments);
        } finally {
            System.setOut(console);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace(',', '.');
    }

    /** The numbers that stand in the groups of a pattern. */
    private static double[] numbers(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertTrue(found.find(), text);
        double[] numbers = new double[found.groupCount()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Double.parseDouble(found.group(i + 1));
        }
        return numbers;
    }

    @Test
    void stackOfStages() throws IOException {
        double[] right = numbers(
                printed(StackOfStages::main, digits), "([0-9.]+) % right pre-trained. ([0-9.]+) % from random weights");
        assertTrue(right[0] > 90 && right[0] > right[1] + 2, right[0] + " and " + right[1]);
    }

    @Test
    void transferToFewLabels() throws IOException {
        double[] right = numbers(
                printed(
                        TransferToFewLabels::main,
                        digits,
                        folder.resolve("encoder.zip").toString()),
                "([0-9.]+) % right on codes. ([0-9.]+) % by logistic");
        assertTrue(right[0] > 93 && right[0] > right[1] + 2, right[0] + " and " + right[1]);
    }

    /** A ridge spreads what is described over more atoms, with smaller entries. */
    @Test
    void ownPenalty() throws IOException {
        String text = printed(OwnPenalty::main, digits);
        assertEquals(3, text.lines().filter(line -> line.endsWith(" converged")).count(), text);
        double[] active = numbers(text, "0.0: +([0-9.]+) of(?s:.*)10.0: +([0-9.]+) of");
        assertTrue(active[1] > 5 * active[0], text);
    }

    @Test
    void solverAlone() throws IOException {
        String text = printed(SolverAlone::main, digits);
        assertEquals(3, text.lines().count(), text);
        text.lines().forEach(line -> assertTrue(numbers(line, "([0-9.]+e-[0-9]+)$")[0] <= 1e-4, line));
    }

    @Test
    void groupSparsityInACnn() throws IOException {
        String text = printed(GroupSparsityInCnn::main, digits);
        double[] groups = numbers(
                text,
                ": ([0-9.]+) of 8(?s:.*): ([0-9.]+) of 8(?s:.*): ([0-9.]+) of 8 groups active at a place. ([0-9.]+)");
        assertTrue(groups[0] > 6 && groups[2] < 3 && groups[3] > 95, text);
    }

    @Test
    void serving() throws IOException {
        String text = printed(Serving::main, digits, folder.toString());
        assertTrue(numbers(text, "differ by at most ([0-9.e-]+)")[0] < 1e-5, text);
        for (String file : new String[] {"served.zip", "standard.zip", "served.onnx"}) {
            assertTrue(Files.size(folder.resolve(file)) > 10_000, file);
        }
    }

    /** Lying and standing stripes, 40 images of each. */
    @Test
    void classFolders() throws IOException {
        Random random = new Random(1);
        for (String name : new String[] {"lying", "standing"}) {
            Path images = Files.createDirectories(folder.resolve("stripes").resolve(name));
            for (int i = 0; i < 40; i++) {
                PngFile.write(images.resolve(i + ".png"), stripes(name.equals("lying"), random));
            }
        }
        String text = printed(ClassFolders::main, folder.resolve("stripes").toString());
        assertTrue(numbers(text, "Accuracy: +([0-9.]+)")[0] > 0.9, text);
    }

    private static BufferedImage stripes(boolean lying, Random random) {
        BufferedImage image = new BufferedImage(24, 24, BufferedImage.TYPE_BYTE_GRAY);
        double phase = 6 * random.nextDouble();
        for (int y = 0; y < 24; y++) {
            for (int x = 0; x < 24; x++) {
                double value = 128 + 60 * Math.sin((lying ? y : x) + phase) + 20 * random.nextGaussian();
                image.getRaster().setSample(x, y, 0, (int) Math.max(0, Math.min(255, value)));
            }
        }
        return image;
    }
}
