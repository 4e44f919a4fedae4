package io.github.dl4jsparse.examples.compare;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adds images without labels to a batch, drawn at random: their labels are zeros under a mask, so that only the energy
 * counts.
 */
final class WithUnlabelled implements UnaryOperator<DataSet> {
    private final INDArray images;
    private final int number;
    private final Random random;

    /**
     * @param images {@code [n, pixels]}. Not modified.
     * @param number to add to a batch
     */
    WithUnlabelled(INDArray images, int number, long seed) {
        this.images = images;
        this.number = number;
        this.random = new Random(seed);
    }

    @Override
    public DataSet apply(DataSet labelled) {
        int[] drawn = random.ints(number, 0, Math.toIntExact(images.size(0))).toArray();
        INDArray features = Nd4j.vstack(labelled.getFeatures(), Nd4j.pullRows(images, 1, drawn));
        INDArray labels = Nd4j.vstack(
                labelled.getLabels(), Nd4j.zeros(labelled.getLabels().dataType(), number, labelled.numOutcomes()));
        INDArray mask = Nd4j.vstack(Nd4j.ones(labelled.numExamples(), 1), Nd4j.zeros(number, 1));
        return new DataSet(features, labels, null, mask);
    }
}
