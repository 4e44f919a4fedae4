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
    private LinearOperator operator(int step) {
        return operators.get(operators.size() > 1 ? step - 1 : 0);
    }

    @Override
    public boolean leavesOutIdentity() {
        return false;
    }

    @Override
    public void apply(int step, INDArray z, INDArray result, BlockBuffers buffers) {
        operator(step).apply(z, result, 0);
    }

    @Override
    public void adjoint(int step, INDArray delta, INDArray result, BlockBuffers buffers) {
        operator(step).adjoint(delta, result, 0);
    }

    @Override
    public void writeGradients(List<BlockBuffers> blocks, Map<String, INDArray> gradients) {
        INDArray all = gradients.get(ListaConf.RECURRENT);
        if (operators.size() == 1) {
            operator(1)
                    .weightGradient(
                            blocks.stream().map(b -> b.codes().stack()).toList(),
                            blocks.stream().map(b -> b.deltas().stack()).toList(),
                            all,
                            0);
            return;
        }
        for (int step = 1; step <= operators.size(); step++) {
            int t = step;
            operator(t)
                    .weightGradient(
                            blocks.stream().map(b -> b.codes().step(t - 1)).toList(),
                            blocks.stream().map(b -> b.deltas().step(t)).toList(),
                            Rows.block(all, t - 1, all.size(0) / operators.size()),
                            0);
        }
    }
}
