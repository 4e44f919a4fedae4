package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import java.util.List;
import org.deeplearning4j.nn.api.Model;

/**
 * A copy of a network in training, through which a probe batch is passed: measuring changes neither activations nor
 * masks nor the terms of the score of the network itself.
 */
final class ProbeNetwork {
    private final Net<?> copy;
    private final List<Stage> stages;

    private ProbeNetwork(Net<?> copy) {
        this.copy = copy;
        this.stages = copy.stages();
    }

    /**
     * A copy of a network that is initialised.
     *
     * @throws IllegalArgumentException if it is neither of DL4J's kinds of network
     */
    static ProbeNetwork of(Model net) {
        return Workspaces.outside(() -> new ProbeNetwork(Net.of(net).copy()));
    }

    /** Copies the present parameters of the network. */
    void take(Model net) {
        copy.params().assign(net.params());
    }

    /**
     * Applies the layers' constraints to the copy, as DL4J does to the network after it has called the listeners of an
     * update.
     */
    void applyConstraints(int iteration, int epoch) {
        copy.model().applyConstraints(iteration, epoch);
    }

    /** Names of the layers that can't be measured, as they have no decoder. */
    List<String> withoutDecoder() {
        return copy.stagesWithoutDecoder().stream().map(Stage::name).toList();
    }

    /** The layers of the copy that can be pre-trained. */
    List<Stage> stages() {
        return stages;
    }
}
