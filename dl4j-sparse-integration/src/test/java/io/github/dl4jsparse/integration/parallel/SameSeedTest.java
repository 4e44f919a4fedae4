package io.github.dl4jsparse.integration.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.integration.EveryUnsupervisedLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Two runs with one seed on one thread end with the same parameters, updater and score, bit by bit; with another seed they do not. */
class SameSeedTest {
    private static final int EPOCHS = 3;

    private static DataSetIterator data(EveryLayer layer) {
        List<DataSet> batches =
                IntStream.range(0, 4).mapToObj(i -> layer.data(6 + i, i)).toList();
        return new ListDataSetIterator<>(batches, 1);
    }

    private static NeuralNetConfiguration.Builder settings(long seed) {
        return EveryLayer.settings().seed(seed);
    }

    private static void repeats(EveryLayer layer, LongFunction<AnyNetwork> run) {
        AnyNetwork first = run.apply(5);
        // whatever else draws random numbers in between
        Nd4j.rand(7, 7);
        AnyNetwork second = run.apply(5);
        assertEquals(Bits.of(first.params()), Bits.of(second.params()));
        if (first.updaterState() != null) {
            assertEquals(Bits.of(first.updaterState()), Bits.of(second.updaterState()));
        }
        DataSet other = layer.data(9, -1);
        assertEquals(first.score(other, false), second.score(other, false));
        assertNotEquals(Bits.of(first.params()), Bits.of(run.apply(6).params()));
    }

    private static MultiLayerNetwork fitted(EveryLayer layer, MultiLayerNetwork net) {
        net.fit(data(layer), EPOCHS);
        return net;
    }

    private static LayerwisePretrainer pretrainer(long seed) {
        return LayerwisePretrainer.builder().epochs(EPOCHS).seed(seed).build();
    }

    @ParameterizedTest
    @EnumSource
    void repeatsFitInNetworks(EveryLayer layer) {
        repeats(layer, seed -> new AnyNetwork.Stack(fitted(layer, layer.network(settings(seed)))));
    }

    @ParameterizedTest
    @EnumSource
    void repeatsFitInGraphs(EveryLayer layer) {
        repeats(layer, seed -> {
            ComputationGraph graph = layer.graph(settings(seed));
            graph.fit(data(layer), EPOCHS);
            return new AnyNetwork.Graph(graph);
        });
    }

    @ParameterizedTest
    @EnumSource
    void repeatsFitWithDropoutAndWeightNoise(EveryLayer layer) {
        repeats(
                layer,
                seed -> new AnyNetwork.Stack(
                        fitted(layer, layer.network(settings(seed).dropOut(0.8).weightNoise(new DropConnect(0.9))))));
    }

    @ParameterizedTest
    @EveryUnsupervisedLayer
    void repeatsPretrainingThenFitInNetworks(EveryLayer layer) {
        repeats(layer, seed -> {
            MultiLayerNetwork net = layer.network(settings(seed));
            pretrainer(seed).fit(net, data(layer));
            return new AnyNetwork.Stack(fitted(layer, net));
        });
    }

    @ParameterizedTest
    @EveryUnsupervisedLayer
    void repeatsPretrainingInGraphs(EveryLayer layer) {
        repeats(layer, seed -> {
            ComputationGraph graph = layer.graph(settings(seed));
            pretrainer(seed).fit(graph, data(layer));
            return new AnyNetwork.Graph(graph);
        });
    }
}
