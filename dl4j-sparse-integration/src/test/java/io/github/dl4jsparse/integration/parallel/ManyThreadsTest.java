package io.github.dl4jsparse.integration.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.integration.EveryUnsupervisedLayer;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A thousand threads at once get from one network the answers that a single thread gets, bit by bit; so do a hundred from one
 * graph, from one layer, and with a clone each.
 */
class ManyThreadsTest {
    private static final int THOUSAND = 1_000;
    private static final int HUNDRED = 100;

    /** Of sizes from 1 to 7, so that memory which threads share would be of the wrong size for most. */
    private static List<INDArray> batches(EveryLayer layer) {
        return IntStream.rangeClosed(1, 21)
                .mapToObj(i -> layer.inputs(1 + i % 7, i))
                .toList();
    }

    private static void sameAsOneThread(int threads, List<INDArray> batches, Function<INDArray, INDArray> answer) {
        List<Bits> expected = batches.stream().map(answer).map(Bits::of).toList();
        Together.run(threads, i -> {
            int batch = i % batches.size();
            assertEquals(expected.get(batch), Bits.of(answer.apply(batches.get(batch))), () -> "batch " + batch);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aThousandGetTheAnswersOfOneThreadFromOneNetwork(EveryLayer layer) {
        AnyNetwork net = new AnyNetwork.Stack(layer.network());
        net.fit(layer.data(9, 1));
        sameAsOneThread(THOUSAND, batches(layer), net::output);
    }

    @ParameterizedTest
    @EnumSource
    void aHundredGetTheAnswersOfOneThreadFromOneGraph(EveryLayer layer) {
        AnyNetwork net = new AnyNetwork.Graph(layer.graph());
        net.fit(layer.data(9, 1));
        sameAsOneThread(HUNDRED, batches(layer), net::output);
    }

    @ParameterizedTest
    @EnumSource
    void aHundredWithACloneEachGetTheAnswersOfOneThread(EveryLayer layer) {
        MultiLayerNetwork net = layer.network();
        net.fit(layer.data(9, 1));
        sameAsOneThread(HUNDRED, batches(layer), x -> net.clone().output(x));
    }

    /** DL4J locks {@code output}, nothing locks these. */
    @ParameterizedTest
    @EveryUnsupervisedLayer
    void aHundredGetTheCodesReconstructionsAndEnergiesOfOneThreadFromOneLayer(EveryLayer layer) {
        MultiLayerNetwork net = layer.network();
        net.fit(layer.data(9, 1));
        UnsupervisedLayer alone = (UnsupervisedLayer) net.getLayer(0);
        sameAsOneThread(HUNDRED, batches(layer), x -> {
            INDArray code = alone.encode(x);
            return Nd4j.concat(
                    0,
                    code.dup('c').reshape(code.length()),
                    Nd4j.toFlattened('c', alone.decode(code)),
                    Nd4j.toFlattened('c', alone.trajectory(x)),
                    Nd4j.createFromArray(alone.energy(x).total()));
        });
    }
}
