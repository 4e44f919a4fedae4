package io.github.dl4jsparse.examples.restore;

import io.github.dl4jsparse.examples.data.NaturalImages;
import io.github.dl4jsparse.examples.run.RunOptions;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.task.data.ImageChannels;
import io.github.dl4jsparse.task.data.ImageFile;
import io.github.dl4jsparse.task.data.WholeImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code restore}. */
final class RestoreOptions extends RunOptions {
    private static final String EMBEDDED = "cat";
    private static final double USUAL_NOISE = 25;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "IMAGE",
            description = "An image, or a folder of images (default: a photograph that comes with the program, with "
                    + "noise of level 25).")
    private Path images;

    @Option(
            names = "--sigma",
            paramLabel = "X",
            description = "Level of the noise in gray values of 255 (default: it is estimated from each image).")
    private Double sigma;

    @Option(
            names = "--mask",
            paramLabel = "PNG",
            description = "Image of the same size, black where pixels are missing and white where they are known.")
    private Path mask;

    @Option(
            names = "--add-noise",
            paramLabel = "X",
            description = "Takes the images as clean, adds noise of this level, and measures what is restored.")
    private Double addedNoise;

    @Option(
            names = "--remove",
            paramLabel = "SHARE",
            description =
                    "Takes the images as complete, removes this share of the pixels, and measures what is restored.")
    private Double removed;

    @Option(
            names = "--train",
            paramLabel = "DIR",
            description =
                    "Photographs to train a convolutional encoder on, or with --dictionary a dictionary; they are "
                            + "only read. Default: a dictionary is learned on each noisy image itself.")
    private Path training;

    @Option(names = "--dictionary", description = "Learn a dictionary of patches from the photographs of --train.")
    private boolean dictionary;

    @Option(
            names = "--restorer",
            paramLabel = "FILE",
            description = "A restorer that an earlier run saved as restorer.zip, in place of --train.")
    private Path restorer;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "60",
            description = "The most minutes that --train takes (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "Batches of --train; the end is whichever comes first.")
    private Integer iterations;

    @Option(names = "--colour", description = "Restore in colour (default: gray).")
    private boolean colour;

    @Option(
            names = "--write-noisy",
            description = "Also write each degraded image as float NumPy array, for comparison with other programs.")
    private boolean writeNoisy;

    @Option(names = "--quick", description = "A small restorer, learned in seconds: to see that it runs.")
    private boolean quick;

    /** @throws IllegalArgumentException if options are out of their ranges or don't go together */
    RestoreSettings settings() {
        if (restorer != null && training != null) {
            throw Args.failure("--restorer", "given without --train", restorer);
        }
        if (dictionary && training == null) {
            throw Args.failure("--dictionary", "given with --train", "none");
        }
        if (sigma != null && addedNoise != null) {
            throw Args.failure("--sigma", "left out with --add-noise, whose level is known", sigma);
        }
        if (mask != null && removed != null) {
            throw Args.failure("--mask", "left out with --remove", mask);
        }
        if (removed != null && !(removed >= 0 && removed < 1)) {
            throw Args.failure("--remove", "from 0 to below 1", removed);
        }
        double added = addedNoise == null ? 0 : Args.nonNegative("--add-noise", addedNoise);
        boolean trial = images == null && sigma == null && addedNoise == null && removed == null && mask == null;
        double known =
                sigma == null ? (mask != null || removed != null ? 0 : Double.NaN) : Args.nonNegative("--sigma", sigma);
        return new RestoreSettings(known, trial ? USUAL_NOISE : added, removed == null ? 0 : removed, way());
    }

    private String way() {
        if (restorer != null) {
            return restorer.toString();
        }
        if (training == null) {
            return "dictionary of the image itself";
        }
        return (dictionary ? "dictionary of " : "encoder trained on ") + training;
    }

    Path training() {
        return training;
    }

    Path restorer() {
        return restorer;
    }

    boolean dictionary() {
        return dictionary;
    }

    double minutes() {
        return Args.positive("--minutes", minutes);
    }

    Integer iterations() {
        return iterations;
    }

    boolean writeNoisy() {
        return writeNoisy;
    }

    boolean quick() {
        return quick;
    }

    /**
     * Reads the images.
     *
     * @throws IOException if a file can't be read
     */
    RestoreData data() throws IOException {
        ImageChannels channels = colour ? ImageChannels.COLOUR : ImageChannels.GRAY;
        Map<String, INDArray> read = new LinkedHashMap<>();
        String summary;
        if (images == null) {
            float[][] pixels = NaturalImages.embedded().get(EMBEDDED);
            INDArray image = Nd4j.createFromArray(new float[][][][] {{pixels}});
            read.put(EMBEDDED, colour ? Nd4j.concat(1, image, image, image) : image);
            summary = "embedded photograph \"" + EMBEDDED + "\"";
        } else if (Files.isDirectory(images)) {
            WholeImages folder = WholeImages.of(images, channels);
            read.putAll(folder.images());
            summary = folder.report().summary();
        } else {
            INDArray image = ImageFile.read(images, channels);
            read.put(images.getFileName().toString(), image);
            summary = "read " + image.size(3) + " x " + image.size(2) + " " + channels + " from " + images;
        }
        return new RestoreData(read, mask == null ? null : mask(), summary);
    }

    private INDArray mask() throws IOException {
        return ImageFile.read(mask, ImageChannels.GRAY).gt(0.5).castTo(DataType.FLOAT);
    }
}
