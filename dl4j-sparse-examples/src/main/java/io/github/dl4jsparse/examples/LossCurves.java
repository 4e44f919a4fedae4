package io.github.dl4jsparse.examples;

import java.util.ArrayList;
import java.util.List;

/** The losses of every epoch of a run, both phases; NaN where a loss does not exist. */
final class LossCurves {
    /**
     * One epoch: means per training image, and the error on the validation images.
     *
     * @param classification  NaN in the first phase
     * @param validationError in per cent, NaN in the first phase
     */
    record Epoch(
            int number,
            boolean joint,
            double reconstruction,
            double penalty,
            double classification,
            double validationError) {}

    private final List<Epoch> epochs = new ArrayList<>();

    void pretrained(double reconstruction, double penalty) {
        epochs.add(new Epoch(epochs.size() + 1, false, reconstruction, penalty, Double.NaN, Double.NaN));
    }

    void trained(TrainingLosses losses, double validationError) {
        epochs.add(new Epoch(
                epochs.size() + 1,
                true,
                losses.reconstruction(),
                losses.penalty(),
                losses.classification(),
                validationError));
    }

    List<Epoch> epochs() {
        return List.copyOf(epochs);
    }
}
