package io.github.dl4jsparse.nn.inhibition;

import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.internal.dl4j.ParameterLayer;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.internal.math.Elementwise;
import io.github.dl4jsparse.internal.math.RowBlocks;
import io.github.dl4jsparse.internal.nn.LayerErrors;
import io.github.dl4jsparse.internal.nn.LayerLoss;
import io.github.dl4jsparse.internal.nn.PenaltyParameters;
import io.github.dl4jsparse.internal.nn.TimeSteps;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.nn.LossTerms;
import java.util.List;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link LateralInhibitionLayer}, whose energy is a {@link LayerLoss}. */
final class LateralInhibitionLayerImpl extends ParameterLayer<LateralInhibitionLayer> {
    private static final long serialVersionUID = 1;

    private final List<LayerConstraint> limits;
    private final transient LayerLoss loss = new LayerLoss(this, this::layerId);

    private transient List<INDArray> magnitudes;
    private transient INDArray sign;
    private transient InhibitionSteps steps;

    LateralInhibitionLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
        this.limits = layerConf().limits();
    }

    private InhibitionSteps steps() {
        LateralInhibitionLayer layer = layerConf();
        LateralInhibitionPenalty penalty =
                (LateralInhibitionPenalty) layer.penaltyParameters().with(params);
        return Workspaces.outside(
                () -> new InhibitionSteps(penalty.inhibition(), layer.getPenaltyWeight(), layer.getSteps()));
    }

    private ChannelOrder order() {
        return ChannelOrder.lastInLayer(layerConf().getDataFormat());
    }

    /** A copy with a row for each example, time step of an example, or position of its maps. */
    private INDArray rows(INDArray x) {
        if (x.rank() == 2) {
            return RowBlocks.copy(x);
        }
        if (x.rank() == 3) {
            return TimeSteps.rows(x, layerConf().getSequenceFormat());
        }
        INDArray mapsLast = order().toLayer(x);
        return RowBlocks.copy(mapsLast).reshape('c', x.length() / mapsLast.size(3), mapsLast.size(3));
    }

    /** A view of rows in the shape of the input. */
    private INDArray inputShape(INDArray rows) {
        if (input.rank() == 2) {
            return rows;
        }
        if (input.rank() == 3) {
            return TimeSteps.sequences(rows, input.size(0), layerConf().getSequenceFormat());
        }
        return order().toNetwork(rows.reshape('c', order().toLayer(input).shape()));
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        requireShape();
        applyDropOutIfNecessary(training, workspaces);
        loss.begin(training);
        INDArray rows = rows(input.castTo(dataType));
        long[] shape = rows.shape();
        sign = Elementwise.signs(kept(workspaces, shape), rows);
        steps = steps();
        INDArray first = Elementwise.magnitudes(kept(workspaces, shape), rows);
        magnitudes = steps.forward(first, () -> kept(workspaces, shape));
        loss.add(1, LossTerms.of(LossTerms.PENALTY, steps.energy(loss.countedRows(last()))));
        // always a copy: the next layer's dropout may overwrite its input
        return RowBlocks.assign(kept(workspaces, input.shape()), inputShape(Elementwise.products(rows, last(), sign)));
    }

    private INDArray kept(LayerWorkspaceMgr workspaces, long... shape) {
        return workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, shape, 'c');
    }

    private INDArray last() {
        return magnitudes.get(magnitudes.size() - 1);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray gradient = rows(epsilon.castTo(dataType));
        Elementwise.products(gradient, gradient, sign);
        INDArray counted = loss.countedRows(last());
        if (loss.isTrained()) {
            steps.addInhibited(counted, gradient);
        }
        Gradient gradients = new DefaultGradient();
        PenaltyParameters own = layerConf().penaltyParameters();
        own.writeGradients(params, () -> counted, loss.weight(1), gradientViews);
        own.keys().forEach(key -> gradients.setGradientFor(key, gradientViews.get(key), 'c'));
        INDArray onFirst = steps.backward(magnitudes, gradient);
        INDArray result = RowBlocks.assign(
                workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c'),
                inputShape(Elementwise.products(onFirst, onFirst, sign)));
        return new Pair<>(gradients, backpropDropOutIfPresent(result));
    }

    /** {@inheritDoc} The limits of a learned S are applied last. */
    @Override
    public void applyConstraints(int iteration, int epoch) {
        super.applyConstraints(iteration, epoch);
        limits.forEach(limit -> limit.applyConstraint(this, iteration, epoch));
    }

    private void requireShape() {
        try {
            if (input.rank() == 4) {
                layerConf().requireUnits("maps", input.size(order().channelAxis()));
            } else if (input.rank() == 2) {
                layerConf().requireUnits("units", input.size(1));
            } else if (input.rank() == 3
                    && (layerConf().getSequenceFormat() != null || layerConf().getDataFormat() == null)) {
                layerConf()
                        .requireUnits(
                                "units", TimeSteps.units(input, layerConf().getSequenceFormat()));
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
        magnitudes = null;
        sign = null;
        steps = null;
    }

    @Override
    public double calcRegularizationScore(boolean backpropParamsOnly) {
        return loss.score();
    }

    @Override
    public Type type() {
        return Type.FEED_FORWARD;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }
}
