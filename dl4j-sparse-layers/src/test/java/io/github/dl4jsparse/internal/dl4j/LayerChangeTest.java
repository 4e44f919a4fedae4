package io.github.dl4jsparse.internal.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.DoublePrecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network that is built again has other layers in the same positions, and all else as before. */
@ExtendWith(DoublePrecision.class)
class LayerChangeTest {
    private static LayerChange.NewLayer same(NetVertex vertex) {
        return vertex.hasLayer() ? new LayerChange.NewLayer(vertex.conf(), vertex.preProcessor()) : null;
    }

    private static List<?> counts(Net<?> net) {
        return net.model() instanceof MultiLayerNetwork stack
                ? List.of(stack.getIterationCount(), stack.getEpochCount())
                : List.of(
                        ((ComputationGraph) net.model()).getIterationCount(),
                        ((ComputationGraph) net.model()).getEpochCount());
    }

    private static List<TrainingListener> listeners(Net<?> net) {
        return List.copyOf(
                net.model() instanceof MultiLayerNetwork stack
                        ? stack.getListeners()
                        : ((ComputationGraph) net.model()).getListeners());
    }

    private static void copyParameters(Net<?> from, Net<?> to) {
        for (int i = 0; i < from.vertices().size(); i++) {
            Map<String, INDArray> target = to.vertices().get(i).params();
            from.vertices().get(i).params().forEach((name, array) -> target.get(name)
                    .assign(array));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameLayersMakeTheSameNetwork(NetCase kind) {
        Net<?> net = kind.net();
        TrainingListener listener = new CollectScoresIterationListener();
        net.model().setListeners(List.of(listener));
        kind.train(net);
        INDArray params = net.params().dup();
        List<String> asked = new ArrayList<>();
        Net<?> again = net.with(
                vertex -> {
                    asked.add(vertex.name());
                    return same(vertex);
                },
                false);
        assertEquals(kind.vertices().size() - net.inputs(), asked.size(), "each vertex once: " + asked);
        assertEquals(
                net.vertices().stream().map(NetVertex::name).toList(),
                again.vertices().stream().map(NetVertex::name).toList());
        assertEquals(0, again.params().amaxNumber().doubleValue());
        assertEquals(params, net.params());
        assertEquals(counts(net), counts(again));
        assertTrue(((Integer) counts(again).get(0)) > 0);
        assertSame(listener, listeners(again).get(0));
        assertNull(again.updater(false));
        copyParameters(net, again);
        assertEquals(kind.output(net), kind.output(again));
        assertEquals(net.json(), again.json());
        for (int i = net.inputs(); i < net.vertices().size(); i++) {
            NetVertex old = net.vertices().get(i);
            if (old.hasLayer()) {
                assertNotSame(old.conf(), again.vertices().get(i).conf(), "configurations are not shared");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void startValuesAreThoseOfANewNetwork(NetCase kind) {
        Net<?> net = kind.net();
        INDArray start = net.params().dup();
        kind.train(net);
        Nd4j.getRandom().setSeed(99);
        assertEquals(start, net.with(LayerChangeTest::same, true).params());
        Nd4j.getRandom().setSeed(99);
        double next = Nd4j.rand(1).getDouble(0);
        Nd4j.getRandom().setSeed(99);
        net.with(LayerChangeTest::same, false);
        assertEquals(next, Nd4j.rand(1).getDouble(0), "zeros leave the random generator alone");
    }

    @ParameterizedTest
    @EnumSource
    void otherLayersAndPreProcessorsTakeTheirPlaces(NetCase kind) {
        Net<?> net = kind.net();
        String preprocessed = kind == NetCase.STACK ? "code" : "flat";
        InputPreProcessor other = net.vertices().stream()
                .filter(vertex -> vertex.name().equals(preprocessed))
                .findFirst()
                .orElseThrow()
                .preProcessor()
                .clone();
        Net<?> changed = net.with(
                vertex -> {
                    if (!vertex.hasLayer()) {
                        return null;
                    }
                    if (vertex.conf() instanceof OutputLayer old) {
                        OutputLayer sigmoid = (OutputLayer) old.clone();
                        sigmoid.setActivationFn(Activation.SIGMOID.getActivationFunction());
                        return new LayerChange.NewLayer(sigmoid, vertex.preProcessor());
                    }
                    if (vertex.conf() instanceof ListaLayer old
                            && !vertex.name().equals(preprocessed)) {
                        return new LayerChange.NewLayer(old.withoutDecoder(), vertex.preProcessor());
                    }
                    return vertex.name().equals(preprocessed)
                            ? new LayerChange.NewLayer(vertex.conf(), other)
                            : same(vertex);
                },
                true);
        assertSame(
                other,
                changed.vertices().stream()
                        .filter(vertex -> vertex.name().equals(preprocessed))
                        .findFirst()
                        .orElseThrow()
                        .preProcessor());
        INDArray output = kind.output(changed);
        assertNotEquals(Nd4j.ones(3), output.sum(1), "no softmax any more");
        assertEquals(1, kind.output(net).sum(1).getDouble(0), 1e-12);
        assertEquals(
                kind == NetCase.STACK, changed.params().length() == net.params().length(), "the decoder is gone");
    }
}
