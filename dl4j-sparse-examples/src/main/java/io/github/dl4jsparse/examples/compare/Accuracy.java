package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.internal.math.Rows;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Counts right answers. */
final class Accuracy {
    private static final int BATCH = 250;

    private Accuracy() {}

    /** Right answers in per cent. */
    static double of(Contender.Classifier classifier, DataSet data) {
        int[] classes = data.getLabels().argMax(1).toIntVector();
        int right = 0;
        for (int from = 0; from < classes.length; from += BATCH) {
            int to = Math.min(classes.length, from + BATCH);
            INDArray images = Rows.of(data.getFeatures(), from, to - from);
            int[] answers = classifier.scores(images).argMax(1).toIntVector();
            for (int i = 0; i < answers.length; i++) {
                right += answers[i] == classes[from + i] ? 1 : 0;
            }
        }
        return 100.0 * right / classes.length;
    }
}
