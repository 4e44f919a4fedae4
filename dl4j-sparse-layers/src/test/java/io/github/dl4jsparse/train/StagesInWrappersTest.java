package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.internal.dl4j.LayerWrappers;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearningHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Layers in DL4J's wrappers are trained and measured, frozen ones are not trained. */
@ExtendWith(DoublePrecision.class)
class StagesInWrappersTest {
    @ParameterizedTest
    @EnumSource
    void aLayerIsFoundWithTheInputThatItsWrapperGivesIt(WrappedNetworks kind) {
        for (AnyNetwork net : kind.networks(WrappedNetworks.encoder(2))) {
            assertEquals(kind.isFrozen() ? 0 : 1, Net.of(net.model()).stages().size(), "stages to train");
            Stage stage = Net.of(net.model()).stagesWithFrozen().get(0);
            assertEquals("code", stage.name());
            UnsupervisedLayer layer = stage.dictionary();
            INDArray x = kind.inputs(4);
            INDArray code = net.model() instanceof ComputationGraph graph
                    ? graph.feedForward(x, false).get("code")
                    : ((MultiLayerNetwork) net.model()).feedForward(x, false).get(1);
            INDArray inner = stage.inputOf(x);
            assertEquals(0, Samples.distance(kind.rows(x), inner), 0);
            assertEquals(0, Samples.distance(kind.rows(code), layer.encode(inner)), 1e-12);
        }
    }

    @ParameterizedTest
    @EnumSource
    void layersAreTrainedAsWithoutTheirWrapperUnlessFrozen(WrappedNetworks kind) {
        LayerwisePretrainer pretrainer = LayerwisePretrainer.builder().epochs(5).build();
        MultiLayerNetwork bare = WrappedNetworks.BARE.stack(WrappedNetworks.encoder(2));
        pretrainer.fit(bare, WrappedNetworks.BARE.data(4));
        for (AnyNetwork net : kind.networks(WrappedNetworks.encoder(2))) {
            INDArray before = net.params().dup();
            // a forward pass leaves DL4J's masks behind
            net.output(kind.inputs(2));
            Executable fit = () -> {
                if (net.model() instanceof ComputationGraph graph) {
                    pretrainer.fit(graph, kind.data(4));
                } else {
                    pretrainer.fit((MultiLayerNetwork) net.model(), kind.data(4));
                }
            };
            if (kind.isFrozen()) {
                assertThrows(IllegalArgumentException.class, fit);
                assertEquals(before, net.params());
            } else {
                assertDoesNotThrow(fit);
                assertNotEquals(before, net.params());
                assertEquals(0, Samples.distance(bare.params(), net.params()), 1e-10);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTrainsOneLayerRefusesAFrozenOneByName(WrappedNetworks kind) {
        MultiLayerNetwork net = kind.stack(WrappedNetworks.encoder(2));
        ComputationGraph graph = kind.graph(WrappedNetworks.encoder(2));
        if (!kind.isFrozen()) {
            UnsupervisedStage stage = UnsupervisedStage.of(net, 0);
            MultiLayerNetwork alone = stage.network();
            alone.fit(stage.inputs(kind.data(4)), 3);
            stage.copyBack(alone);
            assertEquals(alone.getLayer(0).paramTable(), net.getLayer(0).paramTable());
            return;
        }
        if (!kind.isVertex()) {
            assertFrozen(() -> UnsupervisedStage.of(net, 0));
            assertFrozen(() -> UnitRevival.revive(net, 0, new int[] {1}, kind.data(4), 1));
            assertFrozen(() -> DataDictionary.start(net.getLayer(0), WrappedNetworks.BARE.inputs(4), 1, 1));
        }
        assertFrozen(() -> UnsupervisedStage.of(graph, "code"));
        assertFrozen(() -> UnitRevival.revive(graph, "code", new int[] {1}, kind.multiData(4), 1));
    }

    private static void assertFrozen(Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains("one that is trained") && message.contains("frozen"), message);
    }

    @ParameterizedTest
    @EnumSource
    void unitsInWrappersAreRevived(WrappedNetworks kind) {
        for (AnyNetwork net : kind.networks(WrappedNetworks.encoder(2))) {
            if (kind.isFrozen()) {
                continue;
            }
            net.fit(new DataSet(kind.inputs(4), labels(kind)));
            INDArray before = net.params().dup();
            INDArray state = net.updaterState().dup();
            if (net.model() instanceof ComputationGraph graph) {
                UnitRevival.revive(graph, "code", new int[] {2}, kind.multiData(4), 1);
            } else {
                UnitRevival.revive((MultiLayerNetwork) net.model(), 0, new int[] {2}, kind.data(4), 1);
            }
            assertNotEquals(before, net.params());
            assertNotEquals(state, net.updaterState(), "the state of the revived unit starts anew");
        }
    }

    private static INDArray labels(WrappedNetworks kind) {
        INDArray rows = Samples.oneHot(12, 2);
        return kind == WrappedNetworks.BARE ? rows : rows.reshape('c', 4, 3, 2).permute(0, 2, 1);
    }

    @ParameterizedTest
    @EnumSource
    void layersAreMeasuredAsWithoutTheirWrapper(WrappedNetworks kind) {
        MultiLayerNetwork bare = WrappedNetworks.BARE.stack(WrappedNetworks.encoder(2));
        UnitUsage expected = UnitUsage.of(bare, 0, WrappedNetworks.BARE.data(4), 0);
        for (AnyNetwork net : kind.networks(WrappedNetworks.encoder(2))) {
            UnitUsage usage;
            double energy;
            if (net.model() instanceof ComputationGraph graph) {
                usage = UnitUsage.of(graph, "code", kind.multiData(4), 0);
                energy = HeldOutEnergyScore.<ComputationGraph>ofLayer("code", kind.multiData(4))
                        .calculateScore(graph);
            } else {
                MultiLayerNetwork stack = (MultiLayerNetwork) net.model();
                usage = UnitUsage.of(stack, 0, kind.data(4), 0);
                energy = HeldOutEnergyScore.<MultiLayerNetwork>ofLayer("code", kind.data(4))
                        .calculateScore(stack);
                UnitUsage alone = UnitUsage.of(stack.getLayer(0), WrappedNetworks.BARE.inputs(4), 0);
                assertEquals(expected.frequency(1), alone.frequency(1));
            }
            for (int unit = 0; unit < WrappedNetworks.UNITS; unit++) {
                assertEquals(expected.frequency(unit), usage.frequency(unit));
                assertEquals(expected.energyShare(unit), usage.energyShare(unit), 1e-12);
            }
            UnsupervisedLayer layer = (UnsupervisedLayer) bare.getLayer(0);
            assertEquals(layer.energy(WrappedNetworks.BARE.inputs(4)).total(), energy, 1e-12);
        }
    }

    @Test
    void layersThatDl4jFreezesWithoutTheirConfigurationAreFrozenToo() {
        MultiLayerNetwork net = WrappedNetworks.BARE.stack(WrappedNetworks.encoder(1));
        new TransferLearningHelper(net, 0);
        assertTrue(LayerWrappers.isFrozen(net.getLayer(0)));
        assertFrozen(() -> UnsupervisedStage.of(net, 0));
        assertEquals(1, Net.of(net).stagesWithFrozen().size());
    }
}
