package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.Adam;

/** Parameters are preserved by every tool of DL4J that reads or sets them, in stacks and in graphs. */
interface LayerParametersContract extends LayerFixture {
    /** Two trained networks of the layer above a smooth one: the layer under test has index 1. */
    default ParameterLaws laws(LayerVariant variant, NetworkKind kind) {
        return laws(kind, () -> new Layer[] {below(), named(variant, WEIGHT)});
    }

    default ParameterLaws laws(NetworkKind kind, Supplier<Layer[]> layers) {
        AnyNetwork first = network(kind, settings().updater(new Adam(0.02)), layers.get());
        AnyNetwork second = network(kind, settings().updater(new Adam(0.03)), layers.get());
        return ParameterLaws.of(first, second, dataSet(4, 1), dataSet(4, 2));
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void aNewHeadKeepsAllParameters(LayerVariant variant, NetworkKind kind) {
        laws(variant, kind).aNewHeadKeepsAllParameters(0);
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void aNewHeadOnFrozenLayersKeepsAllParameters(LayerVariant variant, NetworkKind kind) {
        laws(variant, kind).aNewHeadKeepsAllParameters(2);
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void aNewHeadAboveAFrozenLayerBelowKeepsAllParameters(LayerVariant variant, NetworkKind kind) {
        laws(variant, kind).aNewHeadKeepsAllParameters(1);
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void trainingOnFeaturesGoesOnFromTheParameters(LayerVariant variant, NetworkKind kind) {
        ParameterLaws laws = laws(variant, kind);
        assumeTrue(
                !(laws.trained().model() instanceof MultiLayerNetwork net)
                        || net.getLayerWiseConfigurations()
                                .getInputPreProcessors()
                                .isEmpty(),
                "DL4J 1.0.0-M2.1 gives a stack's upper layers the preprocessors of the lower ones");
        laws.featurisedTrainingGoesOnFromTheParameters(1);
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void networksTakeEachOthersParams(LayerVariant variant, NetworkKind kind) {
        laws(variant, kind).networksTakeEachOthersParams();
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void averagesAreThoseOfEachParameter(LayerVariant variant, NetworkKind kind) {
        laws(variant, kind).averagesAreThoseOfEachParameter();
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void aSingleParameterIsSet(LayerVariant variant, NetworkKind kind) {
        ParameterLaws laws = laws(variant, kind);
        assumeTrue(laws.hasParameters(1), "the layer has no parameters");
        laws.aSingleParameterIsSet(1);
    }
}
