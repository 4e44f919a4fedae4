package io.github.dl4jsparse.internal.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The input of a layer that is trained alone is that of the layer in its network. */
@ExtendWith(DoublePrecision.class)
class StageTest {
    private static Stage stage(Net<?> net, String name) {
        return net.stages(true, layer -> true).stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theInputOfALayerOfAStackGoesThroughItsPreProcessor() {
        Net<?> net = NetCase.STACK.net();
        INDArray maps = ((MultiLayerNetwork) net.model())
                .feedForward(NetCase.STACK.features()[0], false)
                .get(1);
        INDArray input = stage(net, "code").inputOf(NetCase.STACK.features());
        assertEquals(maps.dup('c').reshape('c', 3, maps.length() / 3), input);
    }

    @Test
    void theInputOfALayerOfAGraphIsMergedFromTwo() {
        Net<?> net = NetCase.GRAPH.net();
        var all = ((ComputationGraph) net.model()).feedForward(NetCase.GRAPH.features(), false);
        assertEquals(
                Nd4j.concat(1, all.get("dense"), all.get("flat")),
                stage(net, "code").inputOf(NetCase.GRAPH.features()));
        INDArray maps = all.get("maps");
        assertEquals(
                maps.dup('c').reshape('c', 3, maps.length() / 3),
                stage(net, "flat").inputOf(NetCase.GRAPH.features()));
        assertSame(NetCase.GRAPH.features()[0], stage(net, "dense").inputOf(NetCase.GRAPH.features()));
    }

    @ParameterizedTest
    @EnumSource
    void theCodeOfTheInputIsThatOfTheNetwork(NetCase kind) {
        Net<?> net = kind.net();
        Stage stage = stage(net, "code");
        NetVertex vertex = net.vertices().stream()
                .filter(each -> each.name().equals("code"))
                .findFirst()
                .orElseThrow();
        INDArray expected = net.output(vertex, kind.features()).dup();
        INDArray code = stage.dictionary().encode(stage.inputOf(kind.features()));
        assertEquals(0, Samples.distance(expected, code), 1e-12);
        assertEquals(NetCase.UNITS, code.size(1));
    }

    @ParameterizedTest
    @EnumSource
    void theFirstLayersAreThoseOnTheFeatures(NetCase kind) {
        Net<?> net = kind.net();
        assertTrue(stage(net, "maps").isFirst());
        assertFalse(stage(net, "code").isFirst());
        assertTrue(stage(net, "code").isAbove(stage(net, "maps")));
        assertFalse(stage(net, "maps").isAbove(stage(net, "code")));
        Layer layer = stage(net, "code").layer();
        assertEquals(layer.getIndex(), stage(net, "code").index());
        assertSame(net, stage(net, "code").net());
    }

    @Test
    void aLayerWithoutDictionaryIsRefusedByName() {
        assertEquals(
                "layer \"maps\" must be one with a dictionary, got ConvolutionLayer",
                assertThrows(IllegalArgumentException.class, () -> stage(NetCase.STACK.net(), "maps")
                                .dictionary())
                        .getMessage());
    }
}
