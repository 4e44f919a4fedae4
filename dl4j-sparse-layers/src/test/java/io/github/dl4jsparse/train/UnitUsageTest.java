package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;

class UnitUsageTest {
    private static final int EXAMPLES = 50;
    private static final double THRESHOLD = 0.05;
    private static final DataSet DATA = PrunedNetworks.data(1, EXAMPLES);

    private static DataSetIterator heldOut() {
        // the last batch is smaller
        return new ListDataSetIterator<>(DATA.asList(), 12);
    }

    /** The code layer is the second, so that its input is not that of the network. */
    private static AnyNetwork net(boolean graph) {
        AnyNetwork net = PrunedNetworks.chain(
                graph,
                new Sgd(0.1),
                new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build(),
                new ListaLayer.Builder()
                        .nOut(6)
                        .iterations(3)
                        .gain(true)
                        .penalty(new L1Penalty(0.2))
                        .decoderNorm(3)
                        .build(),
                new OutputLayer.Builder()
                        .nOut(PrunedNetworks.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build());
        PrunedNetworks.layer(net, 1).getParam("b").getColumn(4).assign(1e6);
        PrunedNetworks.layer(net, 1).getParam("D").getColumn(1).muli(2.5);
        return net;
    }

    private static UnitUsage usage(AnyNetwork net) {
        return net.model() instanceof MultiLayerNetwork stack
                ? UnitUsage.of(stack, 1, heldOut(), THRESHOLD)
                : UnitUsage.of(
                        (ComputationGraph) net.model(),
                        "layer1",
                        new MultiDataSetIteratorAdapter(heldOut()),
                        THRESHOLD);
    }

    private static INDArray inputs(AnyNetwork net) {
        INDArray weights = PrunedNetworks.layer(net, 0).getParam("W");
        return Transforms.tanh(DATA.getFeatures().mmul(weights));
    }

    private static double share(IntPredicate active) {
        return (double) IntStream.range(0, EXAMPLES).filter(active).count() / EXAMPLES;
    }

    @Test
    void countsAreThoseOfTheCodes() {
        for (boolean graph : new boolean[] {false, true}) {
            AnyNetwork net = net(graph);
            UnitUsage usage = usage(net);
            INDArray x = inputs(net);
            INDArray z = ((UnsupervisedLayer) PrunedNetworks.layer(net, 1)).encode(x);
            assertEquals(6, usage.units());
            assertEquals(EXAMPLES, usage.examples());
            int varied = 0;
            for (int unit = 0; unit < 6; unit++) {
                int u = unit;
                double expected = share(i -> Math.abs(z.getDouble(i, u)) > THRESHOLD);
                varied += expected > 0.05 && expected < 0.95 ? 1 : 0;
                assertEquals(expected, usage.frequency(unit), 1e-12);
                assertEquals(expected, usage.positionFrequency(unit), 1e-12);
            }
            assertTrue(varied >= 3, "only " + varied + " units tell anything");
            assertArrayEquals(new int[] {4}, usage.deadUnits());
            IntPredicate either = i -> z.getDouble(i, 0) > THRESHOLD || z.getDouble(i, 3) > THRESHOLD;
            assertEquals(share(either), usage.frequencyOfAny(new int[] {0, 3}), 1e-12);
            IntPredicate given = i -> z.getDouble(i, 2) > THRESHOLD;
            assertEquals(
                    share(either.and(given)) / share(given), usage.conditionalFrequency(new int[] {0, 3}, 2), 1e-12);
            assertEquals(0, usage.conditionalFrequency(new int[] {0, 3}, 4));
            assertEquals(0, usage.conditionalFrequency(new int[] {4}, 2));
        }
    }

    @Test
    void energyShareIsThatOfTheReconstructions() {
        AnyNetwork net = net(false);
        UnitUsage usage = usage(net);
        INDArray x = inputs(net);
        INDArray z = ((UnsupervisedLayer) PrunedNetworks.layer(net, 1)).encode(x);
        INDArray d = PrunedNetworks.layer(net, 1).getParam("D");
        for (int unit = 0; unit < 6; unit++) {
            INDArray part = z.getColumn(unit)
                    .reshape(EXAMPLES, 1)
                    .mmul(d.getColumn(unit).reshape(1, 4));
            double expected = part.mul(part).sumNumber().doubleValue()
                    / x.mul(x).sumNumber().doubleValue();
            assertEquals(expected, usage.energyShare(unit), 1e-6 * Math.max(1, expected));
        }
        assertTrue(usage.energyShare(1) > 0.01);
        assertEquals(0, usage.energyShare(4));
    }

    @Test
    void oneLayerAloneIsMeasuredTheSame() {
        AnyNetwork net = net(false);
        UnitUsage inNetwork = usage(net);
        UnitUsage alone = UnitUsage.of((UnsupervisedLayer) PrunedNetworks.layer(net, 1), inputs(net), THRESHOLD);
        for (int unit = 0; unit < 6; unit++) {
            assertEquals(inNetwork.frequency(unit), alone.frequency(unit));
            assertEquals(inNetwork.energyShare(unit), alone.energyShare(unit), 1e-9);
        }
    }

    @Test
    void higherThresholdCountsLess() {
        MultiLayerNetwork net = (MultiLayerNetwork) net(false).model();
        UnitUsage low = UnitUsage.of(net, 1, heldOut(), 0);
        UnitUsage high = UnitUsage.of(net, 1, heldOut(), 0.5);
        double gained = 0;
        for (int unit = 0; unit < 6; unit++) {
            assertTrue(low.frequency(unit) >= high.frequency(unit));
            gained += low.frequency(unit) - high.frequency(unit);
        }
        assertTrue(gained > 0.1);
    }

    @Test
    void badArgumentsAreNamed() {
        MultiLayerNetwork net = (MultiLayerNetwork) net(false).model();
        assertEquals("threshold must be finite and >= 0, got -1.0", refused(() -> UnitUsage.of(net, 1, heldOut(), -1)));
        assertEquals(
                "layer must be one that can be pre-trained, got 0", refused(() -> UnitUsage.of(net, 0, heldOut(), 0)));
        ComputationGraph graph = (ComputationGraph) net(true).model();
        assertEquals(
                "layer must be one that can be pre-trained, got \"code\"",
                refused(() -> UnitUsage.of(graph, "code", new MultiDataSetIteratorAdapter(heldOut()), 0)));
        assertEquals(
                "layer must be one that can be pre-trained, got 1, which has no decoder; take the network before"
                        + " Decoders.remove",
                refused(() -> UnitUsage.of(Decoders.remove(net), 1, heldOut(), 0)));
    }

    private static String refused(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
