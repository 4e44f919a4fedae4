package io.github.dl4jsparse.examples.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/**
 * All that the runs of a command share: the output directory with its manifest, what is printed, progress, {@code result.json} and
 * the report.
 */
public final class Experiment {
    private static final String RESULT = "result.json";
    private static final String REPORT = "report.html";

    private final CommandSpec command;
    private final Settings settings;
    private final RunDirectory directory;
    private final List<FinishedRun> runs = new ArrayList<>();

    /** A run of one seed that measures itself and its time. */
    @FunctionalInterface
    interface Body {
        Result run() throws IOException;
    }

    private Experiment(CommandSpec command, Settings settings, RunDirectory directory) {
        this.command = command;
        this.settings = settings;
        this.directory = directory;
    }

    /**
     * Opens the directory.
     *
     * @param command  whose output is used
     * @param settings checked
     * @throws IOException if the directory can't be made or written, or is not empty
     */
    public static Experiment start(CommandSpec command, Settings settings) throws IOException {
        RunDirectory directory = settings.resume()
                ? RunDirectory.open(settings.out())
                : RunDirectory.openEmpty(settings.out(), settings.force());
        return new Experiment(command, settings, directory);
    }

    /** Prints a line. */
    public void say(String line) {
        out().println(line);
        out().flush();
    }

    /** Where lines go. */
    public PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** The directory, for what a run writes before its end. */
    public RunDirectory directory() {
        return directory;
    }

    /** Whether what an earlier run has finished is taken as it is. */
    public boolean resumes() {
        return settings.resume();
    }

    /** Shows how far a phase of training is. */
    public TrainingProgress progress(String phase, int epochs, long batches) {
        return new TrainingProgress(phase, epochs, batches, out());
    }

    /** Shows how many steps of a phase are done. */
    public StepProgress progress(String phase, long steps) {
        return new StepProgress(phase, steps, out());
    }

    /** Runs once, and writes what came of it: into the directory, or into one of its own for each of several seeds. */
    void run(long seed, Body body) throws IOException {
        long start = System.nanoTime();
        Result result = body.run();
        FinishedRun run = new FinishedRun(seed, result, (System.nanoTime() - start) / 1e9);
        runs.add(run);
        RunDirectory own = settings.seeds() == 1 ? directory : directory.child("seed-" + seed);
        result.write(own);
        own.write(REPORT, report().of(run, own.ownFiles()));
        write(own, List.of(run));
        say(result.summary());
    }

    /** Sums up several runs and says where the results are. */
    void finish() throws IOException {
        if (runs.size() > 1) {
            directory.write(REPORT, report().of(runs, directory.ownFiles()));
            write(directory, runs);
            say(new Spread(runs).summary());
        }
        double seconds = runs.stream().mapToDouble(FinishedRun::seconds).sum();
        say(String.format(Locale.ROOT, "Results are in %s, %.0f s", directory.path(), seconds));
        if (settings.open()) {
            Browser.show(directory.path().resolve(REPORT), this::say);
        }
    }

    private void write(RunDirectory target, List<FinishedRun> written) throws IOException {
        FinishedRun first = written.get(0);
        double seconds = written.stream().mapToDouble(FinishedRun::seconds).sum();
        target.file(RESULT);
        ResultJson json = new ResultJson()
                .with("command", command.name())
                .with("arguments", arguments())
                .with("version", version())
                .with("data", first.result().data())
                .with("seed", first.seed())
                .with("settings", settings.values())
                .with("seconds", ResultJson.rounded(seconds))
                .with(written.size() == 1 ? first.result().figures() : new Spread(written).figures())
                .with("machine", Machine.here())
                .with("files", target.ownFiles());
        target.write(RESULT, json);
    }

    private RunReport report() {
        return new RunReport(command.name(), arguments(), version(), settings.values());
    }

    private String version() {
        String[] version = command.root().version();
        return version.length == 0 ? null : version[0];
    }

    private List<String> arguments() {
        return command.root().commandLine().getParseResult().originalArgs();
    }
}
