package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Invalid input of pre-training, codes and energies is refused with an error that names the layer, and the network
 * remains usable.
 */
interface UnsupervisedInputContract extends UnsupervisedFixture, LayerInputContract {
    @ParameterizedTest
    @MethodSource("variants")
    default void pretrainingOnDataOfAnotherPrecisionIsAsIfCast(LayerVariant variant) {
        MultiLayerNetwork net = network(settings().updater(new Sgd(0.01)), named(variant, WEIGHT));
        MultiLayerNetwork twin = net.clone();
        INDArray single = input(4, 1).castTo(DataType.FLOAT);
        INDArray cast = single.castTo(DataType.DOUBLE);
        net.pretrainLayer(0, single);
        twin.pretrainLayer(0, cast);
        assertEquals(0, Samples.distance(twin.params(), net.params()));
        assertEquals(layer(twin).energy(cast), layer(net).energy(single));
        INDArray code = layer(net).encode(single);
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

    @ParameterizedTest
    @MethodSource("variants")
    default void wrongShapeIsNamed(LayerVariant variant) {
        MultiLayerNetwork net = network(settings().updater(new Sgd(0.1)), named(variant, WEIGHT));
        for (INDArray bad : misshapenInputs()) {
            String shape = Arrays.toString(bad.shape());
            LayerInputContract.refused(() -> net.output(bad), NAME, shape);
            LayerInputContract.refused(() -> net.pretrainLayer(0, bad), NAME, shape);
            LayerInputContract.refused(() -> layer(net).energy(bad), NAME, shape);
            LayerInputContract.refused(() -> layer(net).encode(bad), NAME, shape);
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
                LayerInputContract.refused(() -> net.fit(bad), NAME, "1 NaN or infinite", "validateInput(false)");
                LayerInputContract.refused(() -> net.pretrainLayer(0, bad.getFeatures()), NAME, "1 NaN or infinite");
                LayerInputContract.refused(() -> graph.fit(bad), NAME, "1 NaN or infinite");
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
        return network(settings().updater(new Sgd(0.01)), withoutInputValidation(variant, weight));
    }

    private DataSet withBadValue(double value) {
        DataSet data = dataSet(3, 1);
        data.getFeatures().putScalar(data.getFeatures().length() - 1, value);
        return data;
    }
}
