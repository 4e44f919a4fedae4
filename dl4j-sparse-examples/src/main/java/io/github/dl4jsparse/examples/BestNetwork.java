package io.github.dl4jsparse.examples;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;

/**
 * Remembers the parameters of the latest epoch whose validation error is within one standard error of the lowest.
 * <p>\[ e \le e_{min} + \sqrt{e_{min} (1 - e_{min}) / n} \]
 * where n is the number of validation images. The lowest error alone would be a matter of chance on few images, and with
 * a falling learning rate the later of two epochs that can't be told apart is the better one.
 * <p>Reference: Breiman, Friedman, Olshen and Stone, Classification and Regression Trees, section 3.4.3, 1984.
 */
final class BestNetwork {
    /** Images at a time, to bound the memory. */
    private static final int BATCH = 1000;

    private final MultiLayerNetwork net;
    private final DataSet validation;
    private INDArray parameters;
    private double lowest = Double.POSITIVE_INFINITY;
    private double error;
    private int epoch;
    private int epochsSinceBest;

    BestNetwork(MultiLayerNetwork net, DataSet validation) {
        this.net = net;
        this.validation = validation;
    }

    /** Measures the network as it is now; returns its error in per cent. */
    double measure(int currentEpoch) {
        double now = net.evaluate(new ViewIterator(validation, BATCH)).accuracy();
        double current = 100 * (1 - now);
        lowest = Math.min(lowest, current);
        boolean kept = current <= lowest + standardError(lowest);
        if (kept) {
            error = current;
            epoch = currentEpoch;
            parameters = net.params().dup();
        }
        epochsSinceBest = kept ? 0 : epochsSinceBest + 1;
        return current;
    }

    private double standardError(double percent) {
        return Math.sqrt(percent * (100 - percent) / validation.numExamples());
    }

    int epochsSinceBest() {
        return epochsSinceBest;
    }

    /** The epoch of the best parameters. */
    int epoch() {
        return epoch;
    }

    /** The error of the best parameters, in per cent. */
    double error() {
        return error;
    }

    /** Puts the best parameters back. */
    void restore() {
        net.setParams(parameters);
    }
}
