package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.train.WrappedNetworks;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers in DL4J's wrappers are measured, with the same figures as without a wrapper. */
@ExtendWith(DoublePrecision.class)
class WrappedLayersMeasuredTest {
    private final INDArray rows = WrappedNetworks.BARE.inputs(4);
    private final LayerMeasurement expected = LayerMeasurement.of(
            WrappedNetworks.BARE.stack(WrappedNetworks.encoder(2)).getLayer(0), rows);

    @ParameterizedTest
    @EnumSource
    void aLayerAloneIsMeasured(WrappedNetworks kind) {
        for (AnyNetwork net : kind.networks(WrappedNetworks.encoder(2))) {
            Layer layer = net.layers()[0];
            assertEquals(expected, LayerMeasurement.of(layer, rows));
            LayerMeasurement fast = LayerMeasurement.withoutExcess(layer, rows);
            assertEquals(expected.energy(), fast.energy());
            Layer head = net.layers()[1];
            String message = assertThrows(IllegalArgumentException.class, () -> LayerMeasurement.of(head, rows))
                    .getMessage();
            assertTrue(message.contains("one with a dictionary"), message);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theMonitorMeasuresWhatIsTrained(WrappedNetworks kind) {
        for (AnyNetwork net : kind.networks(WrappedNetworks.encoder(2))) {
            TrainingMonitor monitor = TrainingMonitor.builder(kind.inputs(4)).build();
            monitor.measureNow(net.model());
            List<TrainingPoint> points = monitor.history().points("code");
            assertEquals(kind.isFrozen() ? 0 : 1, points.size());
            for (TrainingPoint point : points) {
                assertEquals(
                        expected.energy().total(), point.measurement().energy().total(), 1e-12);
                assertEquals(expected.meanActiveUnits(), point.measurement().meanActiveUnits(), 1e-12);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void strongestExamplesAreFound(WrappedNetworks kind) {
        MultiLayerNetwork bare = WrappedNetworks.BARE.stack(WrappedNetworks.encoder(2));
        StrongestExamples wanted = StrongestExamples.of(bare, 0, WrappedNetworks.BARE.data(4), 3);
        for (AnyNetwork net : kind.networks(WrappedNetworks.encoder(2))) {
            StrongestExamples found = net.model() instanceof ComputationGraph graph
                    ? StrongestExamples.of(graph, "code", kind.multiData(4), 3)
                    : StrongestExamples.of((MultiLayerNetwork) net.model(), 0, kind.data(4), 3);
            for (int unit = 0; unit < WrappedNetworks.UNITS; unit++) {
                assertEquals(wanted.ofUnit(unit), found.ofUnit(unit));
            }
        }
    }
}
