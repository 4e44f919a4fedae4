package io.github.dl4jsparse.integration.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.nn.lista.ListaBuilder;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The training options of a network's configuration reach every layer. */
class TrainingOptionsTest {
    private static MultiLayerNetwork scheduled(EveryLayer layer, ScheduleType type, int end) {
        return layer.network(EveryLayer.settings().updater(new Sgd(new MapSchedule(type, Map.of(0, 0.05, end, 0.0)))));
    }

    private static void standsStillFrom(EveryLayer layer, MultiLayerNetwork net, int epochs) {
        DataSet data = layer.data(8, 1);
        INDArray start = net.params().dup();
        net.fit(new ListDataSetIterator<>(data.asList(), 4), epochs);
        assertTrue(Samples.distance(start, net.params()) > 1e-6, "before the end of the schedule");
        INDArray end = net.params().dup();
        net.fit(new ListDataSetIterator<>(data.asList(), 4), 2);
        assertEquals(0, Samples.distance(end, net.params()), 1e-12);
    }

    @ParameterizedTest
    @EnumSource
    void aScheduleOverIterationsIsFollowed(EveryLayer layer) {
        standsStillFrom(layer, scheduled(layer, ScheduleType.ITERATION, 2), 1);
    }

    @ParameterizedTest
    @EnumSource
    void aScheduleOverEpochsIsFollowed(EveryLayer layer) {
        standsStillFrom(layer, scheduled(layer, ScheduleType.EPOCH, 2), 2);
    }

    /** The schedule of a momentum acts on parameters with learning-rate factors too. */
    @ParameterizedTest
    @EnumSource
    void aScheduleOfMomentumIsFollowed(EveryLayer layer) {
        assertEquals(0, Samples.distance(withMomentum(layer, 0.9, 0.9), withMomentum(layer, 0.9)), 1e-12);
        assertTrue(Samples.distance(withMomentum(layer, 0.9, 0), withMomentum(layer, 0.9)) > 1e-6);
    }

    /** The parameters after two updates with a constant momentum, or with a schedule of one for each. */
    private static INDArray withMomentum(EveryLayer layer, double... momentum) {
        Nesterovs updater = momentum.length == 1
                ? new Nesterovs(0.05, momentum[0])
                : new Nesterovs(
                        new FixedSchedule(0.05),
                        new MapSchedule(ScheduleType.ITERATION, Map.of(0, momentum[0], 1, momentum[1])));
        MultiLayerNetwork net = layer.network(EveryLayer.settings().updater(updater), layer.layers(builder -> {
            if (builder instanceof ListaBuilder<?> encoder) {
                encoder.learningRateFactor("E", 0.5);
            }
        }));
        for (int i = 0; i < 2; i++) {
            net.fit(layer.data(8, i));
        }
        return net.params().dup();
    }

    private static void descends(AnyNetwork net, EveryLayer layer) {
        DataSet data = layer.data(12, 1);
        double before = net.score(data, false);
        for (int i = 0; i < 40; i++) {
            net.fit(data);
        }
        double after = net.score(data, false);
        assertTrue(after < before, () -> after + " after " + before);
    }

    @ParameterizedTest
    @EnumSource
    void learnsWithDropout(EveryLayer layer) {
        descends(new AnyNetwork.Stack(layer.network(EveryLayer.settings().dropOut(0.9))), layer);
    }
}
