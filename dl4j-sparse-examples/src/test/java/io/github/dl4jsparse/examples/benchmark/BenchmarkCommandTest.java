package io.github.dl4jsparse.examples.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.SparseCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchmarkCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String filter) {
        CommandLine program = SparseCommand.commandLine();
        program.setOut(new PrintWriter(out, true));
        program.setErr(new PrintWriter(err, true));
        return program.execute("benchmark", "--quick", "--filter", filter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inferenceOfNothing", "(inference|nothing)X"})
    void saysThatAFilterMatchesNothing(String filter) {
        assertEquals(2, run(filter));
        assertTrue(err.toString().contains("--filter must be a pattern"), err.toString());
        assertTrue(err.toString().contains(filter), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void saysThatAFilterIsNoPattern() {
        assertEquals(2, run("(inference"));
        assertTrue(err.toString().contains("--filter"), err.toString());
    }
}
