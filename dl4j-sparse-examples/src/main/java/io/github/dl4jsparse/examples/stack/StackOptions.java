package io.github.dl4jsparse.examples.stack;

import io.github.dl4jsparse.examples.data.DigitOptions;
import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Option;

/** The options of {@code stack}. */
final class StackOptions extends DigitOptions {
    private static final List<String> LABELS = List.of("100", "300", "1000");

    @Option(
            names = "--labels",
            paramLabel = "N",
            split = ",",
            description = "Labelled images to train with, several numbers or all (default: 100,300,1000, and with the "
                    + "8x8 digits all).")
    private List<String> labels;

    @Option(
            names = "--draws",
            paramLabel = "N",
            defaultValue = "3",
            description = "Times the labelled images and random weights are drawn (default: ${DEFAULT-VALUE}).")
    private int draws;

    @Option(names = "--quick", description = "A few images and updates only: to see that it runs.")
    private boolean quick;

    @Option(names = "--pretrain-epochs", paramLabel = "N", description = "Epochs without labels, for each stage.")
    private Integer pretrainEpochs;

    @Option(names = "--pretrain-images", paramLabel = "N", description = "Images without labels, at most.")
    private Integer pretrainImages;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Epochs of all layers with labels (default: the same number of updates for any number of "
                    + "labels).")
    private Integer epochs;

    @Option(names = "--pretrained-rate", paramLabel = "X", description = "Learning rate of pre-trained layers.")
    private Double pretrainedRate;

    @Option(names = "--random-rate", paramLabel = "X", description = "Learning rate of layers with random weights.")
    private Double randomRate;

    @Option(names = "--test-images", paramLabel = "N", description = "Test images, at most (default: all).")
    private Integer testImages;

    @Option(
            names = "--validation",
            description = "Report errors on validation images, on which nothing is trained: to choose settings by.")
    private boolean validation;

    int draws() {
        return Args.atLeast("--draws", draws, 1);
    }

    /** Loads the images and normalises their contrast. */
    StackData data() throws IOException {
        int most = testImages == null ? Integer.MAX_VALUE : Args.atLeast("--test-images", testImages, 1);
        return StackData.of(digits(seed(), seed()), validation, most);
    }

    /**
     * The numbers of labels.
     *
     * @throws IllegalArgumentException if one is no number, or more than there are images
     */
    List<Integer> labels(int images) {
        List<String> given = new ArrayList<>(labels == null ? LABELS : labels);
        if (labels == null && embedded()) {
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

    /** What suits the images, with the values that were given. */
    StackSettings settings(StackData images) {
        StackSettings s = StackSettings.forImages(images.height(), images.width());
        s = quick ? s.quick() : s;
        return s.withPretrainEpochs(Objects.requireNonNullElse(pretrainEpochs, s.pretrainEpochs()))
                .withPretrainImages(Objects.requireNonNullElse(pretrainImages, s.pretrainImages()))
                .withEpochs(Objects.requireNonNullElse(epochs, s.epochs()))
                .withPretrainedRate(Objects.requireNonNullElse(pretrainedRate, s.pretrainedRate()))
                .withRandomRate(Objects.requireNonNullElse(randomRate, s.randomRate()));
    }
}
