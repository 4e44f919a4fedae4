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
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * The base of layers that compute codes: inputs in the layer's order of axes, parameters of a pass with weight noise,
 * and penalties on weights. The loss is in {@link SparseLayer}.
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
     * Reports a pass to the watch.
     *
     * @param code   in the layer's order. Not modified.
     * @param energy mean per example, null where it is not part of the loss
     */
    final void watched(boolean training, INDArray code, LossTerms energy) {
        if (training) {
            watch().trained(code, input.size(0), energy, false);
        } else {
            watch().ended();
        }
    }

    /** The layer's name, index and type, in DL4J's form. */
    final String place() {
        return layerId();
    }

    /**
     * The position of the channel axis in the layer's arrays and in those of its network; by default the same. A layer
     * of images may have it last where the network has it first.
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
     * A copy in the network's order of an array in the layer's. It is written in the layer's order, with the channels
     * innermost: the other loop order takes 1.6 times as long in ND4J.
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
     * Refuses input of a wrong shape; by default, anything except a matrix of width nIn.
     *
     * @return the input
     * @throws DL4JInvalidInputException with the shape, the remedy and this layer's name
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
     * Refuses a code of a wrong shape; by default, anything except a matrix with a column for each unit.
     *
     * @return the code
     * @throws DL4JInvalidInputException with the shape, the remedy and this layer's name
     */
    protected INDArray requireCode(INDArray code) {
        long units = layerConf().getNOut();
        if (code == null || code.rank() != 2 || code.size(1) != units) {
            throw InputErrors.code("a matrix [batch, " + units + "]", code, layerId());
        }
        return code;
    }

    /** The parameters of one pass, with weight noise where the layer has any. */
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
     * The updater of DL4J's own pre-training of this layer ({@code MultiLayerNetwork.pretrainLayer}), which is not part
     * of the network's updater.
     *
     * @param create whether it is created where there is none yet
     * @return null where there is none
     */
    public final @Nullable Updater pretrainUpdater(boolean create) {
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
