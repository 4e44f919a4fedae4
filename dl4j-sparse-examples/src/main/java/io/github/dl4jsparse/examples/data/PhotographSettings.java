package io.github.dl4jsparse.examples.data;

import io.github.dl4jsparse.examples.run.SeedOptions;
import io.github.dl4jsparse.examples.run.Settings;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.task.data.ImageChannels;
import io.github.dl4jsparse.task.data.WholeImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
            description = "Folder of images and folders of them; it is only read. Default: the eight photographs that "
                    + "come with the program.")
    @Getter(AccessLevel.NONE)
    private Path data;

    @Option(names = "--strict", description = "Refuse a folder with anything odd in it, such as a damaged file.")
    private boolean strict;

    /** What was read, for people. */
    @Getter(AccessLevel.NONE)
    private String read = "";

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

    /**
     * Loads the images, in gray.
     *
     * @throws IOException if there is none that can be read, or with {@code --strict} one that can't
     */
    public final Photographs photographs() throws IOException {
        if (data == null) {
            return new Photographs("eight embedded photographs", NaturalImages.embedded());
        }
        WholeImages folder = WholeImages.of(data, ImageChannels.GRAY);
        if (strict && !folder.report().warnings().isEmpty()) {
            throw new IOException(data + " must be read without a warning (--strict), got "
                    + String.join("; ", folder.report().warnings()));
        }
        read = folder.report().summary() + System.lineSeparator();
        Map<String, float[][]> images = new LinkedHashMap<>();
        folder.images()
                .forEach((name, image) ->
                        images.put(name, image.slice(0).slice(0).toFloatMatrix()));
        return new Photographs(data.toString(), images);
    }

    /**
     * Lines before a run.
     *
     * @param name    of the data
     * @param summary of the settings
     */
    public final String opening(String name, long seed, String summary) {
        return read + "Learning from " + name + ", seed " + seed + " (" + summary + ")";
    }
}
