package io.github.dl4jsparse.examples.compare;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One row of the table: a way to train a classifier from a few labelled and many unlabelled images.
 * <p>Images are rows of pixels from 0 to 1, {@code [n, height * width]}. A row scales them itself where it wants
 * another scale, in training and in use alike.
 *
 * @param <P> what training without labels leaves: a network, a projection; {@link Void} where there is none
 */
interface Contender<P> {
    /** What a reader of the table knows it by. */
    String name();

    /** Whether it is one of ours, and which networks it is compared with. */
    Kind kind();

    /** The settings that are tried. */
    Grid grid();

    /**
     * A name for what {@link #pretrain} does: rows of the same name share its results where the settings that
     * {@link Grid#pretraining} marks are equal.
     */
    default String pretraining() {
        return name();
    }

    /**
     * Trains without labels. Called once for all trainings with labels that have the same settings of
     * {@link Grid#pretraining} and the same seed; the default does nothing.
     *
     * @param setting one of {@link #grid}; only axes of {@link Grid#pretraining} may be read
     * @return null where there is no such training
     */
    default P pretrain(Setting setting, Unlabelled images, long seed) {
        return null;
    }

    /**
     * Trains with labels.
     *
     * @param setting    one of {@link #grid}
     * @param pretrained of {@link #pretrain}. Not modified: others start from it too.
     * @param task       the labelled images, the same for every row, and the unlabelled ones
     */
    Classifier train(Setting setting, P pretrained, Task task);

    /** A trained classifier. */
    @FunctionalInterface
    interface Classifier {
        /**
         * Scores of the classes {@code [n, classes]}, the largest one wins.
         *
         * @param images {@code [n, height * width]}. Not modified.
         */
        INDArray scores(INDArray images);

        /** A network that takes the pixels as they are. */
        static Classifier of(MultiLayerNetwork net) {
            return images -> net.output(images);
        }
    }
}
