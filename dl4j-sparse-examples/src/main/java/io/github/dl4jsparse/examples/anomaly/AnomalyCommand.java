package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Finds what is odd among images, vectors or the beats of a heart. Start reading at {@link AnomalyRun}. */
@Command(
        name = "anomaly",
        description = {
            "Finds what is odd among images, vectors or the beats of a heart, by good examples alone.",
            "It writes the detector, pictures and result.json."
        })
public final class AnomalyCommand implements Callable<Integer> {
    @Mixin
    private AnomalyOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        AnomalyRun run = AnomalyRun.of(options);
        RunDirectory directory = RunDirectory.open(options.out());
        long start = System.nanoTime();
        AnomalyOutcome outcome = run.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        outcome.read().forEach(out()::println);
        outcome.lines().forEach(out()::println);
        if (outcome.detector() != null) {
            outcome.detector().save(directory.path().resolve("anomaly.zip"));
        }
        ResultJson result = new ResultJson("anomaly", outcome.data(), options.seed(), run.settings(), seconds);
        for (Map.Entry<String, Object> figure : outcome.figures().entrySet()) {
            result.with(figure.getKey(), figure.getValue());
        }
        directory.write("result.json", result);
        for (Map.Entry<String, BufferedImage> picture : outcome.pictures().entrySet()) {
            directory.write(picture.getKey(), picture.getValue());
        }
        out().printf("%.0f s; results are in %s%n", seconds, directory.path());
        out().flush();
        return 0;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
