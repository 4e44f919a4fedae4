package io.github.dl4jsparse.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Frozen layers are no stages on Spark either. */
class FrozenLayersOnSparkTest {
    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.twoThreads();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    static List<UnaryOperator<Layer>> wrappers() {
        return List.of(FrozenLayer::new, FrozenLayerWithBackprop::new);
    }

    private static Layer encoder() {
        return new ListaLayer.Builder()
                .nOut(8)
                .iterations(2)
                .penalty(new L1Penalty(0.05))
                .unsupervisedWeight(0.1)
                .build();
    }

    private static MultiLayerNetwork stack(Layer below, Layer above) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.003))
                .list()
                .layer(below)
                .layer(above)
                .layer(new OutputLayer.Builder()
                        .nOut(LocalSpark.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(LocalSpark.INPUTS))
                .build());
        net.init();
        return net;
    }

    private static SparkPretrainer pretrainer() {
        return SparkPretrainer.builder(LocalSpark.averaging(5)).epochs(1).build();
    }

    private static JavaRDD<DataSet> data() {
        return LocalSpark.distributed(spark, LocalSpark.batches(20, 7));
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void theyKeepTheirParameters(UnaryOperator<Layer> frozen) {
        MultiLayerNetwork net = stack(frozen.apply(encoder()), encoder());
        INDArray below = net.getLayer(0).params().dup();
        INDArray above = net.getLayer(1).params().dup();
        pretrainer().fit(spark, net, data());
        assertEquals(below, net.getLayer(0).params());
        assertNotEquals(above, net.getLayer(1).params());
        ComputationGraph graph = stack(frozen.apply(encoder()), encoder()).toComputationGraph();
        pretrainer().fit(spark, graph, data());
        assertEquals(net.params(), graph.params());
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void aNetworkOfNothingElseIsRefused(UnaryOperator<Layer> frozen) {
        MultiLayerNetwork net = stack(frozen.apply(encoder()), frozen.apply(encoder()));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> pretrainer().fit(spark, net, data()))
                .getMessage();
        assertTrue(message.contains("at least one layer with an unsupervised loss"), message);
    }
}
