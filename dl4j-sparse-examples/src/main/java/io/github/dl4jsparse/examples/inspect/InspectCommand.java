package io.github.dl4jsparse.examples.inspect;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.UnitBrowser;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.model.ModelFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the units of a saved network on data of one's own. */
@Command(
        name = "inspect",
        description = {
            "Shows what drives each unit of a saved network: a page on which one clicks a filter and sees the inputs for which it is"
                    + " strongest, how often it is active, and which units are related to it.",
            "The network is any of Deeplearning4j's with a layer of this library that has its decoder."
        })
public final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL.zip", description = "A saved network.")
    private Path model;

    @Mixin
    private InspectOptions options;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description = "Name of the layer, or its index where it has none (default: all that have a decoder).")
    private String layer;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The page (default: the model's name with -units.html, in the current directory).")
    private Path out;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(model)) {
            throw Args.failure("MODEL.zip", "a file that ModelFile saved", model);
        }
        Net<?> net = Net.of(ModelFile.restoreModel(model));
        List<Stage> stages = net.stagesWithFrozen().stream()
                .filter(stage -> layer == null || stage.name().equals(layer))
                .toList();
        if (stages.isEmpty()) {
            throw layer == null
                    ? Args.failure("MODEL.zip", "a network with a layer of this library and its decoder", model)
                    : Args.failure("--layer", "one of " + names(net), layer);
        }
        InspectExamples examples = options.examples(net);
        normalise(examples);
        say(examples.summary());
        HtmlReport page = new HtmlReport("Units of " + model.getFileName());
        page.paragraph(examples.summary());
        for (Stage stage : stages) {
            page.section("Layer " + stage.name());
            browser(net.model(), stage, examples).addTo(page);
        }
        Path target = target();
        page.write(target);
        say("The page is " + target);
        return 0;
    }

    private static List<String> names(Net<?> net) {
        return net.stagesWithFrozen().stream().map(Stage::name).toList();
    }

    private void normalise(InspectExamples examples) throws IOException {
        Optional<Normalizer<?>> normalizer = ModelFile.restoreNormalizer(model);
        if (normalizer.isPresent() && normalizer.get() instanceof DataNormalization saved) {
            saved.transform(new DataSet(examples.features(), examples.features()));
            say("Inputs are normalised as in training, by the "
                    + saved.getClass().getSimpleName() + " in the file");
        }
    }

    private static UnitBrowser browser(Model net, Stage stage, InspectExamples examples) {
        UnitBrowser browser =
                UnitBrowser.of(net, stage.index(), examples.features()).names(examples.names());
        int[] image = examples.image();
        return image == null ? browser : browser.images(image[0], image[1], image[2]);
    }

    private Path target() {
        String name = model.getFileName().toString().replaceFirst("\\.zip$", "");
        return out != null ? out : Path.of(name + "-units.html");
    }

    private void say(String line) {
        PrintWriter text = spec.commandLine().getOut();
        text.println(line);
        text.flush();
    }
}
