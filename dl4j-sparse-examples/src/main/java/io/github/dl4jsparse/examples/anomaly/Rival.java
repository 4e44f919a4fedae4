package io.github.dl4jsparse.examples.anomaly;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Another way to score examples, fitted on the same good ones. */
interface Rival {
    /** What the table calls it. */
    String name();

    /**
     * Fits and scores.
     *
     * @param good  {@code [examples, features]}. Not modified.
     * @param tests {@code [examples, features]}, arrays to score. Not modified.
     * @return the scores of each array: the higher, the odder
     */
    double[][] scores(INDArray good, INDArray... tests);
}
