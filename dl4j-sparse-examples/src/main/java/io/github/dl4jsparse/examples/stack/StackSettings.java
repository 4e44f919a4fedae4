package io.github.dl4jsparse.examples.stack;

import io.github.dl4jsparse.examples.data.DigitSettings;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lombok.AccessLevel;
import lombok.Getter;
import lombok.experimental.Accessors;
import picocli.CommandLine.Option;

/** All that decides what {@code stack} learns; sizes come from the section of the presets that suits the images. */
@Getter
@Accessors(fluent = true)
final class StackSettings extends DigitSettings {
    private static final int SMALL = 16;
    private static final int HEAD_UPDATES = 10;
    private static final int MOST_IN_HEAD_BATCH = 200;
    private static final String STAGES = " of both stages, the lower one first.";

    @Option(
            names = "--labels",
            paramLabel = "N",
            split = ",",
            description = "Labelled images to train with, several numbers or all (default: 100,300,1000, and with the "
                    + "8x8 digits all).")
    @Getter(AccessLevel.NONE)
    private List<String> labels;

    @Option(
            names = "--draws",
            paramLabel = "N",
            description = "Times the labelled images and random weights are drawn (default: 3).")
    private int draws;

    @Option(names = "--pretrain-epochs", paramLabel = "N", description = "Epochs without labels, for each stage.")
    private int pretrainEpochs;

    @Option(names = "--pretrain-images", paramLabel = "N", description = "Images without labels, at most.")
    private int pretrainImages;

    @Option(names = "--pretrain-rate", paramLabel = "X", description = "Adam's learning rate without labels.")
    private double pretrainRate;

    @Option(names = "--batch", paramLabel = "N", description = "Images an update; more for the classifier alone.")
    private int batch;

    @Option(
            names = "--head-epochs",
            paramLabel = "N",
            description = "Epochs of the classifier on the features as they are, before all layers are trained.")
    private int headEpochs;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Epochs of all layers with labels (default: the same number of updates for any number of "
                    + "labels).")
    private int epochs;

    @Option(names = "--updates", paramLabel = "N", description = "Updates of all layers with labels, whole epochs.")
    private int updates;

    @Option(names = "--classifier-rate", paramLabel = "X", description = "Learning rate of the classifier alone.")
    private double classifierRate;

    @Option(names = "--pretrained-rate", paramLabel = "X", description = "Learning rate of pre-trained layers.")
    private double pretrainedRate;

    @Option(names = "--random-rate", paramLabel = "X", description = "Learning rate of layers with random weights.")
    private double randomRate;

    @Option(names = "--weight-decay", paramLabel = "X", description = "Of the classifier.")
    private double weightDecay;

    @Option(
            names = "--dropout",
            paramLabel = "X",
            description = "Share of the features that the classifier does not see in training.")
    private double dropout;

    @Option(names = "--test-images", paramLabel = "N", description = "Test images, at most (default: all).")
    private int testImages;

    @Option(
            names = "--validation",
            description = "Report errors on validation images, on which nothing is trained: to choose settings by.")
    private boolean validation;

    @Option(names = "--maps", split = ",", paramLabel = "N", description = "Maps of the code" + STAGES)
    private List<Integer> maps;

    @Option(names = "--kernels", split = ",", paramLabel = "N", description = "Side of a filter" + STAGES)
    private List<Integer> kernels;

    @Option(names = "--pools", split = ",", paramLabel = "N", description = "Side of a pool" + STAGES)
    private List<Integer> pools;

    @Option(names = "--strides", split = ",", paramLabel = "N", description = "From one pool to the next" + STAGES)
    private List<Integer> strides;

    @Option(
            names = "--lambdas",
            split = ",",
            paramLabel = "X",
            description = "Weight of the group penalty beside 1/2 |x - D z|^2" + STAGES)
    private List<Double> lambdas;

    @Option(
            names = "--thresholds",
            split = ",",
            paramLabel = "X",
            description = "Of the rectification at the start" + STAGES)
    private List<Double> thresholds;

    @Option(
            names = "--ring",
            paramLabel = "N",
            description = "Neighbouring maps of a pool; the maps of the lower stage form a ring.")
    private int ring;

    /** Loads the images and normalises their contrast. */
    StackData data(long seed) throws IOException {
        complete(quick() ? new String[] {"all", "short"} : new String[] {"all"});
        Args.atLeast("--test-images", testImages, 1);
        return StackData.of(digits(seed, seed), validation, testImages);
    }

    /**
     * Completes the settings by those that suit images of a size.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    StackSettings forImages(int height, int width) {
        String size = Math.min(height, width) < SMALL ? "small" : "large";
        complete(quick() ? new String[] {"all", size, "short"} : new String[] {"all", size});
        Args.atLeast("--draws", draws, 1);
        Args.atLeast("--pretrain-epochs", pretrainEpochs, 1);
        Args.atLeast("--pretrain-images", pretrainImages, 1);
        Args.positive("--pretrain-rate", pretrainRate);
        Args.atLeast("--batch", batch, 1);
        Args.atLeast("--head-epochs", headEpochs, 1);
        Args.atLeast("--epochs", epochs, 0);
        Args.atLeast("--updates", updates, 1);
        Args.positive("--classifier-rate", classifierRate);
        Args.positive("--pretrained-rate", pretrainedRate);
        Args.positive("--random-rate", randomRate);
        Args.nonNegative("--weight-decay", weightDecay);
        Args.inRange("--dropout", dropout, 0, 0.95);
        for (List<?> values : List.of(maps, kernels, pools, strides, lambdas, thresholds)) {
            if (values.size() != 2) {
                throw Args.failure("an option of both stages", "two numbers, the lower stage first", values);
            }
        }
        first();
        second();
        groups();
        return this;
    }

    /** The lower stage. */
    Stage first() {
        return stage(0);
    }

    /** The upper stage. */
    Stage second() {
        return stage(1);
    }

    private Stage stage(int i) {
        return new Stage(maps.get(i), kernels.get(i), pools.get(i), strides.get(i), lambdas.get(i), thresholds.get(i));
    }

    /**
     * The numbers of labels.
     *
     * @throws IllegalArgumentException if one is no number, or more than there are images
     */
    List<Integer> labels(int images) {
        List<String> given = new ArrayList<>(labels);
        if (!isGiven("--labels") && embedded() && !quick()) {
            given.add("all");
        }
        return given.stream().map(text -> number(text, images)).toList();
    }

    private static int number(String text, int images) {
        if (text.equals("all")) {
            return images;
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > images) {
            throw Args.failure("--labels", "numbers from 1 to the " + images + " images, or all", text);
        }
        return Integer.parseInt(text);
    }

    /** The pools over the maps of the first stage. */
    Groups groups() {
        return Groups.ring(first().maps(), Window.of(ring));
    }

    /** Epochs of joint training with a number of labels. */
    int epochs(int labelled) {
        int batches = (labelled + batch - 1) / batch;
        return epochs > 0 ? epochs : (updates + batches - 1) / batches;
    }

    /** Labelled images an update of the classifier alone: with many labels there are more updates than it needs. */
    int headBatch(int labelled) {
        return Math.max(batch, Math.min(labelled / HEAD_UPDATES, MOST_IN_HEAD_BATCH));
    }

    /** A line for people. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "%d maps %d x %d, %d maps %d x %d, %d epochs a stage on %d images at most",
                first().maps(),
                first().kernel(),
                first().kernel(),
                second().maps(),
                second().kernel(),
                second().kernel(),
                pretrainEpochs,
                pretrainImages);
    }
}
