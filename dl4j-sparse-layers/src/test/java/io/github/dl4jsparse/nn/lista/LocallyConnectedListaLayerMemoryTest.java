package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.OwnJvm;
import io.github.dl4jsparse.energy.SmoothedGroupPenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A map of 101 x 101 units with filters of 15 x 15 on images of 115 x 115 trains in batches of 16 with Adam in less than 2 GiB,
 * the Java virtual machine and its heap included. A JVM of its own trains, so that nothing else counts.
 */
class LocallyConnectedListaLayerMemoryTest {
    private static final long BOUND = 2L << 30;

    @Test
    void largeMapTrainsInLessThanTwoGibibytes() throws IOException, InterruptedException {
        long largest = OwnJvm.run(Training.class, List.of("-Xmx1g")).stream()
                .mapToLong(Long::parseLong)
                .max()
                .orElseThrow();
        assertTrue(largest > BOUND / 100 && largest < BOUND, () -> largest + " bytes are resident");
    }

    /** What the JVM of its own runs. */
    static final class Training {
        private Training() {}

        /** Trains three steps and prints what is resident after each. */
        public static void main(String[] arguments) {
            Groups windows = Groups.torus(101, 101, Window.of(11).gaussian(5));
            MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .updater(new Adam(1e-3))
                    .list()
                    .layer(new LocallyConnectedListaLayer.Builder(15)
                            .nOut(1)
                            .iterations(3)
                            .shrinkage(Shrinkage.SOFT)
                            .gain(true)
                            .penalty(new SmoothedGroupPenalty(0.1, windows, 1e-3))
                            .build())
                    .setInputType(InputType.convolutional(115, 115, 1))
                    .build());
            net.init();
            INDArray images = Samples.gaussian(1, 16, 1, 115, 115).castTo(DataType.FLOAT);
            for (int step = 0; step < 3; step++) {
                net.pretrainLayer(0, images);
                System.out.println(OwnJvm.MARK + Pointer.physicalBytes());
            }
        }
    }
}
