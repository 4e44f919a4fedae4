package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Two stages with local contrast between them, from pre-training to the served network. */
@ExtendWith(DoublePrecision.class)
class LocalContrastStackTest {
    private static Layer[] layers(CNN2DFormat format) {
        return new Layer[] {
            TrainedStacks.stage(1, format).build(),
            new GroupL2PoolingLayer.Builder(Groups.blocks(4, 2)).window(2, 2).build(),
            new LocalContrastLayer.Builder().window(3).deviation(1).build(),
            TrainedStacks.stage(1, format).name("upper").build(),
            new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build()
        };
    }

    private static double upperEnergy(MultiLayerNetwork net, INDArray x) {
        INDArray normalised = net.feedForwardToLayer(2, x, false).get(3);
        return ((UnsupervisedLayer) net.getLayer(3)).energy(normalised).total();
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void preTrainsFitsAndIsServed(CNN2DFormat format) {
        MultiLayerNetwork net = TrainedStacks.network(format, layers(format));
        INDArray x = TrainedStacks.images(format, 9);
        DataSet data = new DataSet(x, Samples.oneHot(5, 3));
        INDArray upperBefore = net.getLayer(3).params().dup();
        LayerwisePretrainer.builder().epochs(30).build().fit(net, new ListDataSetIterator<>(data.asList(), 5));
        double after = upperEnergy(net, x);
        INDArray upperAfter = net.getLayer(3).params().dup();
        // the same lower stage, the upper one as it was
        net.getLayer(3).setParams(upperBefore);
        double before = upperEnergy(net, x);
        net.getLayer(3).setParams(upperAfter);
        assertTrue(after < 0.9 * before, after + " after " + before);

        double score = net.score(data);
        for (int i = 0; i < 30; i++) {
            net.fit(data);
        }
        assertTrue(net.score(data) < 0.9 * score, net.score(data) + " after " + score);
        MultiLayerNetwork served = Decoders.remove(net);
        assertEquals(net.output(x), served.output(x));
        assertTrue(served.numParams() < net.numParams());
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void graphsToo(CNN2DFormat format) {
        ComputationGraph graph = TrainedStacks.graph(format, layers(format));
        INDArray x = TrainedStacks.images(format, 9);
        LayerwisePretrainer.builder()
                .epochs(2)
                .build()
                .fit(graph, new ListDataSetIterator<>(new DataSet(x, Samples.oneHot(5, 3)).asList(), 5));
        ComputationGraph served = Decoders.remove(graph);
        assertEquals(graph.outputSingle(x), served.outputSingle(x));
    }
}
