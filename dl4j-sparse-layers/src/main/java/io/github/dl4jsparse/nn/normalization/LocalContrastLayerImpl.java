package io.github.dl4jsparse.nn.normalization;

import io.github.dl4jsparse.internal.math.LocalContrast;
import io.github.dl4jsparse.internal.math.RowBlocks;
import io.github.dl4jsparse.internal.nn.InputErrors;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.nn.spi.ParameterFreeConf.ParameterFreeLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link LocalContrastLayer}. */
final class LocalContrastLayerImpl extends ParameterFreeLayer<LocalContrastLayer> {
    private static final long serialVersionUID = 1;

    private transient LocalContrast contrast;

    LocalContrastLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    /** The array with the maps second, in c order. */
    private INDArray mapsSecond(INDArray x) {
        INDArray typed = x.castTo(dataType);
        return RowBlocks.copy(order().toLayer(typed));
    }

    private ChannelOrder order() {
        return input.rank() == 3
                ? ChannelOrder.ofSequences(layerConf().getSequenceFormat(), true)
                : ChannelOrder.firstInLayer(layerConf().getDataFormat());
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        if (input.rank() != 4 && input.rank() != 3) {
            String remedy = "set the network's input type to fit the data";
            throw InputErrors.input("sequences, of rank 3, or images, of rank 4", 4, input, remedy, 0, layerId());
        }
        applyDropOutIfNecessary(training, workspaces);
        contrast = LocalContrast.of(mapsSecond(input), layerConf().smoothing())
                .kept(array -> copy(workspaces, ArrayType.ACTIVATIONS, array));
        return copy(workspaces, ArrayType.ACTIVATIONS, order().toNetwork(contrast.normalized()));
    }

    private INDArray copy(LayerWorkspaceMgr workspaces, ArrayType type, INDArray array) {
        return RowBlocks.assign(workspaces.createUninitialized(type, dataType, array.shape(), 'c'), array);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray gradient = order().toNetwork(contrast.gradient(mapsSecond(epsilon)));
        return new Pair<>(
                new DefaultGradient(), backpropDropOutIfPresent(copy(workspaces, ArrayType.ACTIVATION_GRAD, gradient)));
    }

    @Override
    public void clear() {
        super.clear();
        contrast = null;
    }
}
