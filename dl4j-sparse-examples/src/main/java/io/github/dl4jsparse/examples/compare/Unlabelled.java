package io.github.dl4jsparse.examples.compare;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;

/**
 * The images without labels, the same for every row.
 *
 * @param images {@code [n, height * width]}, pixels from 0 to 1. Not to be modified.
 * @param height of an image
 * @param width  of an image
 */
record Unlabelled(INDArray images, int height, int width) {
    /** Number of images. */
    int count() {
        return Math.toIntExact(images.size(0));
    }

    /** Pixels of an image. */
    int pixels() {
        return height * width;
    }

    /** The images in batches, for training without labels. */
    ViewIterator batches(int batch) {
        // DL4J's iterators over parts of the data want labels too
        return new ViewIterator(new DataSet(images, images), Math.min(batch, count()));
    }
}
