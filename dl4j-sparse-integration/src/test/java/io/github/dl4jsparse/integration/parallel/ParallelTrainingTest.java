package io.github.dl4jsparse.integration.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.integration.EveryUnsupervisedLayer;
import io.github.dl4jsparse.nn.spi.SparseLayerBuilder;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.UnsupervisedStage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper.TrainingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;

/** DL4J's {@code ParallelWrapper} trains every layer, with labels and, by stages, without, in both of its modes. */
class ParallelTrainingTest {
    private static final int EPOCHS = 5;
    private static final int BATCH = 9;
    /** Share of the descent by which training on two threads may end above or below that on one. */
    private static final double NEAR = 0.2;

    private static List<DataSet> batches(EveryLayer layer) {
        return IntStream.range(0, 4).mapToObj(i -> layer.data(BATCH, i)).toList();
    }

    /** What two workers see in one round, as one batch. */
    private static List<DataSet> pairs(List<DataSet> batches) {
        List<DataSet> pairs = new ArrayList<>();
        for (int i = 0; i < batches.size(); i += 2) {
            pairs.add(DataSet.merge(batches.subList(i, i + 2)));
        }
        return pairs;
    }

    /** Trains with two workers; returns the scores of held-out data before and after. */
    private static double[] trained(AnyNetwork net, TrainingMode mode, List<DataSet> batches, DataSet heldOut) {
        Bits start = Bits.of(net.params());
        double before = net.score(heldOut, false);
        Workers.fit(net.model(), mode, batches, EPOCHS);
        double after = net.score(heldOut, false);
        assertNotEquals(start, Bits.of(net.params()));
        assertTrue(Double.isFinite(net.params().sumNumber().doubleValue()), "parameters must be finite");
        assertTrue(after < before, () -> "score " + before + " before, " + after + " after");
        return new double[] {before, after};
    }

    /** Averaging after every round is nearly training on the batches of all workers at once. */
    private static void nearOneThread(AnyNetwork net, AnyNetwork oneThread, List<DataSet> batches, DataSet heldOut) {
        double[] scores = trained(net, TrainingMode.AVERAGING, batches, heldOut);
        for (int i = 0; i < EPOCHS; i++) {
            pairs(batches).forEach(oneThread::fit);
        }
        double single = oneThread.score(heldOut, false);
        assertEquals(single, scores[1], NEAR * (scores[0] - single), () -> "before " + scores[0]);
    }

    private static List<DataSet> all(DataSetIterator iterator) {
        List<DataSet> all = new ArrayList<>();
        iterator.forEachRemaining(all::add);
        return all;
    }

    /** Stage by stage, each on the trained ones below. */
    private static void trainsStages(EveryLayer layer, TrainingMode mode) {
        MultiLayerNetwork net = layer.network();
        for (Layer each : net.getLayers()) {
            if (!each.isPretrainLayer()) {
                continue;
            }
            UnsupervisedStage stage = UnsupervisedStage.of(net, each.getIndex());
            List<DataSet> inputs = all(stage.inputs(new ListDataSetIterator<>(batches(layer), 1)));
            DataSet heldOut = stage.input(layer.inputs(BATCH, 99));
            AnyNetwork alone = new AnyNetwork.Stack(stage.network());
            if (mode == TrainingMode.AVERAGING) {
                nearOneThread(alone, new AnyNetwork.Stack(stage.network()), inputs, heldOut);
            } else {
                trained(alone, mode, inputs, heldOut);
            }
            stage.copyBack((MultiLayerNetwork) alone.model());
            alone.model()
                    .paramTable()
                    .forEach((name, array) -> assertEquals(
                            Bits.of(array), Bits.of(each.getParam(name.substring(name.indexOf('_') + 1))), name));
        }
    }

    @ParameterizedTest
    @EnumSource
    void averagesNetworksNearToOneThread(EveryLayer layer) {
        nearOneThread(
                new AnyNetwork.Stack(layer.network()),
                new AnyNetwork.Stack(layer.network()),
                batches(layer),
                layer.data(BATCH, 99));
    }

    @ParameterizedTest
    @EnumSource
    void averagesGraphsNearToOneThread(EveryLayer layer) {
        nearOneThread(
                new AnyNetwork.Graph(layer.graph()),
                new AnyNetwork.Graph(layer.graph()),
                batches(layer),
                layer.data(BATCH, 99));
    }

    @ParameterizedTest
    @EveryUnsupervisedLayer
    void averagesStagesWithoutLabelsNearToOneThread(EveryLayer layer) {
        trainsStages(layer, TrainingMode.AVERAGING);
    }

    @ParameterizedTest
    @EnumSource
    void sharesGradientsOfNetworks(EveryLayer layer) {
        trained(
                new AnyNetwork.Stack(layer.network()),
                TrainingMode.SHARED_GRADIENTS,
                batches(layer),
                layer.data(BATCH, 99));
    }

    @ParameterizedTest
    @EveryUnsupervisedLayer
    void sharesGradientsOfStagesWithoutLabels(EveryLayer layer) {
        trainsStages(layer, TrainingMode.SHARED_GRADIENTS);
    }

    /**
     * With plain gradient descent the mean of two workers' steps is one step on both batches. Bounds of atoms are left out: each
     * worker keeps to them by itself. The limits of a learned inhibition matrix are linear here, where no entry meets its bound.
     */
    @ParameterizedTest
    @EnumSource
    void averagesOneRoundToTheStepOfOneThread(EveryLayer layer) {
        MultiLayerNetwork net = layer.network(
                EveryLayer.settings().updater(new Sgd(0.01)), layer.layers(ParallelTrainingTest::withoutBounds));
        // a copy can be told from a network that was only initialised with the same seed
        net.fit(layer.data(BATCH, 77));
        MultiLayerNetwork oneThread = net.clone();
        List<DataSet> round = batches(layer).subList(0, 2);
        Workers.fit(net, TrainingMode.AVERAGING, round, 1);
        oneThread.fit(pairs(round).get(0));
        assertEquals(0, Samples.distance(net.params(), oneThread.params()), 1e-12);
    }

    private static void withoutBounds(org.deeplearning4j.nn.conf.layers.Layer.Builder<?> builder) {
        if (builder instanceof SparseLayerBuilder<?> layer) {
            layer.decoderNorm(Double.POSITIVE_INFINITY);
        }
    }

    /** What DL4J's own layer does with the modes: the measure for all others. */
    @Test
    void trainsADenseLayerOfDl4jInBothModes() {
        for (TrainingMode mode : List.of(TrainingMode.AVERAGING, TrainingMode.SHARED_GRADIENTS)) {
            MultiLayerNetwork net = new MultiLayerNetwork(EveryLayer.settings()
                    .list()
                    .layer(new DenseLayer.Builder().nOut(12).build())
                    .layer(EveryLayer.classifier())
                    .setInputType(InputType.feedForward(10))
                    .build());
            net.init();
            trained(new AnyNetwork.Stack(net), mode, batches(EveryLayer.LISTA), EveryLayer.LISTA.data(BATCH, 99));
        }
    }
}
