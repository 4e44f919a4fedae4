package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import java.util.function.Consumer;

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
}
