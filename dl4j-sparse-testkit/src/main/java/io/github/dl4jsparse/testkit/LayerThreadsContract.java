package io.github.dl4jsparse.testkit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Served and trained, a layer gives the same bits on any number of threads. */
interface LayerThreadsContract extends LayerFixture {
    /** Examples of a batch that is several blocks. */
    int EXAMPLES_OF_BLOCKS = 150;

    private AnyNetwork trainable(LayerVariant variant) {
        return new AnyNetwork.Stack(network(settings().updater(new Adam(0.01)), below(), named(variant, WEIGHT)));
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void trainingHasTheSameBitsOnAnyNumberOfThreads(LayerVariant variant) {
        DataSet data = dataSet(EXAMPLES_OF_BLOCKS, 51);
        ThreadsLaw.sameTraining(() -> trainable(variant), data);
    }
}
