package io.github.dl4jsparse.nn.normalization;

import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.math.RowDirections;
import io.github.dl4jsparse.internal.nn.LayerErrors;
import io.github.dl4jsparse.internal.nn.TimeSteps;
import io.github.dl4jsparse.nn.spi.ParameterFreeConf.ParameterFreeLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs an {@link L2NormalizeLayer}. */
final class L2NormalizeLayerImpl extends ParameterFreeLayer<L2NormalizeLayer> {
    private static final long serialVersionUID = 1;

    private transient INDArray directions;
    private transient double[] norms;
    private boolean trainingPass;

    L2NormalizeLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        if (input.rank() != 2 && input.rank() != 3) {
            throw LayerErrors.misfit("input must be of rank 2 or 3", input, layerId());
        }
        applyDropOutIfNecessary(training, workspaces);
        trainingPass = training;
        normalize(workspaces, ArrayType.ACTIVATIONS);
        // in training a copy: the next layer's dropout may overwrite its input
        boolean copied = training || input.rank() == 3;
        return copied ? workspaces.dup(ArrayType.ACTIVATIONS, inputShape(directions), 'c') : directions;
    }

    /** A row for each example, or for each time step of an example. */
    private INDArray rows(INDArray x) {
        return x.rank() == 3 ? TimeSteps.rows(x, layerConf().getSequenceFormat()) : x;
    }

    /** A view of rows in the shape of the input. */
    private INDArray inputShape(INDArray rows) {
        return input.rank() == 3
                ? TimeSteps.sequences(rows, input.size(0), layerConf().getSequenceFormat())
                : rows;
    }

    private void normalize(LayerWorkspaceMgr workspaces, ArrayType keeping) {
        INDArray code = rows(input.castTo(dataType));
        norms = Norms.rows(code);
        directions = workspaces.createUninitialized(keeping, dataType, code.shape(), 'c');
        RowDirections.divide(code, norms, directions);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        if (!trainingPass) {
            // the output of an inference pass may have been overwritten
            normalize(workspaces, ArrayType.BP_WORKING_MEM);
        }
        INDArray result = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, directions.shape(), 'c');
        RowDirections.gradient(directions, norms, rows(epsilon.castTo(dataType)), result);
        INDArray onInput =
                input.rank() == 3 ? workspaces.dup(ArrayType.ACTIVATION_GRAD, inputShape(result), 'c') : result;
        return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(onInput));
    }

    @Override
    public void clear() {
        super.clear();
        directions = null;
        norms = null;
    }
}
