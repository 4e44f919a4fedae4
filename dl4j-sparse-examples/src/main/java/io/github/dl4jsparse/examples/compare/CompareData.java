package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.task.data.BalancedDraw;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The images of a comparison, in parts that have no image in common: to train on, for validation and for the test.
 *
 * @param name       what a reader knows the data by
 * @param train      to draw labelled images from
 * @param unlabelled the first of those images, without labels
 * @param validation labelled images by which each row chooses its setting
 * @param test       is only looked at to report the accuracy
 */
record CompareData(String name, DataSet train, Unlabelled unlabelled, DataSet validation, DataSet test) {
    /**
     * Takes parts of the images.
     *
     * @param unlabelled how many, at most
     * @param validation how many, at most
     */
    static CompareData of(Digits digits, int unlabelled, int validation) {
        INDArray images = digits.train().getFeatures();
        INDArray first =
                Rows.of(images, 0, Math.min(unlabelled, images.size(0))).dup('c');
        return new CompareData(
                digits.name(),
                digits.train(),
                new Unlabelled(first, digits.height(), digits.width()),
                first(digits.validation(), validation),
                digits.test());
    }

    private static DataSet first(DataSet data, int most) {
        if (data.numExamples() <= most) {
            return data;
        }
        return new DataSet(
                Rows.of(data.getFeatures(), 0, most).dup('c'),
                Rows.of(data.getLabels(), 0, most).dup('c'));
    }

    /** What a row of the table is trained on: the same images for every row that is given the same seed. */
    Task task(int labels, long seed) {
        int[] classes = train.getLabels().argMax(1).toIntVector();
        int[] drawn = BalancedDraw.of(classes, labels, seed);
        DataSet labelled =
                new DataSet(Nd4j.pullRows(train.getFeatures(), 1, drawn), Nd4j.pullRows(train.getLabels(), 1, drawn));
        return new Task(labelled, unlabelled, seed);
    }
}
