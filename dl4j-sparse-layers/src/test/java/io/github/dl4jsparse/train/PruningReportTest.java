package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.train.UnitPruner.PruningReport;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

class PruningReportTest {
    private static final DataSet HELD_OUT = PrunedNetworks.data(9, 30);

    private static PruningReport report(AnyNetwork before, AnyNetwork after) {
        DataSetIterator heldOut = new ListDataSetIterator<>(HELD_OUT.asList(), 8);
        return before.model() instanceof MultiLayerNetwork stack
                ? PruningReport.of(stack, (MultiLayerNetwork) after.model(), 0, heldOut)
                : PruningReport.of(
                        (ComputationGraph) before.model(),
                        (ComputationGraph) after.model(),
                        "layer0",
                        new MultiDataSetIteratorAdapter(heldOut));
    }

    @Test
    void sizesAndEnergiesAreThoseOfTheNetworks() {
        for (boolean graph : new boolean[] {false, true}) {
            AnyNetwork net = PrunedNetworks.chain(
                    graph,
                    new Adam(1e-2),
                    new ListaLayer.Builder()
                            .nOut(8)
                            .iterations(1)
                            .penalty(new L1Penalty(0.1))
                            .build(),
                    new OutputLayer.Builder()
                            .nOut(PrunedNetworks.CLASSES)
                            .activation(Activation.SOFTMAX)
                            .build());
            PruningReport untrained = report(net, PrunedNetworks.pruned(net, 0, 1, 5));
            assertEquals(0, untrained.before().updaterState());
            assertEquals(0, untrained.after().updaterState());
            net.fit(PrunedNetworks.data(1, 7));
            AnyNetwork smaller = PrunedNetworks.pruned(net, 0, 1, 5);
            PruningReport report = report(net, smaller);
            // E, b and D of each unit, then W and b of the output layer
            assertEquals(8, report.before().units());
            assertEquals(8 * (5 + 1 + 5) + 8 * 3 + 3, report.before().parameters());
            assertEquals(2 * report.before().parameters(), report.before().updaterState());
            assertEquals(3, report.after().units());
            assertEquals(3 * (5 + 1 + 5) + 3 * 3 + 3, report.after().parameters());
            assertEquals(2 * report.after().parameters(), report.after().updaterState());
            assertEquals(3.0 / 8, report.keptUnits());
            LossTerms before = energy(net);
            LossTerms after = energy(smaller);
            assertEquals(before.total(), report.before().energy().total(), 1e-10);
            assertEquals(after.penalty(), report.after().energy().penalty(), 1e-10);
            assertEquals(after.total() / before.total() - 1, report.lostEnergy(), 1e-10);
        }
    }

    private static LossTerms energy(AnyNetwork net) {
        return ((UnsupervisedLayer) PrunedNetworks.layer(net, 0)).energy(HELD_OUT.getFeatures());
    }
}
