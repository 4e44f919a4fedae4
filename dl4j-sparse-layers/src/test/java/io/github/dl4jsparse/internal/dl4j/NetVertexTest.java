package io.github.dl4jsparse.internal.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.DoublePrecision;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearningHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Properties of inputs, layers and other vertices. */
@ExtendWith(DoublePrecision.class)
class NetVertexTest {
    private static NetVertex vertex(Net<?> net, String name) {
        return net.vertices().stream()
                .filter(vertex -> vertex.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> below(Net<?> net, String name) {
        return vertex(net, name).below().stream().map(NetVertex::name).toList();
    }

    @Test
    void verticesOfAStackAreAChain() {
        Net<?> net = NetCase.STACK.net();
        assertEquals(List.of("input"), below(net, "maps"));
        assertEquals(List.of("maps"), below(net, "code"));
        assertEquals(1, vertex(net, "code").index());
        assertTrue(vertex(net, "code").preProcessor() instanceof CnnToFeedForwardPreProcessor);
        assertNull(vertex(net, "layer2").preProcessor());
        assertSame(net.layers().get(1), vertex(net, "code").owner());
    }

    @Test
    void verticesOfAGraphAreItsOwn() {
        Net<?> net = NetCase.GRAPH.net();
        assertEquals(List.of("right"), below(net, "maps"));
        assertEquals(List.of("dense", "flat"), below(net, "code-merge"));
        assertEquals(List.of("code-merge"), below(net, "code"));
        assertEquals(1, vertex(net, "right").index());
        assertTrue(vertex(net, "flat").preProcessor() instanceof CnnToFeedForwardPreProcessor);
        NetVertex merge = vertex(net, "code-merge");
        assertTrue(merge.operation() instanceof MergeVertex
                && !merge.hasLayer()
                && merge.params().isEmpty());
        assertTrue(vertex(net, "unit").operation() instanceof L2NormalizeVertex);
        assertEquals(-1, merge.index());
        assertSame(
                ((ComputationGraph) net.model()).getVertex("code"),
                vertex(net, "code").owner());
    }

    @ParameterizedTest
    @EnumSource
    void aLayerHasConfigurationAndParameters(NetCase kind) {
        NetVertex code = vertex(kind.net(), "code");
        assertTrue(code.hasLayer() && !code.isInput() && !code.isFrozen());
        assertTrue(code.conf() instanceof ListaLayer);
        assertEquals(code.layer().paramTable().keySet(), code.params().keySet());
        assertNull(code.operation());
        NetVertex input = kind.net().vertices().get(0);
        assertTrue(input.isInput() && !input.hasLayer() && input.params().isEmpty());
        assertNull(input.layer());
        assertNull(input.conf());
        assertNull(input.owner());
        assertEquals("vertex \"code\"", code.toString());
    }

    @Test
    void outputsReachWhatIsAboveAlone() {
        Net<?> net = NetCase.GRAPH.net();
        for (String below : List.of("maps", "flat", "dense", "code-merge")) {
            assertTrue(vertex(net, "code").isAbove(vertex(net, below)), below);
            assertFalse(vertex(net, below).isAbove(vertex(net, "code")), below);
        }
        assertFalse(vertex(net, "flat").isAbove(vertex(net, "dense")));
        assertFalse(vertex(net, "code").isAbove(vertex(net, "code")));
    }

    @Test
    void aLayerThatDl4jFreezesInPlaceIsFrozen() {
        Net<?> net = NetCase.STACK.net();
        new TransferLearningHelper((MultiLayerNetwork) net.model(), 0);
        assertTrue(vertex(net, "maps").isFrozen());
        assertFalse(vertex(net, "code").isFrozen());
    }
}
