package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Rows;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Activations of one layer of a network for any number of examples, computed in blocks of examples. */
public final class LayerCodes {
    private static final int PIECE = 250;

    private LayerCodes() {}

    /**
     * The activations of inference.
     *
     * @param net    not modified
     * @param layer  index of the layer, from 0
     * @param inputs {@code [examples, ...]}, as the network takes them. Not modified.
     * @return {@code [examples, features]}, a new array
     * @throws IllegalArgumentException if there is no such layer
     */
    public static INDArray of(MultiLayerNetwork net, int layer, INDArray inputs) {
        Args.inRange("layer", layer, 0, net.getnLayers() - 1);
        long examples = inputs.size(0);
        long numbers = inputs.length() / examples;
        INDArray rows = Rows.matrix(inputs.ordering() == 'c' ? inputs : inputs.dup('c'), numbers);
        long[] shape = inputs.shape().clone();
        INDArray all = null;
        for (long from = 0; from < examples; from += PIECE) {
            shape[0] = Math.min(PIECE, examples - from);
            INDArray piece = Rows.of(rows, from, shape[0]).reshape('c', shape);
            INDArray code = net.feedForwardToLayer(layer, piece, false).get(layer + 1);
            if (all == null) {
                all = Nd4j.create(code.dataType(), new long[] {examples, code.length() / code.size(0)}, 'c');
            }
            Rows.of(all, from, shape[0]).assign(code.reshape('c', shape[0], all.size(1)));
        }
        return all;
    }
}
