package io.github.dl4jsparse.integration.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelInference;
import org.deeplearning4j.parallelism.inference.InferenceMode;
import org.deeplearning4j.parallelism.inference.LoadBalanceMode;
import org.deeplearning4j.parallelism.inference.observers.BatchedInferenceObservable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's {@code ParallelInference} gives its clients the answers of the network, with every layer, in each of its modes.
 * <p>Of several clients of the mode BATCHED, M2.1 may forget one for ever, whatever the layers: it takes a request into a
 * batch before it notes whom to tell. So that mode has one client here, and the joining of requests a test without threads.
 */
class ParallelServingTest {
    private static final int CLIENTS = 8;
    private static final int WORKERS = 2;

    private static List<INDArray> batches(EveryLayer layer) {
        return IntStream.range(0, 12).mapToObj(i -> layer.inputs(1 + i % 4, i)).toList();
    }

    private static void serves(EveryLayer layer, InferenceMode mode, int clients) {
        serves(layer, new AnyNetwork.Stack(layer.network()), mode, clients);
        serves(layer, new AnyNetwork.Graph(layer.graph()), mode, clients);
    }

    private static void serves(EveryLayer layer, AnyNetwork net, InferenceMode mode, int clients) {
        net.fit(layer.data(9, 1));
        List<INDArray> batches = batches(layer);
        List<INDArray> expected = batches.stream().map(net::output).toList();
        ParallelInference service = new ParallelInference.Builder(net.model())
                .inferenceMode(mode)
                .loadBalanceMode(LoadBalanceMode.FIFO)
                .workers(WORKERS)
                .build();
        try {
            Together.run(clients, client -> {
                for (int i = 0; i < batches.size(); i++) {
                    int batch = (client + i) % batches.size();
                    INDArray answer = service.output(batches.get(batch));
                    assertEquals(0, Samples.distance(expected.get(batch), answer), () -> "batch " + batch);
                }
            });
        } finally {
            service.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneRequestAfterTheOtherToTheBit(EveryLayer layer) {
        serves(layer, InferenceMode.SEQUENTIAL, CLIENTS);
    }

    @ParameterizedTest
    @EnumSource
    void onTheClientsOwnThreadsToTheBit(EveryLayer layer) {
        serves(layer, InferenceMode.INPLACE, CLIENTS);
    }

    @ParameterizedTest
    @EnumSource
    void oneClientOfBatchesToTheBit(EveryLayer layer) {
        serves(layer, InferenceMode.BATCHED, 1);
    }

    /** The sums of a larger batch may be rounded in another order. */
    @ParameterizedTest
    @EnumSource
    void requestsThatAreJoinedToABatchToTwelveDigits(EveryLayer layer) {
        MultiLayerNetwork net = layer.network();
        net.fit(layer.data(9, 1));
        List<INDArray> requests =
                IntStream.range(0, 5).mapToObj(i -> layer.inputs(2, i)).toList();
        BatchedInferenceObservable joined = new BatchedInferenceObservable();
        requests.forEach(x -> joined.addInput(new INDArray[] {x}, null));
        List<INDArray[]> answers = joined.getInputBatches().stream()
                .map(batch -> new INDArray[] {net.output(batch.getFirst()[0])})
                .toList();
        assertEquals(1, answers.size(), "batches");
        joined.setOutputBatches(answers);
        for (int i = 0; i < requests.size(); i++) {
            joined.setPosition(i);
            assertEquals(0, Samples.distance(net.output(requests.get(i)), joined.getOutput()[0]), 1e-12);
        }
    }
}
