package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

@ExtendWith(DoublePrecision.class)
class DecodersTest {
    private static final CNN2DFormat FORMAT = CNN2DFormat.NCHW;

    private static MultiLayerNetwork network(int steps) {
        return TrainedStacks.network(FORMAT, TrainedStacks.layers(steps, FORMAT, Groups.blocks(4, 2), 1e-8));
    }

    @Test
    void outputsStayAndParametersGo() throws IOException {
        MultiLayerNetwork net = network(1);
        INDArray x = TrainedStacks.images(FORMAT, 9);
        MultiLayerNetwork served = Decoders.remove(net);
        assertEquals(net.output(x), served.output(x));
        // 12 x 4 of the first stage, 3 x 2 x 2 x 4 of the second; the dense one sees 2 x 2 x 4 pools
        long removed = net.numParams() - served.numParams();
        long decoders = 0;
        for (int i : new int[] {0, 3, 5}) {
            decoders += net.getLayer(i).getParam("D").length();
            assertFalse(served.getLayer(i).paramTable().containsKey("D"));
            assertFalse(served.getLayer(i).isPretrainLayer());
        }
        assertEquals(decoders, removed);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelSerializer.writeModel(served, bytes, true);
        MultiLayerNetwork back =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes.toByteArray()), true);
        assertEquals(net.output(x), back.output(x));
        assertEquals(net.getIterationCount(), served.getIterationCount());
    }

    @Test
    void theNetworkIsFineTunedWithoutItsLosses() {
        MultiLayerNetwork served = Decoders.remove(network(1));
        DataSet data = new DataSet(TrainedStacks.images(FORMAT, 2), Samples.oneHot(5, 3));
        double before = served.score(data);
        for (int i = 0; i < 30; i++) {
            served.fit(data);
        }
        assertTrue(served.score(data) < 0.9 * before, served.score(data) + " after " + before);
    }

    @Test
    void decoderThatTheStepsUseStays() {
        MultiLayerNetwork net = network(3);
        MultiLayerNetwork served = Decoders.remove(net);
        INDArray x = TrainedStacks.images(FORMAT, 9);
        assertEquals(net.output(x), served.output(x));
        assertTrue(served.getLayer(0).paramTable().containsKey("D"));
        assertFalse(served.getLayer(3).paramTable().containsKey("D"));
        served.fit(new DataSet(x, Samples.oneHot(5, 3)));
    }

    @Test
    void frozenLayersAndGraphsToo() {
        MultiLayerNetwork frozen =
                new TransferLearning.Builder(network(1)).setFeatureExtractor(3).build();
        INDArray x = TrainedStacks.images(FORMAT, 9);
        assertEquals(frozen.output(x), Decoders.remove(frozen).output(x));
        ComputationGraph graph =
                TrainedStacks.graph(FORMAT, TrainedStacks.layers(1, FORMAT, Groups.blocks(4, 2), 1e-8));
        ComputationGraph served = Decoders.remove(graph);
        assertEquals(graph.outputSingle(x), served.outputSingle(x));
        assertTrue(served.numParams() < graph.numParams());
    }

    @Test
    void reconstructionWithoutDecoderIsRefused() {
        UnsupervisedLayer layer =
                (UnsupervisedLayer) Decoders.remove(network(1)).getLayer(0);
        String message = assertThrows(IllegalStateException.class, () -> layer.energy(TrainedStacks.images(FORMAT, 1)))
                .getMessage();
        assertTrue(message.contains("was removed") && message.contains("first"), message);
    }
}
