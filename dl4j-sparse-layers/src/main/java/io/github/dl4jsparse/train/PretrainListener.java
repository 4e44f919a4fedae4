package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.nn.LossTerms;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A listener to the progress of pre-training, called in the thread that trains; on Spark in the driver. */
public interface PretrainListener {
    /** Called after every update; not on Spark, where the workers update. */
    default void batchDone(PretrainProgress progress) {}

    /** Called after every epoch, with the held-out energy where it is measured. */
    default void epochDone(PretrainProgress progress) {}

    /** A listener to the ends of epochs only. */
    static PretrainListener ofEpochs(Consumer<PretrainProgress> epochs) {
        Args.given("epochs", epochs);
        return new PretrainListener() {
            @Override
            public void epochDone(PretrainProgress progress) {
                epochs.accept(progress);
            }
        };
    }

    /**
     * The progress of layer-wise pre-training.
     *
     * @param layer      name of the layer, its index where it has none
     * @param layerIndex index of the layer in its network
     * @param epoch      the epoch, from 1
     * @param epochs     largest number of epochs of this layer
     * @param batch      number of finished batches of this epoch, -1 on Spark, which does not count them
     * @param batches    batches per epoch, -1 during the first epoch, and on Spark
     * @param training   mean energy per example over this epoch so far; on Spark the score of the workers' last batches, in one term
     * @param heldOut    mean energy per held-out example after this epoch, null where it was not measured
     */
    record PretrainProgress(
            String layer,
            int layerIndex,
            int epoch,
            int epochs,
            long batch,
            long batches,
            LossTerms training,
            @Nullable LossTerms heldOut) {}
}
