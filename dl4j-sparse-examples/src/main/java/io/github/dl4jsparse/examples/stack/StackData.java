package io.github.dl4jsparse.examples.stack;

import io.github.dl4jsparse.data.LocalContrastNormalization;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.task.data.BalancedDraw;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Digits as images of normalised local contrast, {@code [n, 1, height, width]}.
 *
 * @param name  what a reader knows the data by
 * @param train to draw from, with and without labels
 * @param test  is only looked at to report errors
 */
record StackData(String name, int height, int width, DataSet train, DataSet test) {
    private static final int WINDOW = 9;
    private static final double DEVIATION = 2;

    /**
     * Takes the images of a size.
     *
     * @param validation whether validation images, on which nothing is trained, take the place of the test images
     * @param testImages how many of those to keep, at most, evenly from all
     */
    static StackData of(Digits digits, boolean validation, int testImages) {
        return new StackData(
                digits.name(),
                digits.height(),
                digits.width(),
                images(digits, digits.train()),
                images(digits, evenly(validation ? digits.validation() : digits.test(), testImages)));
    }

    private static DataSet evenly(DataSet data, int number) {
        int all = data.numExamples();
        int kept = Math.min(all, number);
        int[] rows = new int[kept];
        for (int i = 0; i < kept; i++) {
            rows[i] = (int) ((long) i * all / kept);
        }
        return rows(data, rows);
    }

    private static DataSet images(Digits digits, DataSet flat) {
        long n = flat.numExamples();
        INDArray images = flat.getFeatures().dup('c').reshape('c', n, 1, digits.height(), digits.width());
        DataSet normalised = new DataSet(images, flat.getLabels());
        int window = Math.min(WINDOW, (Math.min(digits.height(), digits.width()) - 1) / 2 * 2 + 1);
        new LocalContrastNormalization(window, DEVIATION).preProcess(normalised);
        return normalised;
    }

    private static DataSet rows(DataSet data, int[] rows) {
        INDArray features = data.getFeatures();
        long[] shape = features.shape().clone();
        long n = shape[0];
        INDArray flat = Nd4j.pullRows(features.reshape('c', n, features.length() / n), 1, rows);
        shape[0] = rows.length;
        return new DataSet(flat.reshape('c', shape), Nd4j.pullRows(data.getLabels(), 1, rows));
    }

    /** The first images of those to train on, labels left out. */
    DataSet unlabelled(int number) {
        INDArray images = first(train.getFeatures(), number);
        // an iterator over parts of the data wants labels too
        return new DataSet(images, images);
    }

    /** The first of some images. */
    static INDArray first(INDArray images, long number) {
        long n = images.size(0);
        long[] shape = images.shape().clone();
        shape[0] = Math.min(number, n);
        INDArray flat = images.dup('c').reshape('c', n, images.length() / n);
        return Rows.of(flat, 0, shape[0]).dup('c').reshape('c', shape);
    }

    /** Random images with their labels, as many of each class as possible. */
    DataSet labelled(int number, long seed) {
        int[] classes = train.getLabels().argMax(1).toIntVector();
        return rows(train, BalancedDraw.of(classes, number, seed));
    }
}
