package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.internal.dl4j.LayerWrappers;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Removal of decoders, conversion and pruning also work within DL4J's wrappers, which are kept around the replacement
 * of a layer.
 */
@ExtendWith(DoublePrecision.class)
class WrappedLayersTest {
    private static AnyNetwork withoutDecoders(AnyNetwork net) {
        return net.model() instanceof ComputationGraph graph
                ? new AnyNetwork.Graph(Decoders.remove(graph))
                : new AnyNetwork.Stack(Decoders.remove((MultiLayerNetwork) net.model()));
    }

    private static AnyNetwork pruned(AnyNetwork net, int[] kept) {
        return net.model() instanceof ComputationGraph graph
                ? new AnyNetwork.Graph(UnitPruner.prune(graph, "code", kept))
                : new AnyNetwork.Stack(UnitPruner.prune((MultiLayerNetwork) net.model(), 0, kept));
    }

    /** The wrappers of a layer, the outermost first. */
    private static List<Class<?>> wrappers(AnyNetwork net) {
        List<Class<?>> classes = new ArrayList<>();
        Layer layer;
        if (net.configuration() instanceof ComputationGraphConfiguration graph) {
            var vertex = graph.getVertices().get("code");
            classes.add(vertex.getClass());
            layer = LayerWrappers.layerVertex(vertex).getLayerConf().getLayer();
        } else {
            layer = ((MultiLayerConfiguration) net.configuration()).getConf(0).getLayer();
        }
        while (layer != LayerWrappers.inner(layer)) {
            classes.add(layer.getClass());
            layer = layer instanceof FrozenLayer frozen
                    ? frozen.getLayer()
                    : ((BaseWrapperLayer) layer).getUnderlying();
        }
        return classes;
    }

    private static DataSet data(WrappedNetworks kind) {
        INDArray labels = Samples.oneHot(12, 2);
        boolean rows = kind.inputs(4).rank() == 2;
        return new DataSet(
                kind.inputs(4), rows ? labels : labels.reshape('c', 4, 3, 2).permute(0, 2, 1));
    }

    /** The same outputs, the same wrappers, saved and read back like any network, and frozen if it was. */
    private static void assertWorksOn(WrappedNetworks kind, AnyNetwork before, AnyNetwork after) throws Exception {
        INDArray x = kind.inputs(4);
        assertEquals(0, Samples.distance(before.output(x), after.output(x)), 1e-10);
        AnyNetwork again = after.saved();
        assertEquals(0, Samples.distance(after.output(x), again.output(x)), 1e-12);
        Object[] params =
                Arrays.stream(again.layers()).map(l -> l.params().dup()).toArray();
        again.fit(data(kind));
        for (int i = 0; i < params.length - 1; i++) {
            assertEquals(kind.isFrozen(), params[i].equals(again.layers()[i].params()), "layer " + i);
        }
        assertFalse(params[params.length - 1].equals(again.layers()[params.length - 1].params()));
    }

    @ParameterizedTest
    @EnumSource
    void decodersAreRemovedInsideOfWrappers(WrappedNetworks kind) throws Exception {
        long expected = Decoders.remove(WrappedNetworks.BARE.stack(WrappedNetworks.encoder(2)))
                .numParams();
        for (AnyNetwork net : kind.networks(WrappedNetworks.encoder(2))) {
            AnyNetwork without = withoutDecoders(net);
            assertEquals(expected, without.params().length());
            assertEquals(wrappers(net), wrappers(without));
            assertWorksOn(kind, net, without);
        }
    }

    @ParameterizedTest
    @EnumSource
    void encodersOfOneStepAreConvertedInsideOfWrappers(WrappedNetworks kind) throws Exception {
        for (AnyNetwork net : kind.networks(WrappedNetworks.encoder(1))) {
            AnyNetwork standard = net.model() instanceof ComputationGraph graph
                    ? new AnyNetwork.Graph(StandardLayers.convert(graph))
                    : new AnyNetwork.Stack(StandardLayers.convert((MultiLayerNetwork) net.model()));
            assertEquals(wrappers(net), wrappers(standard));
            assertIsStandard(standard);
            assertWorksOn(kind, net, standard);
        }
    }

