package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.nn.LossTerms;
import java.util.ArrayList;
import java.util.List;

/** The losses of every epoch of a run, both phases. */
public final class LossCurves {
    /**
     * One epoch: means per training image, and the error on the validation images.
     *
     * @param losses          with {@link TrainingLosses#CLASSIFICATION} in the second phase
     * @param validationError a fraction, NaN in the first phase
     */
    public record Epoch(int number, boolean joint, LossTerms losses, double validationError) {
        /** NaN where the epoch has no such loss. */
        public double loss(String name) {
            return losses.has(name) ? losses.value(name) : Double.NaN;
        }
    }

    private final List<Epoch> epochs = new ArrayList<>();

    void pretrained(LossTerms losses) {
        epochs.add(new Epoch(epochs.size() + 1, false, losses, Double.NaN));
    }

    public void trained(LossTerms losses, double validationError) {
        epochs.add(new Epoch(epochs.size() + 1, true, losses, validationError));
    }

    public List<Epoch> epochs() {
        return List.copyOf(epochs);
    }

    /** The names of all losses, in order. */
    public List<String> names() {
        return epochs.stream()
                .flatMap(epoch -> epoch.losses().names().stream())
                .distinct()
                .toList();
    }
}
