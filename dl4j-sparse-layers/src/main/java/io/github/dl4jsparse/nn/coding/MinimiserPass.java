package io.github.dl4jsparse.nn.coding;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.nn.spi.TrainingPass.WholeBatchPass;
import io.github.dl4jsparse.solver.Solvers;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A batch with its codes of least energy, and the gradient by implicit differentiation. */
final class MinimiserPass extends WholeBatchPass {
    private final SparseCodingLayer conf;
    private final Energy energy;

    MinimiserPass(SparseCodingLayer conf, Energy energy, INDArray x, INDArray code, Consumer<INDArray> mask) {
        super(x, code, energy.decoder(), energy.penalty(), mask);
        this.conf = conf;
        this.energy = energy;
    }

    @Override
    public void backward(
            @Nullable INDArray epsilon,
            double weight,
            Map<String, INDArray> gradients,
            @Nullable INDArray inputGradient) {
        weigh(weight);
        INDArray gradient = gradients.get(SparseCodingLayer.DICTIONARY);
        if (weight > 0) {
            decoder().weightGradient(code, residual(), gradient, 0);
        } else {
            gradient.assign(0);
        }
        if (inputGradient != null) {
            inputGradient.assign(0);
        }
        Workspaces.outside(() -> {
            INDArray codeGradient = codeGradient(epsilon, weight);
            if (codeGradient != null) {
                throughTheMinimiser(codeGradient, gradient, inputGradient);
            }
            return null;
        });
    }

    /**
     * The gradient of the loss with respect to the code; null for zero, as at the minimum of the layer's own energy.
     */
    private INDArray codeGradient(INDArray epsilon, double weight) {
        // with dropout the code is the minimiser for another input than the target
        boolean moved = weight > 0 && conf.getIDropout() != null;
        if (!moved && epsilon == null) {
            return null;
        }
        INDArray result = Nd4j.create(code.dataType(), code.shape(), 'c');
        if (moved) {
            decoder().adjoint(residual(), result, 0);
            penalty.addGradient(code, weight, result);
        }
        if (epsilon != null) {
            result.addi(epsilon);
        }
        maskExamples(result);
        return result;
    }

    private void throughTheMinimiser(INDArray codeGradient, INDArray gradient, INDArray inputGradient) {
        INDArray u = Solvers.differentiate(energy, x, code, codeGradient);
        INDArray image = Nd4j.createUninitialized(x.dataType(), x.shape(), 'c');
        decoder().apply(u, image, 0);
        if (inputGradient != null) {
            inputGradient.addi(image);
        }
        decoder().weightGradient(u, energy.residual(x, code), gradient, 1);
        decoder().weightGradient(code, image.negi(), gradient, 1);
    }
}
