package io.github.dl4jsparse.examples.drsae;

import io.github.dl4jsparse.examples.run.TrainingLosses;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Remembers the parameters with the lowest error on validation data; of equal errors, with the lowest loss. */
final class BestNetwork {
    private final MultiLayerNetwork net;
    private final DataSet validation;
    private INDArray parameters;
    private double error = Double.POSITIVE_INFINITY;
    private double loss = Double.POSITIVE_INFINITY;
    private int epoch;
    private int epochsSinceBest;

    BestNetwork(MultiLayerNetwork net, DataSet validation) {
        this.net = net;
        this.validation = validation;
    }

    /** Measures the network as it is now; returns its error, a fraction. */
    double measure(int currentEpoch) {
        DrsaeMeasurement now = DrsaeMeasurement.of(net, validation);
        boolean better = now.testError() < error
                || (now.testError() == error && now.losses().value(TrainingLosses.CLASSIFICATION) < loss);
        if (better) {
            error = now.testError();
            loss = now.losses().value(TrainingLosses.CLASSIFICATION);
            epoch = currentEpoch;
            parameters = net.params().dup();
        }
        epochsSinceBest = better ? 0 : epochsSinceBest + 1;
        return now.testError();
    }

    int epochsSinceBest() {
        return epochsSinceBest;
    }

    /** The epoch of the best parameters. */
    int epoch() {
        return epoch;
    }

    /** The lowest error, a fraction. */
    double error() {
        return error;
    }

    /** Puts the best parameters back. */
    void restore() {
        net.setParams(parameters);
    }
}
