package io.github.dl4jsparse.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** All that training and serving a network gives, for any number of threads. */
public final class TrainedBits {
    private static final int UPDATES = 20;

    private TrainedBits() {}

    /**
     * Fails unless output, gradients, losses and parameters after 20 updates have the same bits for 1, 2 and 8 threads.
     *
     * @param network makes the same network each time
     * @param data    a batch of several blocks. Not modified.
     */
    public static void doNotDependOnThreads(Supplier<AnyNetwork> network, DataSet data) {
        ThreadsLaw.sameBits(() -> of(network.get(), data));
    }

    private static INDArray[] of(AnyNetwork net, DataSet data) {
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
}
