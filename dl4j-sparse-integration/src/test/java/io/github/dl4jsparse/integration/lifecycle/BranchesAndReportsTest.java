package io.github.dl4jsparse.integration.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryType;
import org.deeplearning4j.nn.conf.memory.MemoryUseMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;

/** Layers stand side by side in graphs, and are described as they are. */
class BranchesAndReportsTest {
    /** The layers twice, on one input, merged below a classifier. */
    private static ComputationGraph branches(EveryLayer layer) {
        var builder = EveryLayer.settings().graphBuilder().addInputs("in").setInputTypes(layer.inputType());
        String[] ends = new String[2];
        for (int branch = 0; branch < 2; branch++) {
            ends[branch] = "in";
            Layer[] chain = layer.layers();
            for (int i = 0; i < chain.length; i++) {
                String name = "branch" + branch + "layer" + i;
                builder.addLayer(name, chain[i], ends[branch]);
                ends[branch] = name;
            }
        }
        ComputationGraph graph = new ComputationGraph(builder.addVertex("merged", new MergeVertex(), ends)
                .addLayer("out", EveryLayer.classifier(), "merged")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    @ParameterizedTest
    @EnumSource
    void twoBranchesShareOneInput(EveryLayer layer) {
        ComputationGraph graph = branches(layer);
        DataSet data = layer.data(12, 1);
        double before = graph.score(data, false);
        for (int i = 0; i < 20; i++) {
            graph.fit(data);
        }
        double after = graph.score(data, false);
        assertTrue(after < before, () -> after + " after " + before);
    }

    @ParameterizedTest
    @EnumSource
    void summariesNameTheLayersAndCountTheirParameters(EveryLayer layer) {
        MultiLayerNetwork net = layer.network();
        ComputationGraph graph = layer.graph();
        for (String summary : new String[] {
            net.summary(), net.summary(layer.inputType()), graph.summary(), graph.summary(layer.inputType())
        }) {
            for (org.deeplearning4j.nn.api.Layer each : net.getLayers()) {
                assertTrue(summary.contains("(" + each.getClass().getSimpleName() + ")"), summary);
            }
            assertTrue(summary.replaceAll("[.,'\u00a0]", "").contains(String.valueOf(net.numParams())), summary);
        }
    }

    private static long bytes(MemoryReport report, MemoryType type) {
        return report.getMemoryBytes(type, 1, MemoryUseMode.TRAINING, CacheMode.NONE, DataType.DOUBLE);
    }

    private static void isReal(MemoryReport report, long parameters, long updaterState) {
        assertEquals(Double.BYTES * parameters, bytes(report, MemoryType.PARAMETERS));
        assertEquals(Double.BYTES * parameters, bytes(report, MemoryType.PARAMATER_GRADIENTS));
        assertEquals(Double.BYTES * updaterState, bytes(report, MemoryType.UPDATER_STATE));
        assertTrue(bytes(report, MemoryType.ACTIVATIONS) > 0);
    }

    @ParameterizedTest
    @EnumSource
    void memoryReportsHaveTheFiguresOfTheRealNetwork(EveryLayer layer) {
        MultiLayerNetwork net = layer.network();
        isReal(
                net.getLayerWiseConfigurations().getMemoryReport(layer.inputType()),
                net.numParams(),
                net.updaterState().length());
        ComputationGraph graph = layer.graph();
        isReal(
                graph.getConfiguration().getMemoryReport(layer.inputType()),
                graph.numParams(),
                graph.updaterState().length());
    }

    @ParameterizedTest
    @EnumSource
    void aLayerOutsideOfANetworkHasAMemoryReportToo(EveryLayer layer) {
        Layer[] chain = layer.layers();
        // DL4J's own dense layer has none outside of a network
        int own = chain[0] instanceof DenseLayer ? 1 : 0;
        InputType inputType = own == 0 ? layer.inputType() : InputType.feedForward(12);
        chain[own].setNIn(inputType, true);
        assertEquals(
                Double.BYTES * layer.network().getLayer(own).numParams(),
                bytes(chain[own].getMemoryReport(inputType), MemoryType.PARAMETERS));
    }
}
