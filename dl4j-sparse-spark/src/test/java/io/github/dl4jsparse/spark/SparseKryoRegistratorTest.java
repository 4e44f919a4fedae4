package io.github.dl4jsparse.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esotericsoftware.kryo.KryoException;
import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.UnsupervisedStage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoRegistrator;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.kryo.Nd4jRegistrator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** With Kryo the result of training equals that with Java's serialisation; without the registrator it is refused. */
class SparseKryoRegistratorTest {
    private static final int BATCHES = 10;
    private static final List<DataSet> TRAINING = LocalSpark.batches(20, 1);
    private static final String MASTER = "local[2]";

    private static final Map<EveryLayer, INDArray> EXPECTED = new EnumMap<>(EveryLayer.class);
    private static INDArray expectedStack;
    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        try (JavaSparkContext plain = LocalSpark.context(MASTER)) {
            for (EveryLayer layer : EveryLayer.values()) {
                EXPECTED.put(layer, labelled(plain, layer));
            }
            expectedStack = pretrained(plain);
        }
        spark = new JavaSparkContext(LocalSpark.kryo(MASTER, SparseKryoRegistrator.class));
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

    private static INDArray labelled(JavaSparkContext context, EveryLayer layer) {
        MultiLayerNetwork net = layer.network();
        new SparkDl4jMultiLayer(context, net, LocalSpark.averaging(BATCHES / 2))
                .fit(LocalSpark.distributed(context, data(layer)));
        return net.params().dup();
    }

    private static INDArray pretrained(JavaSparkContext context) {
        MultiLayerNetwork net = SparkPretrainerTest.stack();
        SparkPretrainer.builder(LocalSpark.averaging(5))
                .epochs(2)
                .build()
                .fit(context, net, LocalSpark.distributed(context, TRAINING));
        return net.params().dup();
    }

    /** The workers' parameters are added in the order in which they end. */
    private static void same(INDArray expected, INDArray actual) {
        double difference = expected.sub(actual).norm2Number().doubleValue();
        assertTrue(difference < 1e-9, () -> "parameters differ by " + difference);
    }

    @ParameterizedTest
    @EnumSource
    void networksLearnTheSame(EveryLayer layer) {
        same(EXPECTED.get(layer), labelled(spark, layer));
    }

    @Test
    void stacksLearnTheSameWithoutLabels() {
        same(expectedStack, pretrained(spark));
    }

    @Test
    void graphsLearnTheSame() {
        // compared with the network, whose parameters are in the same order
        ComputationGraph graph = EveryLayer.LISTA.network().toComputationGraph();
        new SparkComputationGraph(spark, graph, LocalSpark.averaging(BATCHES / 2))
                .fit(LocalSpark.distributed(spark, data(EveryLayer.LISTA)));
        same(EXPECTED.get(EveryLayer.LISTA), graph.params());
    }

    private static NetBroadcastTuple sent(MultiLayerNetwork net) {
        return new NetBroadcastTuple(
                net.getLayerWiseConfigurations(), net.params(), net.getUpdater().getStateViewArray());
    }

    private static <T> T sendAndReceive(T sent, Class<T> type, Class<? extends KryoRegistrator> registrator) {
        SerializerInstance kryo = new KryoSerializer(LocalSpark.kryo(MASTER, registrator)).newInstance();
        ClassTag<T> tag = ClassTag$.MODULE$.apply(type);
        return kryo.deserialize(kryo.serialize(sent, tag), tag);
    }

    private static void comesBack(NetBroadcastTuple sent, Class<? extends KryoRegistrator> registrator) {
        NetBroadcastTuple back = sendAndReceive(sent, NetBroadcastTuple.class, registrator);
        assertEquals(sent.getConfiguration().toJson(), back.getConfiguration().toJson());
        assertEquals(sent.getParameters(), back.getParameters());
        assertEquals(sent.getUpdaterState(), back.getUpdaterState());
    }

    @ParameterizedTest
    @EnumSource
    void networksComeBack(EveryLayer layer) {
        MultiLayerNetwork net = layer.network();
        net.fit(layer.data(LocalSpark.BATCH, 1));
        comesBack(sent(net), SparseKryoRegistrator.class);
    }

    @ParameterizedTest
    @EnumSource
    void graphsComeBack(EveryLayer layer) {
        ComputationGraph graph = layer.graph();
        ComputationGraphConfiguration back = sendAndReceive(
                graph.getConfiguration(), ComputationGraphConfiguration.class, SparseKryoRegistrator.class);
        assertEquals(graph.getConfiguration().toJson(), back.toJson());
    }

    @ParameterizedTest
    @MethodSource("io.github.dl4jsparse.spark.EveryLayerOnSparkTest#unsupervised")
    void stagesComeBack(EveryLayer layer) {
        comesBack(sent(UnsupervisedStage.of(layer.network(), 0).network()), SparseKryoRegistrator.class);
    }

    @ParameterizedTest
    @EnumSource
    void dataComesBack(EveryLayer layer) {
        DataSet sent = layer.data(LocalSpark.BATCH, 1);
        assertEquals(sent, sendAndReceive(sent, DataSet.class, SparseKryoRegistrator.class));
    }

    /** What a view shows comes back, in its order, without what lies around it. */
    @Test
    void viewsComeBack() {
        INDArray view = Samples.gaussian(3, 6, 8)
                .get(NDArrayIndex.interval(1, 5), NDArrayIndex.interval(2, 7))
                .transpose();
        assertEquals(view, sendAndReceive(view, INDArray.class, SparseKryoRegistrator.class));
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheRegistratorNothingIsSilentlyWrong(EveryLayer layer) {
        NetBroadcastTuple sent = sent(layer.network());
        try {
            comesBack(sent, Nd4jRegistrator.class);
        } catch (KryoException e) {
            assertTrue(e.getMessage().contains("for class: io.github.dl4jsparse"), e::getMessage);
        }
    }

    @Test
    void withoutTheRegistratorPretrainingIsRefused() {
        SparkConf conf = LocalSpark.kryo(MASTER, Nd4jRegistrator.class);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> SparseKryoRegistrator.require(conf));
        assertEquals(
                "spark.kryo.registrator must be io.github.dl4jsparse.spark.SparseKryoRegistrator with the "
                        + "KryoSerializer, got org.nd4j.kryo.Nd4jRegistrator",
                e.getMessage());
        conf.remove("spark.kryo.registrator");
        e = assertThrows(IllegalArgumentException.class, () -> SparseKryoRegistrator.require(conf));
        assertTrue(e.getMessage().endsWith("got none"), e::getMessage);
    }

    @Test
    void amongOtherRegistratorsItIsFound() {
        SparseKryoRegistrator.require(LocalSpark.kryo(MASTER, Nd4jRegistrator.class)
                .set(
                        "spark.kryo.registrator",
                        Nd4jRegistrator.class.getName() + ", " + SparseKryoRegistrator.class.getName()));
        SparseKryoRegistrator.require(LocalSpark.configuration(MASTER));
    }
}
