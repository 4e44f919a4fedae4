package io.github.dl4jsparse.examples.data;

import io.github.dl4jsparse.examples.run.RunOptions;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What the examples on photographs can be told besides. */
public abstract class PhotographOptions extends RunOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with PNG or JPEG images; it is only read. Default: the eight photographs that come "
                    + "with the program.")
    private Path data;

    @Option(names = "--quick", description = "A small run on few images, done in seconds: to see that it runs.")
    private boolean quick;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs, each with images of its own.")
    private Integer epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Images or patches an update.")
    private Integer batch;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Learning rate at the start; it falls linearly to a twentieth.")
    private Double learningRate;

    @Option(
            names = "--lambda",
            paramLabel = "X",
            description = "Weight of the L1 or group penalty beside 1/2 |x - D z|^2.")
    private Double lambda;

    public final boolean quick() {
        return quick;
    }

    public final int epochs(int usual) {
        return epochs == null ? usual : epochs;
    }

    public final int batch(int usual) {
        return batch == null ? usual : batch;
    }

    public final double learningRate(double usual) {
        return learningRate == null ? usual : learningRate;
    }

    public final double lambda(double usual) {
        return lambda == null ? usual : lambda;
    }

    /** Loads the images. */
    public final Photographs photographs() throws IOException {
        return data == null
                ? new Photographs("eight embedded photographs", NaturalImages.embedded())
                : new Photographs(data.toString(), NaturalImages.folder(data));
    }
}
