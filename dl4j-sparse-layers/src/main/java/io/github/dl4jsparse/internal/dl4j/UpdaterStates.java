package io.github.dl4jsparse.internal.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The state of one parameter in an updater of DL4J: one array for each moment, of the parameter's own shape.
 * <p>DL4J has one flat array for a network. It holds blocks of neighbouring parameters with the same updater, and each block
 * holds its moments one after the other: first the first moment of all its parameters, then the second.
 *
 * @param owner     the layer, or vertex, of the parameter
 * @param parameter its name
 * @param moments   views of the flat array; none for an updater without state
 */
public record UpdaterStates(Trainable owner, String parameter, List<INDArray> moments) {
    /** The states of all parameters in the order of the network; none where there is no updater. */
    public static List<UpdaterStates> of(Updater updater) {
        List<UpdaterStates> states = new ArrayList<>();
        if (updater instanceof BaseMultiLayerUpdater<?> all) {
            all.getUpdaterBlocks().forEach(block -> add(block, states));
        }
        return states;
    }

    private static void add(UpdaterBlock block, List<UpdaterStates> states) {
        int parameters = block.getParamOffsetEnd() - block.getParamOffsetStart();
        int values = block.getUpdaterViewOffsetEnd() - block.getUpdaterViewOffsetStart();
        for (UpdaterBlock.ParamState state : block.getLayersAndVariablesInBlock()) {
            INDArray like = state.getLayer().paramTable(false).get(state.getParamName());
            List<INDArray> moments = new ArrayList<>();
            for (int m = 0; m < (parameters == 0 ? 0 : values / parameters); m++) {
                long start = (long) m * parameters + state.getParamOffsetStart() - block.getParamOffsetStart();
                moments.add(view(block.getUpdaterView(), start, like));
            }
            states.add(new UpdaterStates(state.getLayer(), state.getParamName(), moments));
        }
    }

    /** A part of a flat array, laid out as a parameter is in its own flat array. */
    private static INDArray view(INDArray flat, long start, INDArray like) {
        return Nd4j.create(flat.data(), like.shape(), like.stride(), flat.offset() + start, like.ordering());
    }

    /** The layer whose parameters an updater changes: that of a graph's vertex, or the layer itself. */
    public static Trainable layerOf(Trainable owner) {
        return owner instanceof GraphVertex vertex ? vertex.getLayer() : owner;
    }

    /** Whether the owner of parameters is a vertex of a graph. */
    public static boolean isVertex(@Nullable Object owner) {
        return owner instanceof GraphVertex;
    }
}
