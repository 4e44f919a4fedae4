package io.github.dl4jsparse.spark;

import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.train.UnsupervisedStage;
import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The form in which a network is sent to the workers: its configuration as JSON and its parameters.
 *
 * @param json   the configuration
 * @param params in one row
 */
record NetworkCopy(String json, INDArray params) implements Serializable {
    static NetworkCopy of(Net<?> net) {
        return new NetworkCopy(net.json(), net.params().dup());
    }

    /** A network of one layer only, with these parameters; the layer is given by its index. */
    UnsupervisedStage stage(int layer) {
        Net<?> net = Net.ofJson(json, params);
        return UnsupervisedStage.of(net.model(), net.trained(layer).name());
    }
}
