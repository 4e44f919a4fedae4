package io.github.dl4jsparse.nn.normalization;

import io.github.dl4jsparse.math.Norms;
import io.github.dl4jsparse.nn.common.ParameterFreeLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Runs an {@link L2NormalizeLayer}. */
final class L2NormalizeLayerImpl extends ParameterFreeLayer<L2NormalizeLayer> {
    private static final long serialVersionUID = 1;

    private transient INDArray directions;
    private transient INDArray norms;
    private boolean trainingPass;

    L2NormalizeLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        applyDropOutIfNecessary(training, workspaces);
        trainingPass = training;
        normalize(workspaces, ArrayType.ACTIVATIONS);
        // in training a copy: the next layer's dropout may overwrite what it is given
        return training ? workspaces.dup(ArrayType.ACTIVATIONS, directions) : directions;
    }

    private void normalize(LayerWorkspaceMgr workspaces, ArrayType keeping) {
        directions = workspaces.dup(keeping, input.castTo(dataType), 'c');
        norms = workspaces.leverageTo(keeping, directions.norm2(true, 1));
        Transforms.max(norms, Norms.SMALLEST, false);
        directions.diviColumnVector(norms);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        if (!trainingPass) {
            // what an inference pass gave away may have been overwritten
            normalize(workspaces, ArrayType.BP_WORKING_MEM);
        }
        INDArray result = workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon.castTo(dataType), 'c');
        INDArray along = directions.mul(result).sum(true, 1);
        result.subi(directions.muliColumnVector(along)).diviColumnVector(norms);
        // where the code is zero so is the gradient
        result.muliColumnVector(Transforms.sign(norms.subi(Norms.SMALLEST), false));
        return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(result));
    }

    @Override
    public void clear() {
        super.clear();
        directions = null;
        norms = null;
    }
}
