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

    L2NormalizeLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    private static INDArray norms(INDArray codes) {
        return Transforms.max(codes.norm2(true, 1), SMALLEST_NORM, false);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        applyDropOutIfNecessary(training, workspaces);
        INDArray directions = workspaces.dup(ArrayType.ACTIVATIONS, input, 'c');
        return directions.diviColumnVector(norms(input));
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray norms = norms(input);
        INDArray directions = input.divColumnVector(norms);
        INDArray along = directions.mul(epsilon).sum(true, 1);
        INDArray result = workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon, 'c');
        result.subi(directions.muliColumnVector(along)).diviColumnVector(norms);
        // where the code is zero so is the gradient
        result.muliColumnVector(Transforms.sign(norms.subi(SMALLEST_NORM), false));
        return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(result));
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
