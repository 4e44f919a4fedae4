package io.github.dl4jsparse.examples.restore;

import io.github.dl4jsparse.examples.data.NaturalImages;
import io.github.dl4jsparse.examples.run.Settings;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.task.data.ImageChannels;
import io.github.dl4jsparse.task.data.ImageFile;
import io.github.dl4jsparse.task.data.WholeImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The settings of {@code restore}; noise levels are gray values of 255. */
final class RestoreSettings extends Settings {
    private static final String EMBEDDED = "cat";
    private static final double USUAL_NOISE = 25;
    private static final double QUICK_MINUTES = 0.3;
    private static final int QUICK_IMAGES = 3;

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

    /** @throws IllegalArgumentException if options are out of their ranges or don't go together */
    @Override
    public void check() {
        if (restorer != null && training != null) {
            throw Args.failure("--restorer", "given without --train", restorer);
        }
        if (dictionary && training == null) {
            throw Args.failure("--dictionary", "given with --train", "none");
        }
        for (String option : List.of("--minutes", "--iterations")) {
            if (isGiven(option) && (training == null || dictionary)) {
                throw Args.failure(
                        option,
                        "given with --train and without --dictionary: nothing else is trained that long",
                        option.equals("--minutes") ? String.valueOf(minutes) : iterations);
            }
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
        if (sigma != null) {
            Args.nonNegative("--sigma", sigma);
        }
        if (images == null && sigma == null && addedNoise == null && removed == null && mask == null) {
            addedNoise = USUAL_NOISE;
        }
        Args.nonNegative("--add-noise", addedNoise());
        Args.positive("--minutes", minutes);
    }

    /** Level of the noise that the images have; NaN if it is estimated. */
    double sigma() {
        if (sigma != null) {
            return sigma;
        }
        return mask != null || removed != null ? 0 : Double.NaN;
    }

    /** Level of the noise that is added to try the restoration; 0 for none. */
    double addedNoise() {
        return addedNoise == null ? 0 : addedNoise;
    }

    /** Share of the pixels that are removed to try the restoration; 0 for none. */
    double removed() {
        return removed == null ? 0 : removed;
    }

    /** Whether images are degraded, so that the restored ones can be measured. */
    boolean isTrial() {
        return addedNoise() > 0 || removed() > 0;
    }

    /** What restores. */
    String way() {
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
        return quick() ? Math.min(minutes, QUICK_MINUTES) : minutes;
    }

    Integer iterations() {
        return iterations;
    }

    boolean writeNoisy() {
        return writeNoisy;
    }

    /**
     * Reads the images.
     *
     * @throws IOException if a file can't be read
     */
    RestoreData data() throws IOException {
        ImageChannels channels = colour ? ImageChannels.COLOUR : ImageChannels.GRAY;
        Map<String, INDArray> read = new LinkedHashMap<>();
        String name = String.valueOf(images);
        String summary;
        if (images == null) {
            float[][] pixels = NaturalImages.embedded().get(EMBEDDED);
            INDArray image = Nd4j.createFromArray(new float[][][][] {{pixels}});
            read.put(EMBEDDED, colour ? Nd4j.concat(1, image, image, image) : image);
            summary = "embedded photograph \"" + EMBEDDED + "\"";
            name = summary;
        } else if (Files.isDirectory(images)) {
            WholeImages folder = WholeImages.of(images, channels);
            folder.images().entrySet().stream()
                    .limit(quick() ? QUICK_IMAGES : Long.MAX_VALUE)
                    .forEach(image -> read.put(image.getKey(), image.getValue()));
            summary = folder.report().summary();
        } else {
            INDArray image = ImageFile.read(images, channels);
            read.put(images.getFileName().toString(), image);
            summary = "read " + image.size(3) + " x " + image.size(2) + " " + channels + " from " + images;
        }
        return new RestoreData(name, read, mask == null ? null : new MaskFile(mask).read(read), summary);
    }
}
