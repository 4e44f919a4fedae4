package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Stacks of convolutional and dense stages with pooling, batch normalisation and preprocessors in between are pre-trained stage
 * by stage, in both kinds of networks alike, and then fine-tuned.
 */
@ExtendWith(DoublePrecision.class)
class LayerwisePretrainerStackTest {
    private static List<DataSet> batches(CNN2DFormat format) {
        List<DataSet> batches = new ArrayList<>();
        for (long seed = 20; seed < 24; seed++) {
            batches.add(new DataSet(TrainedStacks.images(format, seed), Samples.oneHot(5, 3)));
        }
        return batches;
    }

    private static Layer[] layers(CNN2DFormat format) {
        return TrainedStacks.layers(2, format, Groups.blocks(4, 2), 1e-8);
    }

    private static double energy(MultiLayerNetwork net, int layer, INDArray x) {
        INDArray input =
                layer == 0 ? x : net.feedForwardToLayer(layer - 1, x, false).get(layer);
        var preprocessor = net.getLayerWiseConfigurations().getInputPreProcess(layer);
        if (preprocessor != null) {
            input = preprocessor.preProcess(
                    input, (int) input.size(0), org.deeplearning4j.nn.workspace.LayerWorkspaceMgr.noWorkspaces());
        }
        return ((UnsupervisedLayer) net.getLayer(layer)).energy(input).total();
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void everyStageDescends(CNN2DFormat format) {
        MultiLayerNetwork net = TrainedStacks.network(format, layers(format));
        List<DataSet> data = batches(format);
        Map<Integer, List<Double>> energies = new LinkedHashMap<>();
        LayerwisePretrainer.builder()
                .epochs(12)
                .listener(new PretrainListener() {
                    @Override
                    public void epochDone(PretrainProgress progress) {
                        energies.computeIfAbsent(progress.layerIndex(), index -> new ArrayList<>())
                                .add(progress.training().total());
                    }
                })
                .build()
                .fit(net, new ListDataSetIterator<>(data, 1));
        assertEquals(List.of(0, 3, 5), List.copyOf(energies.keySet()));
        energies.forEach((layer, course) -> {
            double first = course.get(0);
            double last = course.get(course.size() - 1);
            assertTrue(last < 0.97 * first, "layer " + layer + ": " + course);
            // what the listener heard is what the layer says of its own input now, or a little more
            double now = energy(net, layer, data.get(0).getFeatures());
            assertTrue(now < first, "layer " + layer + ": " + now + " after " + course);
        });
        double before = net.score(data.get(0));
        for (int i = 0; i < 20; i++) {
            net.fit(data.get(0));
        }
        assertTrue(net.score(data.get(0)) < before);
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void graphsAreTrainedAlike(CNN2DFormat format) {
        MultiLayerNetwork net = TrainedStacks.network(format, layers(format));
        ComputationGraph graph = TrainedStacks.graph(format, layers(format));
        graph.setParams(net.params());
        LayerwisePretrainer trainer = LayerwisePretrainer.builder().epochs(2).build();
        trainer.fit(net, new ListDataSetIterator<>(batches(format), 1));
        trainer.fit(graph, new ListDataSetIterator<>(batches(format), 1));
        assertEquals(0, Samples.distance(net.params(), graph.params()), 1e-12);
    }
}
