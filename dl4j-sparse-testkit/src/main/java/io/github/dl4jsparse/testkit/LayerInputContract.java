package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

/** Input of a wrong shape is refused with an error that names the layer; input of another precision is cast. */
interface LayerInputContract extends LayerFixture {
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
        INDArray answer = net.output(single.getFeatures());
        assertEquals(DataType.DOUBLE, answer.dataType());
        assertEquals(twin.output(cast.getFeatures()), answer);
        net.fit(single);
        twin.fit(cast);
        assertEquals(0, Samples.distance(twin.params(), net.params()));
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void wrongShapeNamesTheLayer(LayerVariant variant) {
        MultiLayerNetwork net = network(settings().updater(new Sgd(0.1)), named(variant, WEIGHT));
        ComputationGraph graph = graph(settings().updater(new Sgd(0.1)), named(variant, WEIGHT));
        for (INDArray bad : misshapenInputs()) {
            refused(() -> net.output(bad), NAME);
            refused(() -> net.fit(new DataSet(bad, Samples.oneHot(2, CLASSES))), NAME);
            refused(() -> graph.output(bad), NAME);
        }
        assertTrue(Double.isFinite(net.score(dataSet(3, 1))), "the network is of use afterwards");
    }

    /** Fails unless a call is refused as DL4J refuses input, in a sentence with these words. */
    static void refused(Executable call, String... words) {
        String message = assertThrows(DL4JInvalidInputException.class, call).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), () -> "\"" + word + "\" is not in: " + message);
        }
    }
}
