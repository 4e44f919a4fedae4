package io.github.dl4jsparse.examples.cli;

import io.github.dl4jsparse.examples.anomaly.AnomalyCommand;
import io.github.dl4jsparse.examples.compare.CompareCommand;
import io.github.dl4jsparse.examples.dictionary.DictionaryCommand;
import io.github.dl4jsparse.examples.drsae.DrsaeCommand;
import io.github.dl4jsparse.examples.features.FeaturesCommand;
import io.github.dl4jsparse.examples.inhibition.InhibitionCommand;
import io.github.dl4jsparse.examples.inspect.InspectCommand;
import io.github.dl4jsparse.examples.map.MapCommand;
import io.github.dl4jsparse.examples.onnx.OnnxCommand;
import io.github.dl4jsparse.examples.restore.RestoreCommand;
import io.github.dl4jsparse.examples.stack.StackCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command-line program: one subcommand for each example. */
@Command(
        name = "sparse",
        description = "Examples of dl4j-sparse-layers, sparse coding layers for Deeplearning4j.",
        subcommands = {
            DrsaeCommand.class,
            DictionaryCommand.class,
            StackCommand.class,
            MapCommand.class,
            InhibitionCommand.class,
            AnomalyCommand.class,
            CompareCommand.class,
            FeaturesCommand.class,
            RestoreCommand.class,
            InspectCommand.class,
            OnnxCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = SparseCommand.Version.class)
public final class SparseCommand implements Runnable {
    /** Exit code for what the user can put right: options, files, directories. */
    public static final int USER_ERROR = 2;
    /** Exit code for everything else. */
    static final int INTERNAL_ERROR = 1;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "With an error, print where in the program it happened.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    /** Runs the program and ends the virtual machine with its exit code. */
    public static void main(String[] args) {
        main(SparseCommand::commandLine, args);
    }

    /**
     * The same for this program with further commands.
     *
     * @param program made when all is set that ND4J reads once
     */
    public static void main(Supplier<CommandLine> program, String... args) {
        System.setProperty("java.awt.headless", "true");
        System.getProperties().putIfAbsent(NativeMemory.LIMIT, NativeMemory.NONE);
        System.exit(program.get().execute(args));
    }

    /** The program, for running it within another. */
    public static CommandLine commandLine() {
        return commandLine(new SparseCommand());
    }

    /**
     * Another program that reads options and reports errors alike.
     *
     * @param command annotated for picocli
     */
    public static CommandLine commandLine(Object command) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                // of an option that is given twice, the last counts
                .setOverwrittenOptionsAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(new ParameterErrors())
                .setExecutionStrategy(ParameterErrors::execute)
                .setExecutionExceptionHandler(SparseCommand::report);
    }

    /** Without a subcommand: what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int report(Exception error, CommandLine command, ParseResult arguments) {
        boolean actionable = error instanceof IOException
                || error instanceof IllegalArgumentException
                || error instanceof DL4JException;
        PrintWriter err = command.getErr();
        String text = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        err.println(command.getColorScheme().errorText((actionable ? "error: " : "internal error: ") + text));
        if (arguments.hasMatchedOption("--verbose") || command.getParseResult().hasMatchedOption("--verbose")) {
            error.printStackTrace(err);
        } else if (!actionable) {
            err.println("Run again with --verbose to see where it happened.");
        }
        err.flush();
        return actionable ? USER_ERROR : INTERNAL_ERROR;
    }

    /** The version in the manifest of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = SparseCommand.class.getPackage().getImplementationVersion();
            return new String[] {"sparse " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
