package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import java.util.function.Consumer;

/** Is told how pre-training goes on, in the thread that trains; on Spark in the driver. */
public interface PretrainListener {
    /** After every update; not on Spark, where the workers make them. */
    default void batchDone(PretrainProgress progress) {}

    /** After every epoch, held-out energy included where it is measured. */
    default void epochDone(PretrainProgress progress) {}

    /** A listener to the ends of epochs alone. */
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
