package io.github.dl4jsparse.examples.restore;

import io.github.dl4jsparse.examples.run.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Removes noise from images and fills in missing pixels. Start reading at {@link RestoreRun}. */
@Command(
        name = "restore",
        description = {
            "Removes noise from an image or a folder of them, and fills in missing pixels.",
            "It writes restored images, pictures for comparison, the restorer and result.json."
        })
public final class RestoreCommand implements Callable<Integer> {
    @Mixin
    private RestoreOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RestoreSettings settings = options.settings();
        RestoreData data = options.data();
        RunDirectory directory = RunDirectory.open(options.out());
        say(data.summary());
        RestoreRun run = RestoreRun.of(options, settings, data, directory, this::say);
        run.write(directory);
        say(run.summary());
        say("Results are in " + directory.path());
        return 0;
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
