package io.github.dl4jsparse.spark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.train.HeldOutEnergyScore;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The networks of {@link EveryLayer} are trained by Spark's workers for one averaging round, which lowers their loss.
 */
class EveryLayerOnSparkTest {
    private static final int BATCHES = 10;

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.twoThreads();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static List<DataSet> data(EveryLayer layer) {
        return IntStream.range(0, BATCHES)
                .mapToObj(i -> layer.data(LocalSpark.BATCH, i))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void networksLearn(EveryLayer layer) {
        MultiLayerNetwork net = layer.network();
        DataSet test = layer.data(60, 99);
        double before = net.score(test);
        new SparkDl4jMultiLayer(spark, net, LocalSpark.averaging(BATCHES / 2))
                .fit(LocalSpark.distributed(spark, data(layer)));
        assertTrue(net.score(test) < before, () -> before + " -> " + net.score(test));
    }

    @ParameterizedTest
    @EnumSource
    void graphsLearn(EveryLayer layer) {
        ComputationGraph graph = layer.graph();
        DataSet test = layer.data(60, 99);
        double before = graph.score(test);
        new SparkComputationGraph(spark, graph, LocalSpark.averaging(BATCHES / 2))
                .fit(LocalSpark.distributed(spark, data(layer)));
        assertTrue(graph.score(test) < before, () -> before + " -> " + graph.score(test));
    }

    static Stream<EveryLayer> unsupervised() {
        return Stream.of(EveryLayer.values()).filter(EveryLayer::isUnsupervised);
    }

    @ParameterizedTest
    @MethodSource("unsupervised")
    void energyFallsWithoutLabels(EveryLayer layer) {
        MultiLayerNetwork net = layer.network();
        HeldOutEnergyScore<MultiLayerNetwork> energy =
                HeldOutEnergyScore.ofLayer("layer0", new ExistingDataSetIterator(List.of(layer.data(60, 99))));
        double before = energy.calculateScore(net);
        SparkPretrainer.builder(LocalSpark.averaging(BATCHES / 2))
                .build()
                .fit(spark, net, LocalSpark.distributed(spark, data(layer)));
        double after = energy.calculateScore(net);
        assertTrue(after < before, () -> before + " -> " + after);
    }
}
