package io.github.dl4jsparse.internal.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.testkit.DoublePrecision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The methods of {@code Net} give the same results for both kinds of networks. */
@ExtendWith(DoublePrecision.class)
class NetTest {
    @ParameterizedTest
    @EnumSource
    void verticesComeAfterThoseBelowThem(NetCase kind) {
        List<NetVertex> vertices = kind.net().vertices();
        assertEquals(
                kind.vertices().stream().sorted().toList(),
                vertices.stream().map(NetVertex::name).sorted().toList());
        Set<NetVertex> seen = new HashSet<>();
        for (NetVertex vertex : vertices) {
            assertTrue(seen.containsAll(vertex.below()), vertex::toString);
            seen.add(vertex);
        }
    }

    @ParameterizedTest
    @EnumSource
    void parametersAreInTheOrderOfTheVertices(NetCase kind) {
        Net<?> net = kind.net();
        long position = 0;
        for (NetVertex vertex : net.vertices()) {
            for (INDArray array : vertex.params().values()) {
                assertEquals(position, array.offset(), vertex::name);
                position += array.length();
            }
        }
        assertEquals(net.params().length(), position);
    }

    @ParameterizedTest
    @EnumSource
    void layersAreThoseOfTheNetwork(NetCase kind) {
        Net<?> net = kind.net();
        Layer[] own = net.model() instanceof MultiLayerNetwork stack
                ? stack.getLayers()
                : ((ComputationGraph) net.model()).getLayers();
        assertEquals(Set.of(own), Set.copyOf(net.layers()));
        assertEquals(kind.features().length, net.inputs());
        assertEquals(List.of("code"), net.stages().stream().map(Stage::name).toList());
    }

    @ParameterizedTest
    @EnumSource
    void aCopySharesNothing(NetCase kind) {
        Net<?> net = kind.net();
        kind.train(net);
        INDArray params = net.params().dup();
        INDArray output = kind.output(net).dup();
        Net<?> copy = net.copy();
        assertEquals(net.json(), copy.json());
        assertEquals(output, kind.output(copy));
        assertNull(copy.updater(false), "an updater");
        kind.train(copy);
        assertNotEquals(params, copy.params());
        assertEquals(params, net.params());
        assertEquals(output, kind.output(net));
        copy.vertices().get(kind.net().inputs()).conf().setLayerName("another");
        assertFalse(net.json().contains("another"));
    }

    @ParameterizedTest
    @EnumSource
    void aNetworkIsMadeOfItsJson(NetCase kind) {
        Net<?> net = kind.net();
        Net<?> made = Net.ofJson(net.json(), net.params());
        assertSame(net.model().getClass(), made.model().getClass());
        assertEquals(kind.output(net), kind.output(made));
        made.params().addi(1);
        assertNotEquals(net.params(), made.params());
    }

    @ParameterizedTest
    @EnumSource
    void aNetworkIsSavedWithItsUpdater(NetCase kind, @TempDir Path directory) throws IOException {
        Net<?> net = kind.net();
        kind.train(net);
        Path file = directory.resolve("net.zip");
        ModelFile.save(file, net.model());
        Net<?> read =
                kind == NetCase.STACK ? Net.of(ModelFile.restoreNetwork(file)) : Net.of(ModelFile.restoreGraph(file));
        assertEquals(net.params(), read.params());
        assertEquals(net.updater(true).getStateViewArray(), read.updater(true).getStateViewArray());
        kind.train(net);
        kind.train(read);
        assertEquals(net.params(), read.params());
    }

    @ParameterizedTest
    @EnumSource
    void anUpdaterIsThereOnceItIsAskedFor(NetCase kind) {
        Net<?> net = kind.net();
        assertNull(net.updater(false));
        assertNotNull(net.updater(true));
        kind.train(net);
        assertSame(net.updater(true), net.updater(false));
        assertNotSame(net.updater(false), net.newUpdater());
        assertEquals(0, net.newUpdater().getStateViewArray().amaxNumber().doubleValue());
        assertTrue(net.updater(false).getStateViewArray().amaxNumber().doubleValue() > 0);
    }

    @ParameterizedTest
    @EnumSource
    void aLayerIsFoundByNameAndByIndex(NetCase kind) {
        Net<?> net = kind.net();
        Stage stage = net.trained("code");
        assertSame(stage.layer(), net.trained(stage.index()).layer());
        assertSame(stage.layer(), net.measured("code").layer());
        assertSame(stage.layer(), net.measured(stage.index()).layer());
        assertEquals(
                "layer must be one that can be pre-trained, got \"maps\"",
                assertThrows(IllegalArgumentException.class, () -> net.trained("maps"))
                        .getMessage());
        assertEquals(
                "layer must be one that can be pre-trained, got 17",
                assertThrows(IllegalArgumentException.class, () -> net.measured(17))
                        .getMessage());
    }

    @Test
    void otherModelsAreRefusedByName() {
        Layer layer = NetCase.STACK.net().layers().get(0);
        assertFalse(Net.isNetwork(layer));
        assertTrue(Net.isNetwork(NetCase.STACK.net().model()));
        assertTrue(Net.isNetwork(NetCase.GRAPH.net().model()));
        assertEquals(
                "net must be a MultiLayerNetwork or a ComputationGraph, got "
                        + layer.getClass().getName(),
                assertThrows(IllegalArgumentException.class, () -> Net.of((Model) layer))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Net.of((Model) null));
    }
}
