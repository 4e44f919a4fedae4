package io.github.dl4jsparse.spark;

import io.github.dl4jsparse.network.Net;
import io.github.dl4jsparse.train.UnsupervisedStage;
import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network as it is sent to the workers: its configuration as JSON and its parameters.
 *
 * @param json   the configuration
 * @param params in one row
 */
record NetworkCopy(String json, INDArray params) implements Serializable {
    static NetworkCopy of(Net<?> net) {
        return new NetworkCopy(net.json(), net.params().dup());
    }

    /** One layer, by its index, of a network of its own with these parameters. */
    UnsupervisedStage stage(int layer) {
        return UnsupervisedStage.of(Net.ofJson(json, params).trained(layer));
    }
}
