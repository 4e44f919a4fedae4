package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.UnsupervisedLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Pre-training, codes and energies of a layer are the same to the bit on any number of threads. */
interface UnsupervisedThreadsContract extends UnsupervisedFixture, LayerThreadsContract {
    @ParameterizedTest
    @MethodSource("variants")
    default void pretrainingHasTheSameBitsOnAnyNumberOfThreads(LayerVariant variant) {
        INDArray x = input(EXAMPLES_OF_BLOCKS, 52);
        INDArray before = network(variant, WEIGHT).params();
        ThreadsLaw.sameBits(() -> {
            Nd4j.getRandom().setSeed(4711);
            MultiLayerNetwork net = network(settings().updater(new Adam(0.01)), named(variant, WEIGHT));
            for (int i = 0; i < 5; i++) {
                net.pretrainLayer(0, x);
            }
            assertTrue(Samples.distance(before, net.params()) > 1e-3, "pre-training changes nothing");
            UnsupervisedLayer layer = layer(net);
            INDArray code = layer.encode(x);
            return new INDArray[] {net.params().dup(), code, layer.energies(x), layer.decode(code)};
        });
    }
}
