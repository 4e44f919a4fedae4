package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.internal.dl4j.ParameterLayer;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.RowBlocks;
import io.github.dl4jsparse.internal.nn.InputErrors;
import io.github.dl4jsparse.internal.nn.TrainingWatch;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.nn.LossTerms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.Solver;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * What a layer that makes codes shares with DL4J before there is a loss: its input in the order in which it computes, its
 * parameters as a pass sees them, and its part of the penalties on weights. The loss is {@link SparseLayer}'s.
 *
 * @param <C> the layer's configuration
 */
abstract class CodeLayer<C extends SparseLayerConf> extends ParameterLayer<C> implements TrainingWatch.Owner {
    private static final long serialVersionUID = 1;

    private transient TrainingWatch watch;

    CodeLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    /** The number of units of the code. */
    public abstract long codeSize();

    @Override
    public final TrainingWatch watch() {
        if (watch == null) {
            watch = new TrainingWatch(new WatchedLayer(this), codeSize());
        }
        return watch;
    }

    /**
     * Tells the watch of a pass.
     *
     * @param code   in the layer's order. Not modified.
     * @param energy mean an example, null where it is no part of the loss
     */
    final void watched(boolean training, INDArray code, LossTerms energy) {
        if (training) {
            watch().trained(code, input.size(0), energy, false);
        } else {
            watch().ended();
        }
    }

    /** The layer's name, index and type, as DL4J says them. */
    final String place() {
        return layerId();
    }

    /**
     * Where the channels are in the layer's arrays and in those of its network; here the same. A layer of images may have them last
     * where the network has them first.
     */
    public ChannelOrder channelOrder() {
        return ChannelOrder.SAME;
    }

    /** An input, code or gradient of a network in the order in which the layer computes: the array itself or a view of it. */
    protected final INDArray layerOrder(INDArray array) {
        return channelOrder().toLayer(array);
    }

    /** The inverse of {@link #layerOrder}. */
    protected final INDArray networkOrder(INDArray array) {
        return channelOrder().toNetwork(array);
    }

    /** The array itself where it is in the layer's order and precision without gaps, else a copy in a workspace. */
    final INDArray inOrder(INDArray array, LayerWorkspaceMgr workspaces, ArrayType type) {
        INDArray ordered = layerOrder(array);
        return ordered.dataType() == dataType && HostArrays.isDense(ordered)
                ? ordered
                : copy(ordered, workspaces, type);
    }

    /** A copy in c order and the layer's precision; of an array in another order in half the time that {@code dup} takes. */
    final INDArray copy(INDArray array, LayerWorkspaceMgr workspaces, ArrayType type) {
        return RowBlocks.assign(workspaces.createUninitialized(type, dataType, array.shape(), 'c'), array);
    }

    /**
     * A copy in the network's order of an array in the layer's. It is written in the layer's order, with the channels innermost: ND4J
     * takes 1.6 times as long the other way round.
     */
    final INDArray networkCopy(INDArray array, LayerWorkspaceMgr workspaces, ArrayType type) {
        INDArray copy =
                workspaces.createUninitialized(type, dataType, channelOrder().toNetwork(array.shape()), 'c');
        RowBlocks.assign(layerOrder(copy), array);
        return copy;
    }

    /** The array itself where it is in the network's order, else a copy. */
    final INDArray inNetworkOrder(INDArray array) {
        INDArray ordered = networkOrder(array);
        return HostArrays.isDense(ordered) ? ordered : ordered.dup('c');
    }

    /**
     * Refuses input of a wrong shape; here, all that is no matrix of width nIn.
     *
     * @return the input
     * @throws DL4JInvalidInputException with the shape, the way out and this layer's name
     */
    protected INDArray requireShape(INDArray input) {
        long nIn = layerConf().getNIn();
        if (input == null || input.rank() != 2 || input.size(1) != nIn) {
            throw InputErrors.input(
                    "a matrix [batch, " + nIn + "]",
                    2,
                    input,
                    "set nIn, or the network's input type, to fit the data",
                    index,
                    layerId());
        }
        return input;
    }

    /**
     * Refuses a code of a wrong shape; here, all that is no matrix with a column a unit.
     *
     * @return the code
     * @throws DL4JInvalidInputException with the shape, the way out and this layer's name
     */
    protected INDArray requireCode(INDArray code) {
        long units = layerConf().getNOut();
        if (code == null || code.rank() != 2 || code.size(1) != units) {
            throw InputErrors.code("a matrix [batch, " + units + "]", code, layerId());
        }
        return code;
    }

    /** The parameters as one pass sees them: with weight noise, where the layer has any. */
    protected final Map<String, INDArray> weights(boolean training, LayerWorkspaceMgr workspaces) {
        if (layerConf().getWeightNoise() == null) {
            return params;
        }
        Map<String, INDArray> noisy = new LinkedHashMap<>();
        params.keySet().forEach(name -> noisy.put(name, getParamWithNoise(name, training, workspaces)));
        return noisy;
    }

    /** The penalties on weights, l1 and l2, of the parameters that are trained, or of all. */
    final double regularization(boolean backpropParamsOnly) {
        double sum = 0;
        for (Map.Entry<String, INDArray> e : paramTable(backpropParamsOnly).entrySet()) {
            var terms = layerConf().getRegularizationByParam(e.getKey());
            for (Regularization r : terms == null ? List.<Regularization>of() : terms) {
                sum += r.score(e.getValue(), getIterationCount(), getEpochCount());
            }
        }
        return sum;
    }

    @Override
    public Map<String, INDArray> paramTable(boolean backpropParamsOnly) {
        if (!backpropParamsOnly) {
            return params;
        }
        Map<String, INDArray> trained = new LinkedHashMap<>(params);
        trained.keySet().removeIf(layerConf()::isPretrainParam);
        return trained;
    }

    /**
     * The updater of DL4J's own pre-training of this layer ({@code MultiLayerNetwork.pretrainLayer}), which is no part of the
     * network's updater.
     *
     * @param create whether it is made where there is none yet
     * @return null where there is none
     */
    public final Updater pretrainUpdater(boolean create) {
        if (solver == null && create) {
            solver = new Solver.Builder()
                    .model(this)
                    .configure(conf)
                    .listeners(getListeners())
                    .build();
        }
        return solver == null ? null : solver.getOptimizer().getUpdater(create);
    }

    @Override
    public Type type() {
        return Type.FEED_FORWARD;
    }

    @Override
    public boolean isPretrainLayer() {
        return layerConf().isPretrainable();
    }
}
