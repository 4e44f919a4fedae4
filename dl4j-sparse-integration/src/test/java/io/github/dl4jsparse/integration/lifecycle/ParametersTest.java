package io.github.dl4jsparse.integration.lifecycle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.ParameterLaws;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.Adam;

/** The parameters of every layer, and of layers that share a network with those that have none, survive DL4J's tools. */
@ExtendWith(DoublePrecision.class)
class ParametersTest {
    private static final Map<String, ParameterLaws> TRAINED = new ConcurrentHashMap<>();

    /** Every layer in a stack and in a graph. */
    static Stream<Arguments> networks() {
        return Arrays.stream(EveryLayer.values())
                .flatMap(layer -> IntStream.range(0, 2).mapToObj(kind -> Arguments.of(layer, kind)));
    }

    /** Copies of two trained networks: to make a network of images takes long. */
    private static ParameterLaws laws(EveryLayer layer, int kind) {
        return TRAINED.computeIfAbsent(layer.name() + kind, name -> {
                    List<AnyNetwork> first = layer.both(EveryLayer.settings().updater(new Adam(0.02)));
                    List<AnyNetwork> second = layer.both(EveryLayer.settings().updater(new Adam(0.03)));
                    return ParameterLaws.of(first.get(kind), second.get(kind), layer.data(6, 1), layer.data(6, 2));
                })
                .copy();
    }

    /** Does something for each layer of this library with parameters, each time with new networks. */
    private static void forEachLayer(EveryLayer layer, int kind, Law law) {
        var layers = laws(layer, kind).trained().layers();
        for (int i = 0; i < layers.length; i++) {
            if (layers[i].numParams() > 0 && layers[i].getClass().getName().startsWith("io.github.dl4jsparse")) {
                law.of(laws(layer, kind), i);
            }
        }
    }

    private interface Law {
        void of(ParameterLaws laws, int layer);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aNewHeadKeepsAllParameters(EveryLayer layer, int kind) {
        ParameterLaws laws = laws(layer, kind);
        long withParameters = Arrays.stream(laws.trained().layers())
                .filter(each -> each.numParams() > 0)
                .count();
        assumeTrue(
                withParameters > 1 || laws.trained().model() instanceof ComputationGraph,
                "DL4J 1.0.0-M2.1 removes no output layer from layers without any parameters");
        int below = laws.trained().layers().length - 1;
        IntStream.of(0, below).forEach(frozen -> laws(layer, kind).aNewHeadKeepsAllParameters(frozen));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void parametersAreSetAsTheyAreRead(EveryLayer layer, int kind) {
        laws(layer, kind).layersTakeEachOthersParams();
        laws(layer, kind).tablesAreTakenByValue();
        laws(layer, kind).networksTakeEachOthersParams();
        laws(layer, kind).averagesAreThoseOfEachParameter();
        forEachLayer(layer, kind, ParameterLaws::aLayerTakesATableByValue);
        forEachLayer(layer, kind, ParameterLaws::aSingleParameterIsSet);
        forEachLayer(layer, kind, ParameterLaws::theFlatArrayIsInOrder);
        forEachLayer(layer, kind, ParameterLaws::misfitsAreRefused);
    }
}
