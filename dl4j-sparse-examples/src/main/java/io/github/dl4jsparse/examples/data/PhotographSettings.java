package io.github.dl4jsparse.examples.data;

import io.github.dl4jsparse.examples.run.SeedOptions;
import io.github.dl4jsparse.examples.run.Settings;
import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.nio.file.Path;
import lombok.AccessLevel;
import lombok.Getter;
import lombok.experimental.Accessors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settings of the commands on photographs; numbers come from the presets where they are not given. */
@Getter
@Accessors(fluent = true)
public abstract class PhotographSettings extends Settings {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with PNG or JPEG images; it is only read. Default: the eight photographs that come "
                    + "with the program.")
    @Getter(AccessLevel.NONE)
    private Path data;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs, each with images of its own.")
    private int epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Images or patches an update.")
    private int batch;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Learning rate at the start; it falls linearly to a twentieth.")
    private double learningRate;

    @Option(
            names = "--lambda",
            paramLabel = "X",
            description = "Weight of the L1 or group penalty beside 1/2 |x - D z|^2.")
    private double lambda;

    @Mixin
    @Getter(AccessLevel.NONE)
    private SeedOptions seeds = new SeedOptions();

    @Override
    public int seeds() {
        return seeds.count();
    }

    @Override
    public void check() {
        seeds();
        Args.atLeast("--epochs", epochs, 1);
        Args.atLeast("--batch", batch, 1);
        Args.positive("--learning-rate", learningRate);
        Args.nonNegative("--lambda", lambda);
    }

    /** Loads the images. */
    public final Photographs photographs() throws IOException {
        return data == null
                ? new Photographs("eight embedded photographs", NaturalImages.embedded())
                : new Photographs(data.toString(), NaturalImages.folder(data));
    }
}