    @ParameterizedTest
    @EnumSource
    void encodersOfManyStepsAreConvertedInsideOfWrappers(WrappedNetworks kind) throws Exception {
        AnyNetwork net = new AnyNetwork.Graph(kind.graph(WrappedNetworks.encoder(3)));
        AnyNetwork standard = new AnyNetwork.Graph(StandardLayers.convert((ComputationGraph) net.model()));
        assertIsStandard(standard);
        INDArray x = kind.inputs(4);
        assertEquals(0, Samples.distance(net.output(x), standard.output(x)), 1e-10);
        INDArray before = standard.params().dup();
        INDArray head =
                ((ComputationGraph) standard.model()).getLayer("out").params().dup();
        standard.fit(data(kind));
        long changed = before.neq(standard.params())
                .castTo(before.dataType())
                .sumNumber()
                .longValue();
        assertEquals(kind.isFrozen(), changed <= head.length(), changed + " numbers of " + before.length());
        assertTrue(changed > 0, "the head is trained");
    }

    private static void assertIsStandard(AnyNetwork net) {
        String json = net.configuration() instanceof MultiLayerConfiguration stack
                ? stack.toJson()
                : ((ComputationGraphConfiguration) net.configuration()).toJson();
        assertFalse(json.contains("dl4jsparse"), json);
    }

    @ParameterizedTest
    @EnumSource
    void unitsAreCutInsideOfWrappers(WrappedNetworks kind) throws Exception {
        int[] kept = {0, 2, 3, 6};
        for (AnyNetwork net : kind.networks(WrappedNetworks.encoder(1))) {
            net.fit(data(kind));
            AnyNetwork smaller = pruned(net, kept);
            assertEquals(wrappers(net), wrappers(smaller));
            INDArray x = kind.inputs(4);
            INDArray all = kind.rows(code(net, x));
            INDArray some = kind.rows(code(smaller, x));
            for (int i = 0; i < kept.length; i++) {
                assertArrayEquals(
                        all.getColumn(kept[i]).toDoubleVector(),
                        some.getColumn(i).toDoubleVector(),
                        1e-12);
            }
            assertWorksOn(kind, smaller, smaller);
        }
    }

    @ParameterizedTest
    @EnumSource
    void wrappedLayersAboveLoseTheInputs(WrappedNetworks kind) throws Exception {
        if (kind.isVertex() || kind.inputs(2).rank() == 3) {
            return;
        }
        int[] kept = {1, 2, 5};
        Layer above = kind.wrapped(new DenseLayer.Builder()
                .nIn(WrappedNetworks.UNITS)
                .nOut(WrappedNetworks.UNITS)
                .activation(Activation.TANH)
                .build());
        MultiLayerNetwork net = WrappedNetworks.BARE.stack(WrappedNetworks.encoder(1), above);
        MultiLayerNetwork smaller = UnitPruner.prune(net, 0, kept);
        Layer cut = smaller.getLayerWiseConfigurations().getConf(1).getLayer();
        assertEquals(above.getClass(), cut.getClass());
        assertEquals(3, ((DenseLayer) LayerWrappers.inner(cut)).getNIn());
        for (int i = 0; i < kept.length; i++) {
            assertEquals(
                    net.getLayer(1).getParam("W").getRow(kept[i]),
                    smaller.getLayer(1).getParam("W").getRow(i));
        }
    }

    private static INDArray code(AnyNetwork net, INDArray x) {
        return net.model() instanceof ComputationGraph graph
                ? graph.feedForward(x, false).get("code")
                : ((MultiLayerNetwork) net.model()).feedForward(x, false).get(1);
    }
}
