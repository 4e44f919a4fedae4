package io.github.dl4jsparse.examples.features;

import io.github.dl4jsparse.examples.run.Settings;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.task.FeatureLearner;
import io.github.dl4jsparse.task.FeatureLearnerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The settings of {@code features}. */
final class FeaturesSettings extends Settings {
    private static final int QUICK_IMAGES = 300;

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
    private int labels;

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
    private int draws;

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
            description = "Images whose features are written to embeddings.csv, at most (default: 5000).")
    private int embeddings;

    @Override
    public void check() {
        complete(Stream.of("all", compare ? "compared" : "", quick() ? "short" : "")
                .filter(section -> !section.isEmpty())
                .toArray(String[]::new));
        Args.atLeast("--embeddings", embeddings, 1);
        Args.atLeast("--draws", draws, 1);
        size();
        learner(seed());
    }

    boolean compare() {
        return compare;
    }

    /** Rows of embeddings.csv, at most. */
    int embeddings() {
        return embeddings;
    }

    /** The seeds of the draws. */
    List<Long> drawSeeds() {
        return LongStream.range(seed(), seed() + draws).boxed().toList();
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
            return FeaturesData.embedded(seed(), quick() ? QUICK_IMAGES : Integer.MAX_VALUE);
        }
        return new FeaturesFolders(images, labelFile, test, size(), colour, strict)
                .read(quick() ? QUICK_IMAGES : Integer.MAX_VALUE, seed());
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
            // refused below
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
        if (!isGiven("--labels")) {
            labels = Math.min(labels, most);
            return labels;
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
        if (updates != null) {
            builder.updates(Args.atLeast("--updates", updates, 1));
        }
        return epochs == null ? builder : builder.epochs(Args.atLeast("--epochs", epochs, 1));
    }
}
