package io.github.dl4jsparse.examples.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports what is wrong on the command line in one line: what it is, what may have been meant, and where help is. */
final class ParameterErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        PrintWriter err = command.getErr();
        String line = "error: " + message(error) + "; see \""
                + command.getCommandSpec().qualifiedName() + " --help\"";
        err.println(command.getColorScheme().errorText(line.replaceAll("\\s+", " ")));
        err.flush();
        return SparseCommand.USER_ERROR;
    }

    /** Runs the command that was named, unless there was something before its {@code --help} that nobody knows. */
    static int execute(ParseResult parsed) {
        for (ParseResult each = parsed; each != null; each = each.subcommand()) {
            if (!each.unmatched().isEmpty()) {
                throw new UnmatchedArgumentException(each.commandSpec().commandLine(), each.unmatched());
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static String message(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String unknown = unmatched.getUnmatched().get(0);
            CommandLine command = error.getCommandLine();
            boolean option = unknown.startsWith("-");
            boolean parent = !command.getSubcommands().isEmpty();
            Stream<String> known = option
                    ? command.getCommandSpec().optionsMap().keySet().stream()
                    : command.getSubcommands().keySet().stream();
            return "unknown " + (option ? "option" : parent ? "command" : "argument") + " \"" + unknown + "\""
                    + didYouMean(unknown, known.toList());
        }
        Iterable<String> candidates =
                error.getArgSpec() == null ? null : error.getArgSpec().completionCandidates();
        String suggestion = candidates == null || error.getValue() == null
                ? ""
                : didYouMean(
                        error.getValue(),
                        StreamSupport.stream(candidates.spliterator(), false).toList());
        return error.getMessage() + suggestion;
    }

    private static String didYouMean(String given, List<String> known) {
        return Suggestion.of(given, known)
                .map(nearest -> " (did you mean " + nearest + "?)")
                .orElse("");
    }
}
