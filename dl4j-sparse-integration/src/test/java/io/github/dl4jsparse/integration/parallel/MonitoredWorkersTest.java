package io.github.dl4jsparse.integration.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.diagnostics.LayerMeasurement;
import io.github.dl4jsparse.diagnostics.TrainingMonitor;
import io.github.dl4jsparse.diagnostics.TrainingPoint;
import io.github.dl4jsparse.diagnostics.TrainingReport;
import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.deeplearning4j.parallelism.ParallelWrapper.TrainingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** A {@link TrainingMonitor} sees the training of DL4J's {@code ParallelWrapper}, in both of its modes. */
class MonitoredWorkersTest {
    private static final int BATCHES = 4;
    private static final int EPOCHS = 3;
    /** Every round gives each of the two workers a batch. */
    private static final int ROUNDS = BATCHES / 2 * EPOCHS;

    static Stream<Arguments> everyLayerAndMode() {
        return Arrays.stream(EveryLayer.values())
                .flatMap(layer -> Stream.of(TrainingMode.AVERAGING, TrainingMode.SHARED_GRADIENTS)
                        .map(mode -> Arguments.of(layer, mode)));
    }

    private static List<DataSet> batches(EveryLayer layer) {
        return IntStream.range(0, BATCHES).mapToObj(i -> layer.data(9, i)).toList();
    }

    private static TrainingMonitor.Builder monitor(EveryLayer layer) {
        return TrainingMonitor.builder(layer.inputs(7, 99)).everyUpdates(1);
    }

    @ParameterizedTest
    @MethodSource("everyLayerAndMode")
    void everyRoundIsMeasuredOnce(EveryLayer layer, TrainingMode mode) {
        for (AnyNetwork net : layer.both(EveryLayer.settings())) {
            TrainingMonitor monitor = monitor(layer).onlyFor(net.model()).build();
            net.model().setListeners(monitor);
            Workers.fit(net.model(), mode, batches(layer), EPOCHS);
            List<UnsupervisedLayer> measurable = Arrays.stream(net.layers())
                    .filter(UnsupervisedLayer.class::isInstance)
                    .map(UnsupervisedLayer.class::cast)
                    .toList();
            assertEquals(measurable.size(), monitor.history().layers().size());
            assertEquals(layer.isUnsupervised(), !measurable.isEmpty());
            for (String name : monitor.history().layers()) {
                List<TrainingPoint> points = monitor.history().points(name);
                assertEquals(
                        LongStream.rangeClosed(1, ROUNDS).boxed().toList(),
                        points.stream().map(TrainingPoint::updates).toList());
                assertTrue(points.stream()
                        .mapToDouble(point -> point.measurement().energy().total())
                        .allMatch(energy -> energy > 0 && Double.isFinite(energy)));
                assertTrue(
                        points.stream()
                                        .map(TrainingPoint::measurement)
                                        .distinct()
                                        .count()
                                > 1,
                        "the measurements change as the network does");
            }
        }
    }

    /** What is measured is the wrapper's own network: after the last round its parameters are those that were measured. */
    @Test
    void theNetworkOfTheWrapperIsMeasuredAndReported(@TempDir Path directory) throws IOException {
        EveryLayer layer = EveryLayer.LISTA;
        AnyNetwork net = new AnyNetwork.Stack(layer.network());
        TrainingMonitor monitor = monitor(layer).onlyFor(net.model()).build();
        net.model().setListeners(monitor);
        Workers.fit(net.model(), TrainingMode.SHARED_GRADIENTS, batches(layer), EPOCHS);
        INDArray probe = layer.inputs(7, 99);
        LayerMeasurement now = LayerMeasurement.withoutExcess((UnsupervisedLayer) net.layers()[0], probe);
        TrainingPoint last = monitor.history().last("layer0").orElseThrow();
        assertEquals(
                now.energy().total(),
                last.measurement().energy().total(),
                1e-2 * now.energy().total());
        Path report = directory.resolve("report.html");
        new TrainingReport("Workers", monitor.history()).write(report);
        assertTrue(Files.size(report) > 0);
    }

    @ParameterizedTest
    @MethodSource("everyLayerAndMode")
    void aMonitorThatFollowsNoNetworkRefusesTwoWorkers(EveryLayer layer, TrainingMode mode) {
        AnyNetwork net = new AnyNetwork.Stack(layer.network());
        net.model().setListeners(monitor(layer).build());
        Throwable refusal =
                assertThrows(RuntimeException.class, () -> Workers.fit(net.model(), mode, batches(layer), EPOCHS));
        while (refusal.getCause() != null) {
            refusal = refusal.getCause();
        }
        assertEquals(IllegalStateException.class, refusal.getClass());
        assertTrue(refusal.getMessage().contains("onlyFor(net)"), refusal.getMessage());
    }
}
