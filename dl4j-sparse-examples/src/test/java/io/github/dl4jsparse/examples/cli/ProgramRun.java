package io.github.dl4jsparse.examples.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs a command of the program in this virtual machine, and keeps what it prints. */
public final class ProgramRun {
    private final List<String> first;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** @param first arguments of every run */
    public ProgramRun(String... first) {
        this.first = List.of(first);
    }

    /** A command in its quick form, with its results in a directory, in place of those of the last run. */
    public static ProgramRun quick(String command, Path results) {
        return new ProgramRun(command, "--quick", "--force", "--out", results.toString());
    }

    /** Runs; returns the exit code. */
    public int run(Object... arguments) {
        List<String> all = new ArrayList<>(first);
        Stream.of(arguments).map(Object::toString).forEach(all::add);
        CommandLine program = SparseCommand.commandLine();
        program.setOut(new PrintWriter(out, true));
        program.setErr(new PrintWriter(err, true));
        return program.execute(all.toArray(String[]::new));
    }

    /** What was printed so far. */
    public String out() {
        return out.toString();
    }

    /** The errors so far. */
    public String err() {
        return err.toString();
    }

    /** Starts the errors anew. */
    public void forgetErrors() {
        err.getBuffer().setLength(0);
    }
}
