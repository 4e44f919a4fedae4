package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

@ExtendWith(DoublePrecision.class)
class StandardLayersTest {
    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void outputsStayAndClassesAreDl4js(CNN2DFormat format) {
        Layer[] layers = TrainedStacks.layers(1, format, null, 0);
        MultiLayerNetwork net = TrainedStacks.network(format, layers);
        INDArray x = TrainedStacks.images(format, 9);
        MultiLayerNetwork standard = StandardLayers.convert(net);
        assertEquals(0, Samples.distance(net.output(x), standard.output(x)), 1e-10);
        assertTrue(Samples.distance(net.output(x).getRow(0), net.output(x).getRow(1)) > 1e-3, "says nothing");
        assertFalse(standard.getLayerWiseConfigurations().toJson().contains("dl4jsparse"));
        ComputationGraph graph = TrainedStacks.graph(format, layers);
        ComputationGraph standardGraph = StandardLayers.convert(graph);
        assertEquals(0, Samples.distance(graph.outputSingle(x), standardGraph.outputSingle(x)), 1e-10);
        assertFalse(standardGraph.getConfiguration().toJson().contains("dl4jsparse"));
    }

    @Test
    void layersWithoutATwinAreRefusedByName() {
        CNN2DFormat format = CNN2DFormat.NCHW;
        refused(
                TrainedStacks.network(format, TrainedStacks.layers(2, format, null, 0)),
                "layer \"first\"",
                "one step, as DL4J's layers are,",
                "got 2 steps");
        refused(
                TrainedStacks.network(format, TrainedStacks.layers(1, format, Groups.blocks(4, 2), 0)),
                "layer \"pool\"",
                "without groups of maps");
        refused(
                TrainedStacks.network(format, TrainedStacks.layers(1, format, null, 1e-6)),
                "layer \"pool\"",
                "epsilon of at most 1.0E-8",
                "got 1.0E-6");
        Layer[] soft = TrainedStacks.layers(1, format, null, 0);
        soft[0] = TrainedStacks.stage(1, format)
                .shrinkage(Shrinkage.SOFT)
                .name("soft")
                .build();
        refused(TrainedStacks.network(format, soft), "layer \"soft\"", "non-negative", "SoftShrinkage");
        MultiLayerNetwork negative = TrainedStacks.network(format, TrainedStacks.layers(1, format, null, 0));
        negative.getLayer(0).getParam("g").putScalar(2, -0.5);
        refused(negative, "layer \"first\"", "gain of at least 0", "-0.5");
    }

    @Test
    void theDefaultSmoothingOfPoolsChangesTheirOutputsByItsRootAtMost() {
        CNN2DFormat format = CNN2DFormat.NCHW;
        MultiLayerNetwork net = TrainedStacks.network(format, TrainedStacks.layers(1, format, null, 1e-8));
        INDArray x = TrainedStacks.images(format, 9);
        INDArray difference = net.feedForward(x)
                .get(2)
                .sub(StandardLayers.convert(net).feedForward(x).get(2));
        assertTrue(difference.minNumber().doubleValue() >= -1e-12, "a smoothed norm is larger");
        assertTrue(difference.maxNumber().doubleValue() <= 1e-4, () -> "by " + difference.maxNumber());
    }

    private static void refused(MultiLayerNetwork net, String... words) {
        String message = assertThrows(IllegalArgumentException.class, () -> StandardLayers.convert(net))
                .getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), () -> word + " is not in: " + message);
        }
    }
}
