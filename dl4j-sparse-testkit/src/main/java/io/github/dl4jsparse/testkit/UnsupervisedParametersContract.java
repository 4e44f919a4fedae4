package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Parameters are one array in c order, set by value, and kept when a neighbouring layer changes its width. */
interface UnsupervisedParametersContract extends UnsupervisedFixture, LayerParametersContract {
    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void anotherWidthOfTheLayerBelowKeepsTheOthersParameters(LayerVariant variant, NetworkKind kind) {
        laws(variant, kind).anotherNumberOfOutputsKeepsOtherParameters(0, width() + 2);
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void anotherWidthOfTheLayerAboveKeepsAllParameters(LayerVariant variant, NetworkKind kind) {
        laws(kind, () -> new Layer[] {variant.layer(WEIGHT), below()})
                .anotherNumberOfOutputsKeepsOtherParameters(1, width() + 2);
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void layersTakeEachOthersParams(LayerVariant variant, NetworkKind kind) {
        laws(variant, kind).layersTakeEachOthersParams();
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void tablesAreTakenByValue(LayerVariant variant, NetworkKind kind) {
        laws(variant, kind).tablesAreTakenByValue();
        laws(variant, kind).aLayerTakesATableByValue(1);
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void parametersAndGradientsLieOneAfterTheOther(LayerVariant variant, NetworkKind kind) {
        laws(variant, kind).theFlatArrayIsInOrder(1);
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void parametersThatDoNotFitAreRefused(LayerVariant variant, NetworkKind kind) {
        laws(variant, kind).misfitsAreRefused(1);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void clonedLayerIsEqualAndIndependent(LayerVariant variant) {
        org.deeplearning4j.nn.api.Layer layer = network(variant, WEIGHT).getLayer(NAME);
        org.deeplearning4j.nn.api.Layer copy = ((BaseLayer<?>) layer).clone();
        assertNotSame(layer, copy);
        INDArray x = input(3, 1);
        LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
        INDArray expected = layer.activate(x, false, none).dup();
        assertEquals(layer.params(), copy.params());
        assertEquals(expected, copy.activate(x, false, none));
        copy.params().muli(0.5);
        assertNotEquals(expected, copy.activate(x, false, none));
        assertEquals(expected, layer.activate(x, false, none));
    }
}
