package io.github.dl4jsparse.examples;

import io.github.dl4jsparse.nn.common.EnergyTerms;
import io.github.dl4jsparse.nn.common.UnsupervisedLayer;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** A DL4J listener that takes the score of joint training apart into its three losses, as means over an epoch. */
final class TrainingLosses extends BaseTrainingListener {
    private final double unsupervisedWeight;
    private final Consumer<TrainingLosses> afterBatch;
    private double reconstruction;
    private double penalty;
    private double classification;
    private long batches;

    TrainingLosses(double unsupervisedWeight, Consumer<TrainingLosses> afterBatch) {
        this.unsupervisedWeight = unsupervisedWeight;
        this.afterBatch = afterBatch;
    }

    @Override
    public void onEpochStart(Model model) {
        reconstruction = 0;
        penalty = 0;
        classification = 0;
        batches = 0;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        EnergyTerms energy = ((UnsupervisedLayer) ((MultiLayerNetwork) model).getLayer(0)).lastEnergy();
        double score = model.score();
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException(
                    "training diverged in epoch " + (epoch + 1) + ": lower --learning-rate or raise --batch");
        }
        reconstruction += energy.reconstruction();
        penalty += energy.penalty();
        classification += score - unsupervisedWeight * energy.total();
        batches++;
        afterBatch.accept(this);
    }

    double reconstruction() {
        return reconstruction / batches;
    }

    double penalty() {
        return penalty / batches;
    }

    double classification() {
        return classification / batches;
    }
}
