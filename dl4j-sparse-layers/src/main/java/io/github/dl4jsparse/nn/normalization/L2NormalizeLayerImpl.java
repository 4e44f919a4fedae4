package io.github.dl4jsparse.nn.normalization;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Runs an {@link L2NormalizeLayer}. */
final class L2NormalizeLayerImpl extends AbstractLayer<L2NormalizeLayer> {
    private static final long serialVersionUID = 1;

    /** Norms below this count as zero; the smallest positive number that both float and its inverse can hold. */
    private static final double SMALLEST_NORM = 1e-30;

    private transient INDArray directions;
    private transient INDArray norms;

    L2NormalizeLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        applyDropOutIfNecessary(training, workspaces);
        norms = workspaces.leverageTo(ArrayType.ACTIVATIONS, input.norm2(true, 1));
        Transforms.max(norms, SMALLEST_NORM, false);
        directions = workspaces.dup(ArrayType.ACTIVATIONS, input, 'c').diviColumnVector(norms);
        // in training a copy: the next layer's dropout may overwrite what it is given
        return training ? workspaces.dup(ArrayType.ACTIVATIONS, directions) : directions;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray result = workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon, 'c');
        INDArray along = directions.mul(result).sum(true, 1);
        result.subi(directions.muliColumnVector(along)).diviColumnVector(norms);
        // where the code is zero so is the gradient
        result.muliColumnVector(Transforms.sign(norms.subi(SMALLEST_NORM), false));
        return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(result));
    }

    @Override
    public void clear() {
        super.clear();
        directions = null;
        norms = null;
    }

    @Override
    public Type type() {
        return Type.FEED_FORWARD;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public double calcRegularizationScore(boolean backpropParamsOnly) {
        return 0;
    }

    @Override
    public void clearNoiseWeightParams() {
        // no weights, no noise
    }

    /** A layer of the same configuration; it has no parameters. */
    @Override
    public L2NormalizeLayerImpl clone() {
        L2NormalizeLayerImpl copy = new L2NormalizeLayerImpl(conf, dataType);
        copy.setIndex(index);
        return copy;
    }
}
