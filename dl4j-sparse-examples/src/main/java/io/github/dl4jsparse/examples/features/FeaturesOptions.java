package io.github.dl4jsparse.examples.features;

import io.github.dl4jsparse.examples.run.RunOptions;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.task.FeatureLearner;
import io.github.dl4jsparse.task.FeatureLearnerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code features}. */
final class FeaturesOptions extends RunOptions {
    private static final int USUAL_LABELS = 100;
    private static final int DRAWS = 3;
    private static final int EMBEDDINGS = 5000;
    private static final int QUICK_IMAGES = 300;
    private static final int QUICK_UPDATES = 20;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            description =
                    "Images, those of a class in a folder of its own (default: the digits that come with the program).")
    private Path images;

    @Option(
            names = "--labels",
            paramLabel = "N",
            description = "Images whose labels are used, drawn by the seed, as many of each class as possible "
                    + "(default: 100, or all that there are).")
    private Integer labels;

    @Option(
            names = "--label-file",
            paramLabel = "CSV",
            description = "A line for each labelled image, with its file and its class, in place of class folders.")
    private Path labelFile;

    @Option(
            names = "--test",
            paramLabel = "DIR",
            description =
                    "Images in class folders to measure on (default: the images of DIR whose labels are not used).")
    private Path test;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Width and height in pixels that images are brought to (default: that of most of them).")
    private String size;

    @Option(names = "--colour", description = "Read images in colour (default: gray).")
    private boolean colour;

    @Option(names = "--strict", description = "Refuse a folder with anything odd in it, such as a damaged file.")
    private boolean strict;

    @Option(
            names = "--compare",
            description = "Also train the same network from random weights, and measure nearest neighbours on pixels; "
                    + "three draws of labels.")
    private boolean compare;

    @Option(
            names = "--draws",
            paramLabel = "N",
            description = "Times the labels are drawn, from --seed on (default: 1; with --compare 3).")
    private Integer draws;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Epochs of each stage without labels (default: 10,000 images in all, 1 to 20 epochs).")
    private Integer epochs;

    @Option(
            names = "--updates",
            paramLabel = "N",
            description = "Updates of all layers with labels (default: 900; quick: 20).")
    private Integer updates;

    @Option(
            names = "--embeddings",
            paramLabel = "N",
            description = "Images whose features are written to embeddings.csv, at most (default: ${DEFAULT-VALUE}).",
            defaultValue = "" + EMBEDDINGS)
    private int embeddings;

    @Option(names = "--quick", description = "Few images and updates: to see that it runs.")
    private boolean quick;

    boolean compare() {
        return compare;
    }

    boolean quick() {
        return quick;
    }

    /** Rows of embeddings.csv, at most. */
    int embeddings() {
        return Args.atLeast("--embeddings", embeddings, 1);
    }

    /** The seeds of the draws. */
    List<Long> seeds() {
        int number = draws == null ? (compare ? DRAWS : 1) : Args.atLeast("--draws", draws, 1);
        return LongStream.range(seed(), seed() + number).boxed().toList();
    }

    /**
     * Reads the images.
     *
     * @throws IOException              if a folder or file can't be read
     * @throws IllegalArgumentException if options don't go together
     */
    FeaturesData data() throws IOException {
        if (images == null) {
            for (Object other : new Object[] {labelFile, test, size, colour ? "--colour" : null}) {
                if (other != null) {
                    throw Args.failure("DIR", "given with --label-file, --test, --size and --colour", "none");
                }
            }
            return FeaturesData.embedded(seed(), quick ? QUICK_IMAGES : Integer.MAX_VALUE);
        }
        return new FeaturesFolders(images, labelFile, test, size(), colour, strict)
                .read(quick ? QUICK_IMAGES : Integer.MAX_VALUE, seed());
    }

    private int[] size() {
        if (size == null) {
            return null;
        }
        String[] parts = size.split("x", -1);
        try {
            if (parts.length == 2) {
                int width = Integer.parseInt(parts[0].strip());
                return new int[] {Integer.parseInt(parts[1].strip()), width};
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Args.failure("--size", "width and height in pixels, such as 28x28", "\"" + size + "\"");
    }

    /**
     * The number of labels that are used.
     *
     * @throws IllegalArgumentException if there are not as many
     */
    int labels(FeaturesData data) {
        int most = data.labelled().size();
        if (labels == null) {
            return Math.min(USUAL_LABELS, most);
        }
        int least = data.labelled().classes().size();
        if (labels < least || labels > most) {
            throw Args.failure(
                    "--labels",
                    "a number from " + least + ", one for each class, to the " + most + " images with a label",
                    labels);
        }
        return labels;
    }

    /** The learner of one draw. */
    FeatureLearnerBuilder learner(long seed) {
        FeatureLearnerBuilder builder = FeatureLearner.builder().seed(seed);
        if (quick) {
            builder.updates(QUICK_UPDATES).epochs(1);
        }
        if (updates != null) {
            builder.updates(Args.atLeast("--updates", updates, 1));
        }
        return epochs == null ? builder : builder.epochs(Args.atLeast("--epochs", epochs, 1));
    }
}
