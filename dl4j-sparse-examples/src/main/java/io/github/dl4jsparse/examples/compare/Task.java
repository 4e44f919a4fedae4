package io.github.dl4jsparse.examples.compare;

import org.nd4j.linalg.dataset.DataSet;

/**
 * What a classifier is trained on.
 *
 * @param labelled   images {@code [n, height * width]} and labels, one-hot {@code [n, classes]}. Not to be modified.
 * @param unlabelled the images without labels
 * @param seed       of weights and of the order of the images
 */
record Task(DataSet labelled, Unlabelled unlabelled, long seed) {
    /** Number of labelled images. */
    int labels() {
        return labelled.numExamples();
    }

    /** Number of classes. */
    int classes() {
        return labelled.numOutcomes();
    }
}
