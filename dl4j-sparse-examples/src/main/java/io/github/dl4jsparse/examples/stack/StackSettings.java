package io.github.dl4jsparse.examples.stack;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.SpatialWindow;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.internal.check.Args;
import java.util.Locale;
import lombok.With;

/**
 * Everything that decides what the stack learns, apart from data, labels and seed.
 *
 * @param first          the lower stage
 * @param second         the upper stage
 * @param ring           neighbouring maps of a pool; the maps of the first stage form a ring
 * @param pretrainEpochs over the images without labels, for each stage
 * @param pretrainImages to train on without labels, at most
 * @param pretrainRate   Adam's learning rate without labels
 * @param batch          images an update; more for the classifier alone, see {@link #headBatch}
 * @param headEpochs     of the classifier on the features as they are, before all layers are trained together
 * @param epochs         of joint training; 0 for as many as make {@code updates}
 * @param updates        of joint training for any number of labels, whole epochs
 * @param classifierRate Adam's learning rate of the classifier at the start; falls linearly to a twentieth
 * @param pretrainedRate Adam's learning rate of pre-trained layers at the start; falls in the same way
 * @param randomRate     Adam's learning rate of layers with random weights at the start; falls in the same way
 * @param weightDecay    of the classifier
 * @param dropout        share of the features that the classifier does not see in training
 */
@With
record StackSettings(
        Stage first,
        Stage second,
        int ring,
        int pretrainEpochs,
        int pretrainImages,
        double pretrainRate,
        int batch,
        int headEpochs,
        int epochs,
        int updates,
        double classifierRate,
        double pretrainedRate,
        double randomRate,
        double weightDecay,
        double dropout) {
    private static final int HEAD_UPDATES = 10;
    private static final int MOST_IN_HEAD_BATCH = 200;

    /**
     * One auto-encoder with its pools.
     *
     * @param maps      of the code
     * @param kernel    side of a filter
     * @param pool      side of a pool in space
     * @param stride    places from one pool to the next
     * @param lambda    weight of the group penalty beside 1/2 |x - D z|^2
     * @param threshold of the rectification at the start
     */
    @With
    record Stage(int maps, int kernel, int pool, int stride, double lambda, double threshold) {
        Stage {
            Args.atLeast("maps", maps, 1);
            Args.atLeast("kernel", kernel, 1);
            Args.nonNegative("lambda", lambda);
        }

        /** The pools in space. */
        SpatialWindow window() {
            return SpatialWindow.square(pool, stride);
        }
    }

    /** @throws IllegalArgumentException if a number is out of its range */
    StackSettings {
        Args.atLeast("--pretrain-epochs", pretrainEpochs, 1);
        Args.atLeast("--pretrain-images", pretrainImages, 1);
        Args.positive("pretrainRate", pretrainRate);
        Args.atLeast("batch", batch, 1);
        Args.atLeast("--head-epochs", headEpochs, 1);
        Args.atLeast("--epochs", epochs, 0);
        Args.atLeast("updates", updates, 1);
        Args.positive("--classifier-rate", classifierRate);
        Args.positive("--pretrained-rate", pretrainedRate);
        Args.positive("--random-rate", randomRate);
        Args.nonNegative("--weight-decay", weightDecay);
        Args.inRange("--dropout", dropout, 0, 0.95);
    }

    /** What suits images of a size: digits of 8 x 8 pixels, or MNIST. */
    static StackSettings forImages(int height, int width) {
        return Math.min(height, width) < 2 * 8
                ? new StackSettings(
                        new Stage(16, 3, 2, 1, .05, .3),
                        new Stage(48, 3, 3, 2, .05, .3),
                        2,
                        10,
                        2000,
                        1e-3,
                        20,
                        100,
                        0,
                        600,
                        .02,
                        3e-4,
                        1e-3,
                        1e-5,
                        0.3)
                : new StackSettings(
                        new Stage(32, 7, 4, 3, .1, 1),
                        new Stage(64, 5, 3, 3, .1, .5),
                        2,
                        2,
                        4000,
                        1e-3,
                        20,
                        100,
                        0,
                        600,
                        .02,
                        3e-4,
                        1e-3,
                        1e-5,
                        0.3);
    }

    /** A few images and updates, done in seconds. */
    StackSettings quick() {
        return withPretrainEpochs(1).withPretrainImages(300).withHeadEpochs(20).withUpdates(20);
    }

    /** The pools over the maps of the first stage. */
    Groups groups() {
        return Groups.ring(first.maps(), Window.of(ring));
    }

    /** Epochs of joint training with a number of labels. */
    int epochs(int labels) {
        int batches = (labels + batch - 1) / batch;
        return epochs > 0 ? epochs : (updates + batches - 1) / batches;
    }

    /** Labelled images an update of the classifier alone: with many labels there are more updates than it needs. */
    int headBatch(int labels) {
        return Math.max(batch, Math.min(labels / HEAD_UPDATES, MOST_IN_HEAD_BATCH));
    }

    /** A line for people. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "%d maps %d x %d, %d maps %d x %d, %d epochs a stage on %d images at most",
                first.maps(),
                first.kernel(),
                first.kernel(),
                second.maps(),
                second.kernel(),
                second.kernel(),
                pretrainEpochs,
                pretrainImages);
    }
}
