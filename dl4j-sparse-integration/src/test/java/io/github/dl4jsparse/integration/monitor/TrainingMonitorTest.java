package io.github.dl4jsparse.integration.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.diagnostics.TrainingMonitor;
import io.github.dl4jsparse.diagnostics.TrainingPoint;
import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Watching the training of the networks of {@link EveryLayer} leaves no trace in it. */
class TrainingMonitorTest {
    private static final int UPDATES = 6;

    @ParameterizedTest
    @EnumSource
    void leavesFittingOfNetworksTheSameToTheLastBit(EveryLayer layer) {
        leavesFittingTheSame(layer, new AnyNetwork.Stack(layer.network()), new AnyNetwork.Stack(layer.network()));
    }

    @ParameterizedTest
    @EnumSource
    void leavesFittingOfGraphsTheSameToTheLastBit(EveryLayer layer) {
        leavesFittingTheSame(layer, new AnyNetwork.Graph(layer.graph()), new AnyNetwork.Graph(layer.graph()));
    }

    private static void leavesFittingTheSame(EveryLayer layer, AnyNetwork alone, AnyNetwork watched) {
        TrainingMonitor monitor = monitor(layer);
        fit(layer, alone);
        fit(layer, watched, monitor);
        assertSame(layer, alone, watched);
        assertMeasured(layer, watched, monitor);
    }

    private static TrainingMonitor monitor(EveryLayer layer) {
        return TrainingMonitor.builder(layer.inputs(7, 99)).everyUpdates(1).build();
    }

    private static void fit(EveryLayer layer, AnyNetwork net, TrainingListener... listeners) {
        net.model().setListeners(listeners);
        for (int i = 0; i < UPDATES; i++) {
            net.fit(layer.data(9, i));
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesPretrainingTheSameToTheLastBit(EveryLayer layer) {
        Assumptions.assumeTrue(layer.isUnsupervised(), "nothing to pre-train");
        MultiLayerNetwork alone = layer.network();
        MultiLayerNetwork watched = layer.network();
        TrainingMonitor monitor = monitor(layer);
        LayerwisePretrainer.builder().epochs(2).build().fit(alone, data(layer));
        LayerwisePretrainer.builder()
                .epochs(2)
                .listener(monitor.pretraining(watched))
                .build()
                .fit(watched, data(layer));
        assertSame(layer, new AnyNetwork.Stack(alone), new AnyNetwork.Stack(watched));
        assertMeasured(layer, new AnyNetwork.Stack(watched), monitor);
    }

    private static DataSetIterator data(EveryLayer layer) {
        List<DataSet> examples = Stream.of(0, 1, 2)
                .flatMap(seed -> layer.data(9, seed).asList().stream())
                .toList();
        return new ListDataSetIterator<>(examples, 9);
    }

    private static List<UnsupervisedLayer> measurable(AnyNetwork net) {
        Layer[] layers = net.model() instanceof MultiLayerNetwork network
                ? network.getLayers()
                : ((ComputationGraph) net.model()).getLayers();
        return Stream.of(layers)
                .filter(UnsupervisedLayer.class::isInstance)
                .map(UnsupervisedLayer.class::cast)
                .toList();
    }

    private static void assertSame(EveryLayer layer, AnyNetwork alone, AnyNetwork watched) {
        assertEquals(alone.params(), watched.params());
        assertEquals(alone.updaterState(), watched.updaterState());
        assertEquals(alone.model().score(), watched.model().score());
        INDArray inputs = layer.inputs(5, 3);
        assertEquals(alone.output(inputs), watched.output(inputs));
        assertEquals(
                measurable(alone).stream().map(UnsupervisedLayer::lastEnergy).toList(),
                measurable(watched).stream().map(UnsupervisedLayer::lastEnergy).toList());
    }

    private static void assertMeasured(EveryLayer layer, AnyNetwork net, TrainingMonitor monitor) {
        int layers = measurable(net).size();
        assertEquals(layers, monitor.history().layers().size());
        assertEquals(layers * UPDATES, monitor.history().points().size());
        if (layer.isUnsupervised()) {
            assertTrue(layers > 0);
            TrainingPoint first = monitor.history().points().get(0);
            LossTerms energy = first.measurement().energy();
            assertTrue(energy.total() > 0 && Double.isFinite(energy.total()), first.toString());
            assertFalse(Double.isNaN(first.measurement().explainedVariance()));
        }
    }
}
