package io.github.dl4jsparse.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchmarkCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String filter) {
        return run("--filter", filter);
    }

    private int run(String... options) {
        CommandLine program = BenchmarkCommand.commandLine();
        program.setOut(new PrintWriter(out, true));
        program.setErr(new PrintWriter(err, true));
        String[] arguments =
                Stream.concat(Stream.of("--quick"), Arrays.stream(options)).toArray(String[]::new);
        return program.execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inferenceOfNothing", "(inference|nothing)X"})
    void saysThatAFilterMatchesNothing(String filter) {
        assertEquals(2, run(filter));
        assertTrue(err.toString().contains("--filter must be a pattern"), err.toString());
        assertTrue(err.toString().contains(filter), err.toString());
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1,0", "-2", "1,1"})
    void refusesNumbersOfThreads(String threads) {
        assertEquals(2, run("--threads", threads));
        assertTrue(err.toString().contains("--threads must be different numbers of at least 1"), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void refusesThreadsThatAreNoNumbers() {
        assertEquals(2, run("--threads", "1,two"));
        assertTrue(err.toString().contains("--threads"), err.toString());
        assertTrue(err.toString().contains("two"), err.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "jointStep, 128x784x400",
        "jointStep, convolution 32x28x1x64x7x3",
        "Step, 128x784x400x11",
        "'', 128x784x400x11"
    })
    void refusesSizesThatNoBenchmarkIsWrittenFor(String pattern, String size) {
        assertEquals(2, run("--filter", pattern, "--sizes", size));
        assertTrue(err.toString().contains("--sizes must be written as those of all benchmarks"), err.toString());
        assertTrue(err.toString().contains(size), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void growthHasSizesOfItsOwn() {
        assertEquals(2, run("--growth", "--filter", "jointStep"));
        assertTrue(err.toString().contains("--growth must be without --filter and --sizes"), err.toString());
    }

    @Test
    void saysThatAFilterIsNoPattern() {
        assertEquals(2, run("(inference"));
        assertTrue(err.toString().contains("--filter"), err.toString());
    }
}
