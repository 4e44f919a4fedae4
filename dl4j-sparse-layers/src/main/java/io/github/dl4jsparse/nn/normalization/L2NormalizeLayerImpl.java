package io.github.dl4jsparse.nn.normalization;

import io.github.dl4jsparse.math.HostRows;
import io.github.dl4jsparse.math.Norms;
import io.github.dl4jsparse.nn.common.LayerErrors;
import io.github.dl4jsparse.nn.common.ParameterFreeLayer;
import io.github.dl4jsparse.nn.common.TimeSteps;
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

    /** Norms that single precision has rounded up from the least are as small. */
    private static final double SMALLEST = Norms.SMALLEST * (1 + 1e-6);

    private transient INDArray directions;
    private transient INDArray norms;
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
        // in training a copy: the next layer's dropout may overwrite what it is given
        boolean copied = training || input.rank() == 3;
        return copied ? workspaces.dup(ArrayType.ACTIVATIONS, inputShape(directions), 'c') : directions;
    }

    /** A row for each example, or each of its time steps. */
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
        norms = workspaces.createUninitialized(keeping, dataType, new long[] {code.size(0), 1}, 'c');
        HostRows.replace(
                norms, (rows, norm) -> norm[0] = Math.max(Norms.SMALLEST, Norms.of(rows[0], 0, rows[0].length)), code);
        directions = workspaces.createUninitialized(keeping, dataType, code.shape(), 'c');
        HostRows.replace(
                directions,
                (rows, direction) -> {
                    double inverse = 1 / rows[1][0];
                    for (int i = 0; i < direction.length; i++) {
                        direction[i] = rows[0][i] * inverse;
                    }
                },
                code,
                norms);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        if (!trainingPass) {
            // what an inference pass gave away may have been overwritten
            normalize(workspaces, ArrayType.BP_WORKING_MEM);
        }
        INDArray result = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, directions.shape(), 'c');
        HostRows.replace(
                result,
                (rows, gradient) -> gradientOf(rows[0], rows[1], rows[2][0], gradient),
                directions,
                rows(epsilon.castTo(dataType)),
                norms);
        INDArray onInput =
                input.rank() == 3 ? workspaces.dup(ArrayType.ACTIVATION_GRAD, inputShape(result), 'c') : result;
        return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(onInput));
    }

    private static void gradientOf(double[] direction, double[] epsilon, double norm, double[] gradient) {
        // where the code is zero so is the gradient
        if (norm > SMALLEST) {
            double along = 0;
            for (int i = 0; i < direction.length; i++) {
                along += direction[i] * epsilon[i];
            }
            double inverse = 1 / norm;
            for (int i = 0; i < direction.length; i++) {
                gradient[i] = (epsilon[i] - along * direction[i]) * inverse;
            }
        }
    }

    @Override
    public void clear() {
        super.clear();
        directions = null;
        norms = null;
    }
}
