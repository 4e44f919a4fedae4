package io.github.dl4jsparse.check;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Checks of networks that are handed to a tool, with the same vocabulary of messages as {@link Args}. */
public final class Networks {
    private Networks() {}

    /**
     * Requires a network that has parameters: one of whose {@code init()} was called, or that was read from a file.
     *
     * @throws IllegalArgumentException if there is none, or it has no parameters yet
     */
    public static <T extends Model> T initialised(String name, T net) {
        Args.given(name, net);
        boolean without = net instanceof MultiLayerNetwork stack && stack.getLayers() == null
                || net instanceof ComputationGraph graph && graph.getVertices() == null;
        if (without) {
            throw Args.failure(
                    name,
                    "a network with parameters (call init() first)",
                    "a " + net.getClass().getSimpleName() + " before init()");
        }
        return net;
    }
}
