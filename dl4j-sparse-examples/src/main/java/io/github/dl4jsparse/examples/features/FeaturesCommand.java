package io.github.dl4jsparse.examples.features;

import io.github.dl4jsparse.examples.run.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Learns features from all images of a folder and a classifier from few labels. Start reading at {@link FeaturesRun}. */
@Command(
        name = "features",
        description = {
            "Learns features from all images of a folder, and classes from few labels.",
            "It writes the network, embeddings.csv, pictures of neighbours, filters and confusions, and result.json."
        })
public final class FeaturesCommand implements Callable<Integer> {
    @Mixin
    private FeaturesOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        int embeddings = options.embeddings();
        FeaturesData data = options.data();
        int labels = options.labels(data);
        RunDirectory directory = RunDirectory.open(options.out());
        out().println("Learning from " + data.name() + ", " + labels + " labels, seed " + options.seed());
        out().flush();
        FeaturesRun run = FeaturesRun.of(options, data, labels, out());
        FeaturesReport report = new FeaturesReport(run, options.seed(), embeddings);
        report.write(directory);
        out().println(run.summary());
        if (!report.leftOut().isEmpty()) {
            out().println(report.leftOut());
        }
        out().println("Results are in " + directory.path());
        out().flush();
        return 0;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
