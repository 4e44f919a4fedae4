package io.github.dl4jsparse.integration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.AnyNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.DataSet;

/** The networks of {@link EveryLayer} learn their classes with DL4J's own fit. */
class EveryLayerLearnsTest {
    private static final int EPOCHS = 60;

    @ParameterizedTest
    @EnumSource
    void classesInNetworks(EveryLayer layer) {
        learns(layer, new AnyNetwork.Stack(layer.network()));
    }

    @ParameterizedTest
    @EnumSource
    void classesInGraphs(EveryLayer layer) {
        learns(layer, new AnyNetwork.Graph(layer.graph()));
    }

    private static void learns(EveryLayer layer, AnyNetwork net) {
        for (int i = 0; i < EPOCHS; i++) {
            net.fit(layer.data(30, i % 3));
        }
        DataSet test = layer.data(60, 99);
        Evaluation evaluation = new Evaluation(EveryLayer.CLASSES);
        evaluation.eval(test.getLabels(), net.output(test.getFeatures()));
        assertTrue(evaluation.accuracy() > 0.9, () -> "accuracy " + evaluation.accuracy());
    }
}
