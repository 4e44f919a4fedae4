package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.OwnJvm;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Memory does not grow in training. After 2,000 iterations three parts of 4,000 follow: a leak increases memory in each
 * of them, a single allocation by the virtual machine or an allocator (17 to 26 MB were seen) in one of them.
 */
class ListaLayerMemoryTest {
    private static final int WARM = 2_000;
    private static final int PART = 4_000;
    private static final int PARTS = 3;
    private static final long MEGABYTE = 1 << 20;
    /** Half a KB in each iteration of a part, less than the codes of one batch. */
    private static final long BOUND = 2 * MEGABYTE;

    private record Memory(long heap, long tracked, long resident) {
        static Memory parse(String line) {
            String[] words = line.split(" ");
            return new Memory(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
        }
    }

    @Test
    void aPartOfTheTrainingGrowsNeitherHeapNorNativeMemory() throws IOException, InterruptedException {
        List<Memory> seen =
                OwnJvm.withFixedHeap(Training.class).stream().map(Memory::parse).toList();
        assertEquals(PARTS + 1, seen.size());
        for (ToLongFunction<Memory> kind :
                List.<ToLongFunction<Memory>>of(Memory::heap, Memory::tracked, Memory::resident)) {
            long least = IntStream.range(0, PARTS)
                    .mapToLong(part -> kind.applyAsLong(seen.get(part + 1)) - kind.applyAsLong(seen.get(part)))
                    .min()
                    .orElseThrow();
            assertTrue(least < BOUND, seen::toString);
        }
    }

    /** What the second JVM runs: it prints a line of memory in use after each part of the training. */
    static final class Training {
        private Training() {}

        public static void main(String[] arguments) throws InterruptedException {
            MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .seed(1)
                    .dataType(DataType.FLOAT)
                    .updater(new Sgd(0.01))
                    .list()
                    .layer(new ListaLayer.Builder()
                            .nOut(24)
                            .iterations(2)
                            .penalty(new L1Penalty(0.05))
                            .unsupervisedWeight(1)
                            .build())
                    .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                            .nOut(3)
                            .activation(Activation.SOFTMAX)
                            .build())
                    .setInputType(InputType.feedForward(16))
                    .build());
            net.init();
            DataSet data = new DataSet(
                    Samples.gaussian(DataType.FLOAT, 1, 8, 16),
                    Samples.oneHot(8, 3).castTo(DataType.FLOAT));
            for (int part = 0; part <= PARTS; part++) {
                for (int i = 0; i < (part == 0 ? WARM : PART); i++) {
                    net.fit(data);
                }
                report();
            }
        }

        /** ND4J frees arrays in threads of its own after the collector found them, so the least of some looks counts. */
        private static void report() throws InterruptedException {
            long[] least = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
            for (int look = 0; look < 10; look++) {
                System.gc();
                Thread.sleep(100);
                Runtime runtime = Runtime.getRuntime();
                least[0] = Math.min(least[0], runtime.totalMemory() - runtime.freeMemory());
                least[1] = Math.min(least[1], Pointer.totalBytes());
                least[2] = Math.min(least[2], Pointer.physicalBytes());
            }
            System.out.println(OwnJvm.MARK + least[0] + " " + least[1] + " " + least[2]);
        }
    }
}
