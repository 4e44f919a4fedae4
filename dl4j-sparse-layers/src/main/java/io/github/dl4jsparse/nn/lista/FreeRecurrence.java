package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link Recurrence#FREE}: weights of its own, shared by the steps or one set a step. Shared ones get their gradient over all
 * steps in one product of the stacked codes with the stacked deltas.
 *
 * @param operators none for one step, one for all steps, or one a step
 */
record FreeRecurrence(List<LinearOperator> operators) implements RecurrentMap {
    private boolean untied() {
        return operators.size() > 1;
    }

    private LinearOperator operator(int step) {
        return operators.get(untied() ? step - 1 : 0);
    }

    @Override
    public void add(int step, INDArray z, INDArray drive, INDArray result) {
        result.assign(drive);
        operator(step).apply(z, result, 1);
    }

    @Override
    public boolean worksInPlace() {
        return false;
    }

    @Override
    public void begin(Map<String, INDArray> gradients) {
        // every gradient is overwritten
    }

    @Override
    public void backward(int step, INDArray z, INDArray delta, INDArray result, Map<String, INDArray> gradients) {
        if (untied()) {
            INDArray all = gradients.get(ListaConf.RECURRENT);
            operator(step).weightGradient(z, delta, Rows.block(all, step - 1, all.size(0) / operators.size()), 0);
        }
        operator(step).adjoint(delta, result, 0);
    }

    @Override
    public void finish(Steps codes, Steps deltas, Map<String, INDArray> gradients) {
        if (operators.size() == 1) {
            operator(1).weightGradient(codes.allBut(false), deltas.allBut(true), gradients.get(ListaConf.RECURRENT), 0);
        }
    }
}
