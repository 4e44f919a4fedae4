package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.dl4j.LayerTraining;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Updates one layer on batches of its input: gradient, DL4J's updater, step, constraints, as in DL4J's own solver, but
 * with an updater whose state can be saved.
 * <p>Iterations and epochs are counted in the layer's own configuration, as DL4J's pre-training does; the network's
 * counts do not change.
 */
final class StageTrainer {

    private final Stage stage;
    private final int warmUp;
    private final Layer layer;
    private final LayerTraining training;

    private LossTerms sum = LossTerms.NONE;
    private int epochNumber;
    private long examples;
    private long batch;

    /** @param warmUp updates over which the step rises linearly */
    StageTrainer(Stage stage, int warmUp) {
        this.stage = stage;
        this.warmUp = warmUp;
        this.layer = stage.layer();
        this.training = new LayerTraining(layer);
    }

    /** State of the updater, null for one without state; shared, not copied. */
    INDArray updaterState() {
        return training.updater().getStateViewArray();
    }

    /** @param number of the epoch, from 1 */
    void startEpoch(int number) {
        epochNumber = number;
        sum = LossTerms.NONE;
        examples = 0;
        batch = 0;
    }

    /** The number of finished batches of this epoch. */
    long batch() {
        return batch;
    }

    /** Mean energy per example of this epoch so far. */
    LossTerms energy() {
        return examples == 0 ? LossTerms.NONE : sum.times(1.0 / examples);
    }

    /**
     * One update. The parameters are changed only if energy and step are finite.
     *
     * @throws DivergenceException        if they are not, with layer, epoch, batch and value
     * @throws DL4JInvalidInputException if the layer refuses its input, with epoch and batch
     */
    void update(INDArray input) {
        update(new Stage.Masked(input, null));
    }

    /** The same where only a part of the input counts. */
    @SuppressWarnings("try")
    void update(Stage.Masked masked) {
        INDArray input = masked.input();
        NeuralNetConfiguration conf = layer.conf();
        int iteration = conf.getIterationCount();
        int epoch = conf.getEpochCount();
        int size = (int) input.size(0);
        layer.setIterationCount(iteration);
        layer.setEpochCount(epoch);
        batch++;
        LossTerms terms;
        try (MemoryWorkspace scope = training.scope()) {
            // null too: DL4J's MaskZeroLayer leaves a mask set
            layer.setMaskArray(masked.mask());
            training.setInput(input);
            computeGradient();
            terms = layer instanceof UnsupervisedLayer sparse
                    ? sparse.lastEnergy()
                    : LossTerms.of(LossTerms.SCORE, layer.score());
            if (!Double.isFinite(terms.total())) {
                throw diverged("its energy", String.valueOf(terms.total()));
            }
            training.update(iteration, epoch, size);
            INDArray step = layer.gradient().gradient();
            if (!Finite.all(step)) {
                throw diverged("its step", Finite.countBad(step) + " NaN or infinite values");
            }
            if (iteration < warmUp) {
                step.muli(WarmUpSchedule.share(iteration, warmUp));
            }
            layer.params().subi(step);
        } finally {
            layer.clear();
            layer.setMaskArray(null);
        }
        layer.applyConstraints(iteration, epoch);
        examples += size;
        sum = sum.plus(terms.times(size));
        conf.setIterationCount(iteration + 1);
    }

    private void computeGradient() {
        try {
            training.computeGradient();
        } catch (DL4JInvalidInputException e) {
            throw new DL4JInvalidInputException("pre-training stopped at " + place() + ": " + e.getMessage(), e);
        }
    }

    private DivergenceException diverged(String what, String value) {
        return new DivergenceException(
                "pre-training diverged: " + what + " must be finite, got " + value + " in " + place()
                        + "; the parameters are those before this batch: clean the data, or lower the learning rate (layer \""
                        + stage.name() + "\", index " + stage.index() + ")",
                layer.conf().getIterationCount(),
                epochNumber,
                batch);
    }

    private String place() {
        return "batch " + batch + " of epoch " + epochNumber;
    }
}
