package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** The energy of one layer on data that it is not trained on, and the parameters with which it was lowest. */
final class HeldOutEnergy {
    private final UnsupervisedLayer layer;
    private final StageInputs inputs;
    private double lowest = Double.POSITIVE_INFINITY;
    private INDArray best;
    private int epochsSinceBest;

    /** @throws IllegalArgumentException if the layer has no energy to measure */
    HeldOutEnergy(Stage stage, MultiDataSetIterator data, long memoryBudget) {
        if (!(stage.layer() instanceof UnsupervisedLayer sparse)) {
            throw Args.failure(
                    "heldOut",
                    "left out where a layer has no held-out energy, as layer \"" + stage.name() + "\"",
                    stage.layer().getClass().getSimpleName());
        }
        this.layer = sparse;
        this.inputs = new StageInputs(stage, data, memoryBudget);
    }

    /**
     * Measures the mean energy per example with the present parameters; stores the parameters if it is the lowest so
     * far.
     */
    LossTerms measure() {
        LossTerms mean = mean(layer, inputs);
        if (mean.total() < lowest) {
            lowest = mean.total();
            best = layer.params().dup();
            epochsSinceBest = 0;
        } else {
            epochsSinceBest++;
        }
        return mean;
    }

    /** Mean energy per example with the present parameters, over one pass of the data. */
    static LossTerms mean(UnsupervisedLayer layer, StageInputs inputs) {
        LossTerms[] sum = {LossTerms.NONE};
        long[] examples = {0};
        inputs.forEach(0, input -> {
            sum[0] = sum[0].plus(layer.energy(input).times(input.size(0)));
            examples[0] += input.size(0);
        });
        return sum[0].times(1.0 / examples[0]);
    }

    double lowest() {
        return lowest;
    }

    /** The parameters with which it was lowest; null before the first measurement. Shared, not copied. */
    INDArray best() {
        return best;
    }

    StageInputs inputs() {
        return inputs;
    }

    /** Continues from earlier measurements. */
    void resume(double lowestSoFar, INDArray bestSoFar, int epochsSince) {
        lowest = lowestSoFar;
        best = bestSoFar;
        epochsSinceBest = epochsSince;
    }

    int epochsSinceBest() {
        return epochsSinceBest;
    }

    /** Restores the best parameters. */
    void restore() {
        if (best != null) {
            layer.params().assign(best);
        }
    }
}
