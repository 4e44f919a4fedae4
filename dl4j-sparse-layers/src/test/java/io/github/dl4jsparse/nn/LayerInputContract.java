package io.github.dl4jsparse.nn;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.Samples;
import java.util.List;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

/** Bad input is refused with a sentence that names the layer, and leaves the network usable. */
public interface LayerInputContract extends LayerFixture {
    /** Inputs of a wrong rank or width. */
    default List<INDArray> misshapenInputs() {
        return List.of(
                Samples.gaussian(1, 2, width() + 1),
                Samples.gaussian(1, 2, width() - 1),
                Samples.gaussian(1, 2, width(), 3));
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void dataOfAnotherPrecisionIsTakenAsIfCast(LayerVariant variant) {
        MultiLayerNetwork net = network(settings().updater(new Sgd(0.01)), named(variant, WEIGHT));
        MultiLayerNetwork twin = net.clone();
        DataSet single = dataSet(4, 1);
        single.setFeatures(single.getFeatures().castTo(DataType.FLOAT));
        DataSet cast = new DataSet(single.getFeatures().castTo(DataType.DOUBLE), single.getLabels());
        assertEquals(twin.output(cast.getFeatures()), net.output(single.getFeatures()));
        net.fit(single);
        twin.fit(cast);
        net.pretrainLayer(0, single.getFeatures());
        twin.pretrainLayer(0, cast.getFeatures());
        assertEquals(0, Samples.distance(twin.params(), net.params()));
        assertEquals(layer(twin).energy(cast.getFeatures()), layer(net).energy(single.getFeatures()));
        INDArray code = layer(net).encode(single.getFeatures());
        assertEquals(DataType.DOUBLE, code.dataType());
        assertEquals(
                DataType.DOUBLE, layer(net).decode(code.castTo(DataType.FLOAT)).dataType());
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void halfPrecisionIsRefusedByName(LayerVariant variant) {
        String message = assertThrows(
                        DL4JInvalidConfigException.class,
                        () -> network(settings().dataType(DataType.FLOAT16), named(variant, WEIGHT)))
                .getMessage();
        assertTrue(
                message.startsWith("data type must be FLOAT or DOUBLE, got HALF; ") && message.contains(NAME), message);
    }

    private static void refused(Executable call, String... words) {
        String message = assertThrows(DL4JInvalidInputException.class, call).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), () -> "\"" + word + "\" is not in: " + message);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void wrongShapeNamesTheLayer(LayerVariant variant) {
        MultiLayerNetwork net = network(settings().updater(new Sgd(0.1)), named(variant, WEIGHT));
        ComputationGraph graph = graph(settings().updater(new Sgd(0.1)), named(variant, WEIGHT));
        for (INDArray bad : misshapenInputs()) {
            String shape = java.util.Arrays.toString(bad.shape());
            refused(() -> net.output(bad), NAME, shape);
            refused(() -> net.fit(new DataSet(bad, Samples.oneHot(2, CLASSES))), NAME, shape);
            refused(() -> net.pretrainLayer(0, bad), NAME, shape);
            refused(() -> graph.output(bad), NAME, shape);
            refused(() -> layer(net).energy(bad), NAME, shape);
            refused(() -> layer(net).encode(bad), NAME, shape);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void inputThatIsNotFiniteNamesTheLayer(LayerVariant variant) {
        for (double weight : new double[] {0, WEIGHT}) {
            MultiLayerNetwork net = network(settings().updater(new Sgd(0.01)), named(variant, weight));
            ComputationGraph graph = graph(settings().updater(new Sgd(0.01)), named(variant, weight));
            INDArray before = net.params().dup();
            for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                DataSet bad = withBadValue(value);
                refused(() -> net.fit(bad), NAME, "1 NaN or infinite", "validateInput(false)");
                refused(() -> net.pretrainLayer(0, bad.getFeatures()), NAME, "1 NaN or infinite");
                refused(() -> graph.fit(bad), NAME, "1 NaN or infinite");
            }
            assertEquals(before, net.params(), "refused input changes no parameter");
            DataSet good = dataSet(3, 1);
            net.fit(good);
            net.pretrainLayer(0, good.getFeatures());
            graph.fit(good);
            assertTrue(Double.isFinite(net.score(good)) && Double.isFinite(graph.score(good)));
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void checkOfValuesCanBeSwitchedOff(LayerVariant variant) {
        for (double weight : new double[] {0, WEIGHT}) {
            DataSet bad = withBadValue(Double.NaN);
            // a network each: the first bad batch makes parameters NaN, which a learned inhibition refuses by name
            MultiLayerNetwork pretrained = networkWithoutInputValidation(variant, weight);
            assertDoesNotThrow(() -> pretrained.pretrainLayer(0, bad.getFeatures()));
            MultiLayerNetwork fitted = networkWithoutInputValidation(variant, weight);
            assertDoesNotThrow(() -> fitted.fit(bad));
        }
    }

    private MultiLayerNetwork networkWithoutInputValidation(LayerVariant variant, double weight) {
        FeedForwardLayer.Builder<?> builder = withoutInputValidation(variant.builder(weight));
        builder.name(NAME);
        return network(settings().updater(new Sgd(0.01)), builder.build());
    }

    private DataSet withBadValue(double value) {
        DataSet data = dataSet(3, 1);
        data.getFeatures().putScalar(data.getFeatures().length() - 1, value);
        return data;
    }
}
