package io.github.dl4jsparse.nn.pooling;

import io.github.dl4jsparse.group.SpatialWindow;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.math.RowBlocks;
import io.github.dl4jsparse.internal.math.Sums;
import io.github.dl4jsparse.internal.nn.LayerErrors;
import io.github.dl4jsparse.internal.nn.LayerLoss;
import io.github.dl4jsparse.internal.nn.StepMask;
import io.github.dl4jsparse.internal.nn.TimeSteps;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.spi.ParameterFreeConf.ParameterFreeLayer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs a {@link GroupL2PoolingLayer} or a {@link GroupSparsityLayer}, whose penalty is a {@link LayerLoss}.
 */
final class GroupPoolingLayerImpl extends ParameterFreeLayer<GroupPoolingConf> {
    private static final long serialVersionUID = 1;

    private transient INDArray norms;
    private final transient LayerLoss loss = new LayerLoss(this, this::layerId);

    GroupPoolingLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    /** The array with the maps last, in c order; sequences are images of one row. */
    private INDArray mapsLast(INDArray x) {
        INDArray ordered = order().toLayer(x);
        return HostArrays.isDense(ordered) ? ordered : RowBlocks.copy(ordered);
    }

    private INDArray inputOrder(INDArray x) {
        return order().toNetwork(x);
    }

    private ChannelOrder order() {
        if (input.rank() == 3) {
            return ChannelOrder.ofSequences(layerConf().getSequenceFormat(), false);
        }
        return input.rank() == 4 ? ChannelOrder.lastInLayer(layerConf().getDataFormat()) : ChannelOrder.SAME;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        requireShape();
        applyDropOutIfNecessary(training, workspaces);
        loss.begin(training);
        GroupPoolingConf layer = layerConf();
        if (!layer.passesInput() || layer.getPenaltyWeight() > 0) {
            INDArray code = mapsLast(input.castTo(dataType));
            GroupPooling pooling = layer.pooling();
            norms = pooling.norms(
                    code, workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, pooling.shape(code), 'c'));
        }
        if (layer.getPenaltyWeight() > 0) {
            double sum = maskArray == null ? Sums.all(norms) : Norms.absolute(norms.mul(perPool(1)));
            loss.add(1, LossTerms.of(LossTerms.PENALTY, layer.getPenaltyWeight() * sum));
        }
        // always a copy: the next layer's dropout may overwrite its input
        INDArray given = layer.passesInput() ? input.castTo(dataType) : inputOrder(norms);
        return RowBlocks.assign(
                workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, given.shape(), 'c'), given);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        GroupPoolingConf layer = layerConf();
        double penalty = loss.weight(layer.getPenaltyWeight());
        INDArray result;
        if (layer.passesInput()) {
            result = workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon.castTo(dataType), 'c');
            if (penalty > 0) {
                result.addi(inputGradient(perPool(penalty)));
            }
        } else {
            INDArray outer = mapsLast(epsilon.castTo(dataType));
            INDArray onInput = inputGradient(penalty > 0 ? outer.add(perPool(penalty)) : outer);
            result = RowBlocks.assign(
                    workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, onInput.shape(), 'c'), onInput);
        }
        return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(result));
    }

    private StepMask stepMask() {
        return input.rank() == 3 ? StepMask.of(maskArray, input.size(0), order().size(input)[1], layerId()) : null;
    }

    /** The mask of windows for a mask of time steps. */
    private INDArray positions(StepMask mask) {
        SpatialWindow window = layerConf().spatialWindow();
        long time = mask.steps().size(1);
        return Workspaces.outside(
                () -> mask.positions(window.width(), window.strideWidth(), 0, window.positionsAcross(time)));
    }

    /** {@inheritDoc} A mask of time steps is converted to one of windows, if the layer has windows. */
    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
        Pair<INDArray, MaskState> own = super.feedForwardMaskArray(mask, state, batch);
        SpatialWindow window = layerConf().spatialWindow();
        boolean isOfSteps = mask != null && mask.rank() == 2 && mask.size(1) >= window.width();
        return layerConf().passesInput() || window.isSinglePosition() || !isOfSteps
                ? own
                : new Pair<>(positions(new StepMask(mask)), state);
    }

    /** An array with one value for every pool, and 0 for those of masked examples and time steps. */
    private INDArray perPool(double value) {
        INDArray values = norms.ulike().assign(value);
        StepMask mask = stepMask();
        if (mask != null) {
            INDArray places = positions(mask);
            values.muli(places.castTo(dataType).reshape('c', places.size(0), 1, places.size(1), 1));
        } else {
            loss.maskExamples(values);
        }
        return values;
    }

    /** Converts a gradient with respect to the pools to one with respect to the input. */
    private INDArray inputGradient(INDArray gradient) {
        INDArray code = mapsLast(input.castTo(dataType));
        INDArray result = Nd4j.createUninitialized(dataType, code.shape(), 'c');
        return inputOrder(layerConf().pooling().gradient(code, norms, gradient, result));
    }

    private void requireShape() {
        GroupPoolingConf layer = layerConf();
        try {
            if (input.rank() == 4) {
                ChannelOrder order = order();
                layer.requireMaps("maps", input.size(order.channelAxis()));
                int[] size = order.size(input);
                layer.spatialWindow().positionsDown(size[0]);
                layer.spatialWindow().positionsAcross(size[1]);
            } else if (input.rank() == 2) {
                layer.requireDense();
                layer.requireMaps("units", input.size(1));
            } else if (input.rank() == 3 && (layer.getSequenceFormat() != null || layer.getDataFormat() == null)) {
                layer.requireOneRow();
                layer.requireMaps("units", TimeSteps.units(input, layer.getSequenceFormat()));
                layer.spatialWindow().positionsAcross(order().size(input)[1]);
            } else {
                throw new IllegalArgumentException(
                        "input must be of rank 2 or 4, or of rank 3 where the network is not made for images"
                                + " (for one image give input.reshape(1, ...))");
            }
        } catch (IllegalArgumentException e) {
            throw LayerErrors.misfit(e.getMessage(), input, layerId());
        }
    }

    @Override
    public void clear() {
        super.clear();
        norms = null;
    }

    @Override
    public double calcRegularizationScore(boolean backpropParamsOnly) {
        return loss.score();
    }
}
