package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.HostArrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The trained step sizes of a coupling, parameter {@link ListaConf#STEP}: one for all steps, or one for each step from
 * some step on.
 *
 * @param values one, or one per step; null for 1
 * @param first  the step of the first one
 */
record StepSizes(double[] values, int first) {
    static StepSizes of(LayerOperators operators, int first) {
        return of(operators.weights(), first);
    }

    static StepSizes of(Map<String, INDArray> weights, int first) {
        INDArray sizes = weights.get(ListaConf.STEP);
        return new StepSizes(sizes == null ? null : HostArrays.doubles(sizes), first);
    }

    boolean areTrained() {
        return values != null;
    }

    double of(int step) {
        return values == null ? 1 : values[place(step)];
    }

    private int place(int step) {
        return values.length > 1 ? step - first : 0;
    }

    /** Writes the gradient: the sum over all blocks, in their order. */
    void writeGradient(List<UnrolledBlock> blocks, Map<String, INDArray> gradients) {
        if (values == null) {
            return;
        }
        double[] sums = new double[values.length];
        for (UnrolledBlock block : blocks) {
            double[] slopes = block.buffers().slopes();
            for (int step = first; step < slopes.length; step++) {
                sums[place(step)] += slopes[step];
            }
        }
        HostArrays.write(sums, gradients.get(ListaConf.STEP));
    }
}
