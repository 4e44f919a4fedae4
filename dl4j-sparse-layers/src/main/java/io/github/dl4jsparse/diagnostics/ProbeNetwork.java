package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.nn.common.Workspaces;
import io.github.dl4jsparse.train.PretrainStage;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A copy of a network that a probe batch runs through while the network is trained: so that nothing of it is left in the
 * network, neither activations nor masks nor numbers that a score is made of.
 */
final class ProbeNetwork {
    private final Model copy;
    private final List<PretrainStage> stages;

    private ProbeNetwork(Model copy) {
        this.copy = copy;
        this.stages = PretrainStage.of(copy);
    }

    /**
     * A copy of a network that is initialised.
     *
     * @throws IllegalArgumentException if it is neither of DL4J's kinds of network
     */
    static ProbeNetwork of(Model net) {
        return Workspaces.outside(() -> new ProbeNetwork(copy(net)));
    }

    private static Model copy(Model net) {
        if (net instanceof MultiLayerNetwork network) {
            MultiLayerNetwork copy =
                    new MultiLayerNetwork(network.getLayerWiseConfigurations().clone());
            copy.init(network.params().dup(), false);
            return copy;
        }
        if (net instanceof ComputationGraph graph) {
            ComputationGraph copy =
                    new ComputationGraph(graph.getConfiguration().clone());
            copy.init(graph.params().dup(), false);
            return copy;
        }
        throw Args.failure(
                "net",
                "a MultiLayerNetwork or a ComputationGraph",
                net.getClass().getName());
    }

    /** Takes the parameters that the network has now. */
    void take(Model net) {
        copy.params().assign(net.params());
    }

    /** Does what DL4J does to the parameters after a listener has heard of an update. */
    void applyConstraints(int iteration, int epoch) {
        copy.applyConstraints(iteration, epoch);
    }

    /** The layers of the copy that can be pre-trained. */
    List<PretrainStage> stages() {
        return stages;
    }
}
