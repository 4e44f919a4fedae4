package io.github.dl4jsparse.examples.spark;

import io.github.dl4jsparse.examples.cli.SparseCommand;
import picocli.CommandLine;

/** The program of the examples with the one that needs Spark. */
public final class SparkCommand {
    private SparkCommand() {}

    /** Runs the program and ends the virtual machine with its exit code. */
    public static void main(String[] args) {
        SparseCommand.main(SparkCommand::commandLine, args);
    }

    /** The program, for running it within another. */
    static CommandLine commandLine() {
        return SparseCommand.commandLine().addSubcommand(new SparkStack());
    }
}
