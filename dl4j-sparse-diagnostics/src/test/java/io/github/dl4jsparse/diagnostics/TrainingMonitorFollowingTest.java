package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

/** Which networks a {@link TrainingMonitor} listens to where there are several. */
class TrainingMonitorFollowingTest {
    private static MultiLayerNetwork network() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.01))
                .list()
                .layer(new ListaLayer.Builder()
                        .nOut(6)
                        .iterations(2)
                        .unsupervisedWeight(1)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(4))
                .build());
        net.init();
        return net;
    }

    private static TrainingMonitor.Builder monitor() {
        return TrainingMonitor.builder(Samples.gaussian(9, 5, 4)).everyUpdates(1);
    }

    private static void fit(MultiLayerNetwork net, TrainingMonitor monitor) {
        net.setListeners(monitor);
        net.fit(new DataSet(Samples.gaussian(1, 6, 4), Samples.oneHot(6, 3)));
    }

    @Test
    void measuresAndCountsTheFollowedNetworkAlone() {
        MultiLayerNetwork followed = network();
        TrainingMonitor monitor = monitor().onlyFor(followed).build();
        fit(network(), monitor);
        assertTrue(monitor.history().points().isEmpty());
        fit(followed, monitor);
        fit(network(), monitor);
        fit(followed, monitor);
        assertEquals(2, monitor.history().points().size());
        assertEquals(2, monitor.history().last("layer0").orElseThrow().updates());
    }

    @Test
    void listensToOneNetworkAfterTheOtherWhereItFollowsNone() {
        TrainingMonitor monitor = monitor().build();
        fit(network(), monitor);
        fit(network(), monitor);
        assertEquals(2, monitor.history().points().size());
    }

    /** A thread that lives on may train on, as a worker of a ParallelWrapper does; one that has ended does not. */
    @Test
    void refusesTwoNetworksOfTwoThreadsWhereItFollowsNone() throws InterruptedException, ExecutionException {
        TrainingMonitor monitor = monitor().build();
        Thread ended = new Thread(() -> fit(network(), monitor));
        ended.start();
        ended.join();
        ExecutorService other = Executors.newSingleThreadExecutor();
        MultiLayerNetwork first = network();
        try {
            other.submit(() -> fit(first, monitor)).get();
            MultiLayerNetwork second = network();
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> fit(second, monitor));
            assertTrue(e.getMessage().contains("onlyFor(net)"), e.getMessage());
            fit(first, monitor);
        } finally {
            other.shutdown();
        }
        assertEquals(3, monitor.history().points().size());
    }

    @Test
    void followsANetworkOnly() {
        String message = assertThrows(IllegalArgumentException.class, () -> monitor()
                        .onlyFor(network().getLayer(0)))
                .getMessage();
        assertTrue(message.contains("MultiLayerNetwork") && message.contains("ListaLayerImpl"), message);
        assertThrows(IllegalArgumentException.class, () -> monitor().onlyFor(null));
    }
}
