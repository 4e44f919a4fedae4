package io.github.dl4jsparse.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.ReadmeProgram;
import io.github.dl4jsparse.examples.data.Digits;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README and docs/reference.md tell people to type. */
class ReadmeTest {
    private static final String REFERENCE = "docs/reference.md";
    private static final String ARRAY = "org.nd4j.linalg.api.ndarray.INDArray ";

    /** The first program, which {@code .ci/outside} also runs in a project of its own. */
    @Test
    void theFirstProgramLearnsTheDigits(@TempDir Path output) throws Exception {
        assertEquals(List.of(), ReadmeProgram.errors(ReadmeProgram.block("java", 0), output));
        Path digits = output.resolve("digits.csv");
        try (InputStream in = new GZIPInputStream(
                Digits.class.getResourceAsStream("/io/github/dl4jsparse/examples/digits/digits.csv.gz"))) {
            Files.copy(in, digits);
        }
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {output.toUri().toURL()}, ReadmeTest.class.getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("FirstNetwork").getMethod("main", String[].class).invoke(null, (Object)
                    new String[] {digits.toString()});
        } finally {
            System.setOut(console);
        }
        Matcher right = Pattern.compile("([0-9.]+) % right").matcher(printed.toString(StandardCharsets.UTF_8));
        assertTrue(right.find(), printed::toString);
        assertTrue(Double.parseDouble(right.group(1)) >= 90, printed::toString);
    }

    @Test
    void theOtherProgramsCompile(@TempDir Path output) throws Exception {
        String data = "org.nd4j.linalg.dataset.api.iterator.DataSetIterator images,"
                + " org.nd4j.linalg.dataset.api.iterator.DataSetIterator labelled";
        for (String source : List.of(
                ReadmeProgram.inMethod(ReadmeProgram.block(REFERENCE, "java", 0), data),
                ReadmeProgram.inMethod(
                        ReadmeProgram.block(REFERENCE, "java", 1), ARRAY + "dictionary, " + ARRAY + "patches"))) {
            assertEquals(List.of(), ReadmeProgram.errors(source, output));
        }
    }

    @Test
    void theCommandsNameWhatTheBuildMakes() throws Exception {
        String commands = ReadmeProgram.block("sh", 1);
        assertTrue(commands.contains("dl4j-sparse-examples/target/sparse.jar drsae"), commands);
        assertEquals(
                0,
                SparseCommand.commandLine()
                        .setOut(new java.io.PrintWriter(java.io.Writer.nullWriter()))
                        .execute("drsae", "--help"));
    }
}
