package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** A DL4J listener that takes the score of joint training apart into its losses, as means over an epoch. */
public final class TrainingLosses extends BaseTrainingListener {
    /** Minus the logarithm of the probability of the right class. */
    public static final String CLASSIFICATION = "classification";

    private final double unsupervisedWeight;
    private final Consumer<LossTerms> afterBatch;
    private LossTerms sum = LossTerms.NONE;
    private long batches;

    /** @param afterBatch gets the means over the epoch so far, after each batch */
    public TrainingLosses(double unsupervisedWeight, Consumer<LossTerms> afterBatch) {
        this.unsupervisedWeight = unsupervisedWeight;
        this.afterBatch = afterBatch;
    }

    @Override
    public void onEpochStart(Model model) {
        sum = LossTerms.NONE;
        batches = 0;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        LossTerms energy = ((UnsupervisedLayer) ((MultiLayerNetwork) model).getLayer(0)).lastEnergy();
        double score = model.score();
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException(
                    "training diverged in epoch " + (epoch + 1) + ": lower --learning-rate or raise --batch");
        }
        sum = sum.plus(energy.with(CLASSIFICATION, score - unsupervisedWeight * energy.total()));
        batches++;
        afterBatch.accept(mean());
    }

    public LossTerms mean() {
        return sum.times(1.0 / batches);
    }
}
