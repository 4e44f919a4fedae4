package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The encoder of a coupling with a drive: {@code E x}, once for all steps or once per step.
 *
 * @param operators E, one for all steps or one per step
 * @param isShared  whether the decoder's weights are those of E, so that gradients add up
 */
record StepEncoders(List<LinearOperator> operators, boolean isShared) {
    static StepEncoders of(LayerOperators operators) {
        return new StepEncoders(operators.encoders(), operators.conf().isTiedDecoder());
    }

    boolean areUntied() {
        return operators.size() > 1;
    }

    private LinearOperator of(int step) {
        return operators.get(areUntied() ? step : 0);
    }

    void drive(int step, INDArray x, INDArray result) {
        of(step).apply(x, result, 0);
    }

    /** Adds the gradient with respect to the input, once all deltas that share a drive have been computed. */
    void adjoint(int step, INDArray inputGradient, BlockBuffers buffers) {
        if (inputGradient != null && (step == 0 || areUntied())) {
            boolean first = step == buffers.steps() - 1 || !areUntied();
            of(step).adjoint(buffers.drive(), inputGradient, first ? 0 : 1);
        }
    }

    void writeGradient(List<UnrolledBlock> blocks, Map<String, INDArray> gradients) {
        INDArray gradient = gradients.get(ListaConf.ENCODER);
        double beta = isShared ? 1 : 0;
        List<INDArray> inputs = blocks.stream().map(UnrolledBlock::encoderInput).toList();
        for (int step = 0; step < operators.size(); step++) {
            int t = step;
            List<INDArray> deltas = blocks.stream()
                    .map(b -> areUntied()
                            ? b.buffers().deltas().step(t)
                            : b.buffers().drive())
                    .toList();
            INDArray own = Rows.block(gradient, t, gradient.size(0) / operators.size());
            of(t).weightGradient(inputs, deltas, own, beta);
        }
    }
}
