package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.parallel.SparseThreads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Results are equal to the bit for every number of threads. */
public final class ThreadsLaw {
    private static final int[] THREADS = {1, 2, 8};
    private static final int UPDATES = 20;

    private ThreadsLaw() {}

    /**
     * Fails unless a computation gives the same bits for 1, 2 and 8 threads.
     *
     * @param computation starts anew each time; large enough to be done in several parts, or this tells nothing
     */
    public static void sameBits(Supplier<INDArray[]> computation) {
        int before = SparseThreads.get();
        try {
            SparseThreads.set(THREADS[0]);
            long[][] expected = bits(computation.get());
            for (int i = 1; i < THREADS.length; i++) {
                SparseThreads.set(THREADS[i]);
                long[][] actual = bits(computation.get());
                assertEquals(expected.length, actual.length, "number of arrays");
                for (int k = 0; k < expected.length; k++) {
                    assertArrayEquals(expected[k], actual[k], "array " + k + " with " + THREADS[i] + " threads");
                }
            }
        } finally {
            SparseThreads.set(before);
        }
    }

    /**
     * Fails unless output, gradients, losses and parameters after 20 updates have the same bits for 1, 2 and 8 threads.
     *
     * @param network makes the same network each time
     * @param data    a batch of several blocks. Not modified.
     */
    public static void sameTraining(Supplier<AnyNetwork> network, DataSet data) {
        sameBits(() -> trained(network.get(), data));
    }

    private static INDArray[] trained(AnyNetwork net, DataSet data) {
        Nd4j.getRandom().setSeed(4711);
        Model model = net.model();
        List<INDArray> all = new ArrayList<>();
        all.add(net.output(data.getFeatures()).dup());
        net.computeGradients(data);
        all.add(model.gradient().gradient().dup());
        INDArray scores = Nd4j.zeros(DataType.DOUBLE, UPDATES);
        for (int i = 0; i < UPDATES; i++) {
            net.fit(data);
            scores.putScalar(i, model.score());
        }
        all.add(scores);
        all.add(net.params().dup());
        all.add(net.output(data.getFeatures()).dup());
        return all.toArray(INDArray[]::new);
    }

    private static long[][] bits(INDArray[] arrays) {
        return Arrays.stream(arrays)
                .map(array -> Arrays.stream(
                                array.castTo(DataType.DOUBLE).dup('c').data().asDouble())
                        .mapToLong(Double::doubleToRawLongBits)
                        .toArray())
                .toArray(long[][]::new);
    }
}
