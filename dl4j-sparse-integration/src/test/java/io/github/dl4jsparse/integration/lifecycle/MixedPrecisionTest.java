package io.github.dl4jsparse.integration.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Networks of one precision take data of the other as DL4J's own layers do: as if it had been cast before. */
class MixedPrecisionTest {
    static Stream<Arguments> layersAndTypes() {
        return Stream.of(EveryLayer.values())
                .flatMap(layer -> Stream.of(
                        Arguments.of(layer, DataType.FLOAT, DataType.DOUBLE),
                        Arguments.of(layer, DataType.DOUBLE, DataType.FLOAT)));
    }

    private static NeuralNetConfiguration.Builder settings(DataType type) {
        return new NeuralNetConfiguration.Builder().seed(7).dataType(type).updater(new Adam(0.01));
    }

    private static DataSet as(DataType type, DataSet data) {
        return new DataSet(data.getFeatures().castTo(type), data.getLabels().castTo(type));
    }

    private static void treatsAsIfCast(AnyNetwork net, AnyNetwork twin, DataSet data, DataType own) {
        DataSet cast = as(own, data);
        INDArray output = net.output(data.getFeatures());
        assertEquals(own, output.dataType());
        assertEquals(0, Samples.distance(twin.output(cast.getFeatures()), output));
        if (net.model() instanceof MultiLayerNetwork stack) {
            List<INDArray> activations = stack.feedForward(data.getFeatures());
            activations.subList(1, activations.size()).forEach(a -> assertEquals(own, a.dataType()));
        }
        for (int i = 0; i < 3; i++) {
            net.fit(data);
            twin.fit(cast);
        }
        assertEquals(0, Samples.distance(twin.params(), net.params()));
        assertEquals(twin.score(cast, false), net.score(data, false));
        assertEquals(own, net.params().dataType());
    }

    @ParameterizedTest
    @MethodSource("layersAndTypes")
    void networksTakeDataOfAnotherPrecision(EveryLayer layer, DataType own, DataType other) {
        treatsAsIfCast(
                new AnyNetwork.Stack(layer.network(settings(own))),
                new AnyNetwork.Stack(layer.network(settings(own))),
                as(other, layer.data(9, 1)),
                own);
    }

    @ParameterizedTest
    @MethodSource("layersAndTypes")
    void graphsTakeDataOfAnotherPrecision(EveryLayer layer, DataType own, DataType other) {
        treatsAsIfCast(
                new AnyNetwork.Graph(layer.graph(settings(own))),
                new AnyNetwork.Graph(layer.graph(settings(own))),
                as(other, layer.data(9, 1)),
                own);
    }

    /** The layers of a network, without a dense layer that would cast their input. */
    private static MultiLayerNetwork withoutDense(EveryLayer layer, DataType type) {
        Layer[] all = layer.layers();
        boolean dense = all[0] instanceof DenseLayer;
        NeuralNetConfiguration.ListBuilder list = settings(type).list();
        Arrays.stream(all).skip(dense ? 1 : 0).forEach(list::layer);
        MultiLayerNetwork net = new MultiLayerNetwork(list.layer(EveryLayer.classifier())
                .setInputType(dense ? InputType.feedForward(12) : layer.inputType())
                .build());
        net.init();
        return net;
    }

    @ParameterizedTest
    @MethodSource("layersAndTypes")
    void aFirstLayerTakesDataOfAnotherPrecision(EveryLayer layer, DataType own, DataType other) {
        boolean dense = layer.layers()[0] instanceof DenseLayer;
        INDArray x = dense ? Samples.gaussian(3, 9, 12) : layer.inputs(9, 1);
        treatsAsIfCast(
                new AnyNetwork.Stack(withoutDense(layer, own)),
                new AnyNetwork.Stack(withoutDense(layer, own)),
                as(other, new DataSet(x, Samples.oneHot(9, EveryLayer.CLASSES))),
                own);
    }

    @ParameterizedTest
    @MethodSource("layersAndTypes")
    void pretrainingTakesDataOfAnotherPrecision(EveryLayer layer, DataType own, DataType other) {
        if (!layer.isUnsupervised()) {
            return;
        }
        MultiLayerNetwork net = layer.network(settings(own));
        MultiLayerNetwork twin = layer.network(settings(own));
        DataSet data = as(other, layer.data(12, 1));
        LayerwisePretrainer pretrainer = LayerwisePretrainer.builder().epochs(2).build();
        pretrainer.fit(net, new ListDataSetIterator<>(data.asList(), 4));
        pretrainer.fit(twin, new ListDataSetIterator<>(as(own, data).asList(), 4));
        assertEquals(0, Samples.distance(twin.params(), net.params()));
    }

    @ParameterizedTest
    @EnumSource
    void halfPrecisionIsRefusedAtOnceByName(EveryLayer layer) {
        MultiLayerNetwork net = layer.network(settings(DataType.FLOAT));
        ComputationGraph graph = layer.graph(settings(DataType.FLOAT));
        refused(() -> layer.network(settings(DataType.FLOAT16)), "HALF");
        refused(() -> layer.graph(settings(DataType.FLOAT16)), "HALF");
        refused(() -> net.convertDataType(DataType.FLOAT16), "HALF");
        refused(() -> net.convertDataType(DataType.BFLOAT16), "BFLOAT16");
        refused(() -> graph.convertDataType(DataType.BFLOAT16), "BFLOAT16");
    }

    private static void refused(Executable call, String type) {
        String message = assertThrows(DL4JInvalidConfigException.class, call).getMessage();
        assertTrue(
                message.startsWith("data type must be FLOAT or DOUBLE, got " + type + "; ")
                        && message.contains("(layer \""),
                message);
    }
}
