package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Examples that were read from files: features, names, labels, and a report of the reading.
 *
 * @param features of float, one example a row: vectors {@code [examples, features]}, images
 *                 {@code [examples, channels, height, width]}, windows of signals {@code [examples, channels, time]};
 *                 shared
 * @param names    the name of each example in messages: a file, or a line of one
 * @param labels   the class of each example; empty if there are no classes
 * @param columns  the names of the columns of vectors; empty for images
 * @param report   what the reader found
 */
public record ExampleSet(
        INDArray features, List<String> names, List<String> labels, List<String> columns, ReadingReport report) {
    /** @throws IllegalArgumentException if the counts are not those of the examples */
    public ExampleSet {
        Args.given("features", features);
        names = List.copyOf(Args.given("names", names));
        labels = List.copyOf(Args.given("labels", labels));
        columns = List.copyOf(Args.given("columns", columns));
        Args.given("report", report);
        if (names.size() != features.size(0)) {
            throw Args.failure("names", "one for each of the " + features.size(0) + " examples", names.size());
        }
        if (!labels.isEmpty() && labels.size() != names.size()) {
            throw Args.failure("labels", "one for each of the " + names.size() + " examples, or none", labels.size());
        }
    }

    /** The number of examples. */
    public int size() {
        return names.size();
    }

    /** The classes in the order of their names, which is the order of the columns of {@link #oneHot}. */
    public List<String> classes() {
        return List.copyOf(new TreeSet<>(labels));
    }

    /**
     * The labels as DL4J's output layers take them.
     *
     * @return {@code [examples, classes]}, of float
     * @throws IllegalStateException if there are no labels
     */
    public INDArray oneHot() {
        if (labels.isEmpty()) {
            throw new IllegalStateException("the examples have no labels (" + report.summary()
                    + "); put images into a folder for each class, or name the column of the labels");
        }
        List<String> classes = classes();
        INDArray rows = Nd4j.zeros(DataType.FLOAT, size(), classes.size());
        for (int i = 0; i < size(); i++) {
            rows.putScalar(i, classes.indexOf(labels.get(i)), 1);
        }
        return rows;
    }

    /**
     * Features and labels together, as {@code fit} takes them.
     *
     * @throws IllegalStateException if there are no labels
     */
    public DataSet dataSet() {
        return new DataSet(features, oneHot());
    }

    /**
     * Some of the examples, in the order given.
     *
     * @param chosen indices from 0, in any order. Not modified.
     * @return with a copy of their features
     * @throws IllegalArgumentException if there is no example of an index, or none is chosen
     */
    public ExampleSet select(int... chosen) {
        Args.given("chosen", chosen);
        Args.atLeast("chosen positions", chosen.length, 1);
        List<String> chosenNames = new ArrayList<>();
        List<String> chosenLabels = new ArrayList<>();
        long[] shape = features.shape().clone();
        shape[0] = chosen.length;
        INDArray rows = Nd4j.createUninitialized(features.dataType(), shape, 'c');
        for (int i = 0; i < chosen.length; i++) {
            Args.inRange("chosen[" + i + "]", chosen[i], 0, size() - 1);
            chosenNames.add(names.get(chosen[i]));
            if (!labels.isEmpty()) {
                chosenLabels.add(labels.get(chosen[i]));
            }
            rows.slice(i, 0).assign(features.slice(chosen[i], 0));
        }
        return new ExampleSet(rows, chosenNames, chosenLabels, columns, report);
    }

    /** The summary of the report. */
    @Override
    public String toString() {
        return "ExampleSet " + Arrays.toString(features.shape()) + ": " + report.summary();
    }
}
