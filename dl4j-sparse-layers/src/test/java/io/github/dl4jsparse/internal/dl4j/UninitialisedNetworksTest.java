package io.github.dl4jsparse.internal.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.train.Decoders;
import io.github.dl4jsparse.train.StandardLayers;
import io.github.dl4jsparse.train.UnitPruner;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Every tool for trained networks refuses one whose {@code init()} was not called, with this reason. */
class UninitialisedNetworksTest {
    private static ListaLayer code() {
        return new ListaLayer.Builder().nOut(5).penalty(new L1Penalty(0.1)).build();
    }

    private static MultiLayerNetwork stack() {
        return new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(code())
                .layer(new OutputLayer.Builder().nOut(2).build())
                .setInputType(InputType.feedForward(4))
                .build());
    }

    private static ComputationGraph graph() {
        return new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(4))
                .addLayer("code", code(), "in")
                .addLayer("out", new OutputLayer.Builder().nOut(2).build(), "code")
                .setOutputs("out")
                .build());
    }

    private static void refused(String name, String type, Executable call) {
        assertEquals(
                name + " must be a network with parameters (call init() first), got a " + type + " before init()",
                assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void initialisedNetworksPass() {
        MultiLayerNetwork stack = stack();
        stack.init();
        assertSame(stack, Net.of(stack).initialised("net").model());
        ComputationGraph graph = graph();
        graph.init();
        assertSame(graph, Net.of(graph).initialised("net").model());
        assertEquals(
                "net must be given, got null",
                assertThrows(IllegalArgumentException.class, () -> Net.of((MultiLayerNetwork) null))
                        .getMessage());
    }

    @Test
    void toolsRefuseStacksWithoutParameters(@TempDir Path directory) {
        String type = "MultiLayerNetwork";
        refused("net", type, () -> Decoders.remove(stack()));
        refused("net", type, () -> StandardLayers.convert(stack()));
        refused("net", type, () -> StandardLayers.convertToGraph(stack()));
        refused("net", type, () -> UnitPruner.prune(stack(), 0, new int[] {0, 1}));
        Path file = directory.resolve("net.zip");
        refused("net", type, () -> ModelFile.save(file, stack()));
        assertFalse(Files.exists(file));
    }

    @Test
    void toolsRefuseGraphsWithoutParameters(@TempDir Path directory) {
        String type = "ComputationGraph";
        refused("graph", type, () -> Decoders.remove(graph()));
        refused("graph", type, () -> StandardLayers.convert(graph()));
        refused("graph", type, () -> UnitPruner.prune(graph(), "code", new int[] {0, 1}));
        Path file = directory.resolve("net.zip");
        refused("net", type, () -> ModelFile.save(file, graph()));
        assertFalse(Files.exists(file));
    }
}
