package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Laws of the parameters of every network, for all of DL4J's tools that read or set them.
 *
 * @param trained a network that was trained, so that no parameter is symmetric
 * @param other   the same network trained in another way
 * @param data    a batch of it
 */
public record ParameterLaws(AnyNetwork trained, AnyNetwork other, DataSet data) {
    private static final int OTHER_CLASSES = 2;

    /** Two networks of one configuration, trained by a few updates on different numbers. */
    public static ParameterLaws of(AnyNetwork first, AnyNetwork second, DataSet data, DataSet otherData) {
        for (int i = 0; i < 3; i++) {
            first.fit(data);
            second.fit(otherData);
        }
        assertNotEquals(first.params(), second.params(), "the networks differ");
        return new ParameterLaws(first, second, data);
    }

    /** Copies of both networks, which the laws may change. */
    public ParameterLaws copy() {
        return new ParameterLaws(copy(trained), copy(other), data);
    }

    private static AnyNetwork copy(AnyNetwork net) {
        return net.model() instanceof ComputationGraph graph
                ? new AnyNetwork.Graph(graph.clone())
                : new AnyNetwork.Stack(((MultiLayerNetwork) net.model()).clone());
    }

    private static double[] numbers(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    /** Copies of the parameters of a layer or a network. */
    private static Map<String, INDArray> copies(Model model) {
        Map<String, INDArray> copies = new LinkedHashMap<>();
        model.paramTable().forEach((name, array) -> copies.put(name, array.dup('c')));
        return copies;
    }

    /** To the bit, in the precision of the second: DL4J's transfer learning makes graphs of type float. */
    private static void assertSame(Layer expected, Layer actual) {
        String name = expected.conf().getLayer().getLayerName();
        Map<String, INDArray> wanted = copies(expected);
        if (expected.numParams() > 0) {
            wanted.replaceAll((key, array) -> array.castTo(actual.params().dataType()));
        }
        assertEquals(wanted, copies(actual), () -> "layer " + name + " keeps its parameters");
    }

    /** The batch in the precision of a network. */
    private INDArray inputs(AnyNetwork net) {
        return data.getFeatures().castTo(net.params().dataType());
    }

    /** Whether a layer has parameters at all. */
    public boolean hasParameters(int layer) {
        return Transfers.layers(trained)[layer].numParams() > 0;
    }

    private int head() {
        return Transfers.layers(trained).length - 1;
    }

    /** A new head, on top of layers that are frozen up to one or not at all, leaves every parameter below as it was. */
    public void aNewHeadKeepsAllParameters(int frozen) {
        AnyNetwork changed = Transfers.newHead(trained, OTHER_CLASSES, frozen);
        for (int i = 0; i < head(); i++) {
            assertSame(Transfers.layers(trained)[i], Transfers.layers(changed)[i]);
        }
        INDArray code = Transfers.code(trained, head() - 1, inputs(trained)).dup();
        INDArray x = inputs(changed);
        double precision = x.dataType() == DataType.DOUBLE ? 1e-12 : 1e-5;
        assertEquals(0, Samples.distance(code, Transfers.code(changed, head() - 1, x)), precision, "the codes");
        List<Map<String, INDArray>> before = Arrays.stream(Transfers.layers(changed))
                .map(ParameterLaws::copies)
                .toList();
        changed.fit(
                new DataSet(x, Samples.oneHot((int) x.size(0), OTHER_CLASSES).castTo(x.dataType())));
        for (int i = 0; i < head(); i++) {
            if (Transfers.layers(trained)[i].numParams() > 0) {
                boolean same = before.get(i).equals(copies(Transfers.layers(changed)[i]));
                assertEquals(i < frozen, same, "layer " + i + " is frozen");
            }
        }
    }

    /** Another number of outputs of one layer leaves the parameters of all but this and the next as they were. */
    public void anotherNumberOfOutputsKeepsOtherParameters(int layer, int outputs) {
        AnyNetwork changed = Transfers.resized(trained, layer, outputs);
        for (int i = 0; i <= head(); i++) {
            if (i < layer || i > layer + 1) {
                assertSame(Transfers.layers(trained)[i], Transfers.layers(changed)[i]);
            }
        }
        INDArray x = inputs(changed);
        assertEquals(x.size(0), changed.output(x).size(0));
    }

    /** Training of the upper layers alone starts with their parameters, and these come back. */
    public void featurisedTrainingGoesOnFromTheParameters(int frozen) {
        Map<String, INDArray> before = copies(trained.model());
        AnyNetwork upper = Transfers.trainFeaturised(trained, frozen, data);
        Layer[] layers = Transfers.layers(trained);
        for (int i = frozen; i <= head(); i++) {
            assertSame(layers[i], Transfers.layers(upper)[i - frozen]);
        }
        double moved = 0;
        for (Map.Entry<String, INDArray> after : copies(trained.model()).entrySet()) {
            moved = Math.max(moved, Samples.distance(before.get(after.getKey()), after.getValue()));
        }
        // the rate of the updater is 0.02
        assertTrue(moved > 1e-6 && moved < 0.1, "the largest change of a parameter in one update: " + moved);
    }

    /** A layer takes from another what {@code params()} gives, as a row, as a vector and as a part of the network's. */
    public void layersTakeEachOthersParams() {
        int offset = 0;
        for (int i = 0; i <= head(); i++) {
            Layer from = Transfers.layers(trained)[i];
            Layer to = Transfers.layers(other)[i];
            int length = (int) from.numParams();
            if (length == 0) {
                to.setParams(from.params());
                continue;
            }
            Map<String, INDArray> old = copies(to);
            INDArray part = trained.params()
                    .reshape(trained.params().length())
                    .get(NDArrayIndex.interval(offset, offset + length));
            for (INDArray flat : new INDArray[] {from.params(), from.params().reshape(length), part}) {
                assertArrayEquals(numbers(part), numbers(flat), "the layer's part of the network's parameters");
                to.setParams(flat);
                assertSame(from, to);
                old.forEach(to::setParam);
                assertEquals(old, copies(to));
            }
            to.setParams(to.params());
            to.setParams(to.params().dup());
            assertEquals(old, copies(to));
            to.setParams(from.params());
            offset += length;
        }
        assertEquals(trained.params(), other.params());
        assertEquals(trained.output(data.getFeatures()), other.output(data.getFeatures()));
    }

    /** A layer, and a network, take a table from another by value, and go on with the parameters that the network has. */
    public void tablesAreTakenByValue() {
        for (int i = 0; i <= head(); i++) {
            Layer own = Transfers.layers(other)[i];
            Map<String, INDArray> before = copies(own);
            own.setParamTable(own.paramTable());
            assertEquals(before, copies(own));
        }
        other.model().setParamTable(copies(trained.model()));
        assertEquals(trained.params(), other.params());
        assertEquals(trained.output(data.getFeatures()), other.output(data.getFeatures()));
    }

    /** One layer takes the table of another by value: no later change of the other is seen, and its network has the numbers. */
    public void aLayerTakesATableByValue(int layer) {
        Layer from = Transfers.layers(trained)[layer];
        Layer to = Transfers.layers(other)[layer];
        to.setParamTable(from.paramTable());
        assertSame(from, to);
        Map<String, INDArray> before = copies(to);
        from.params().addi(1);
        assertEquals(before, copies(to), "the table was copied");
        to.params().addi(1);
        assertSame(from, to);
        assertThrows(IllegalArgumentException.class, () -> to.setParamTable(Map.of("other", from.params())));
        assertSame(from, to);
    }

    /** A network takes what its {@code params()} gives, and another network of the same configuration too. */
    public void networksTakeEachOthersParams() {
        INDArray before = trained.params().dup();
        trained.model().setParams(trained.params());
        trained.model().setParams(trained.params().dup());
        assertEquals(before, trained.params());
        other.model().setParams(trained.params());
        for (int i = 0; i <= head(); i++) {
            assertSame(Transfers.layers(trained)[i], Transfers.layers(other)[i]);
        }
        assertEquals(trained.output(data.getFeatures()), other.output(data.getFeatures()));
    }

    /** The mean of the flat parameters of two networks is that of each parameter. */
    public void averagesAreThoseOfEachParameter() {
        Map<String, INDArray> first = copies(trained.model());
        Map<String, INDArray> second = copies(other.model());
        other.model().setParams(trained.params().add(other.params()).divi(2));
        copies(other.model())
                .forEach((name, mean) -> assertEquals(
                        0,
                        Samples.distance(first.get(name).add(second.get(name)).divi(2), mean),
                        1e-14,
                        name));
    }

    /** A parameter is set and read by its name alone, and seen at its position among all. */
    public void aSingleParameterIsSet(int layer) {
        Map<String, INDArray> before = copies(trained.model());
        int differences = 0;
        for (String name : Transfers.layers(trained)[layer].paramTable().keySet()) {
            String key = before.keySet().stream()
                    .filter(each -> each.endsWith("_" + name) && owns(layer, each))
                    .findFirst()
                    .orElseThrow();
            INDArray value = Samples.gaussian(5, before.get(key).shape());
            INDArray flat = trained.params().dup();
            trained.model().setParam(key, value);
            Map<String, INDArray> after = copies(trained.model());
            assertEquals(value, after.get(key));
            assertEquals(value, trained.model().getParam(key).dup('c'));
            differences = count(flat, trained.params());
            assertEquals(value.length(), differences, "numbers of the network that changed with " + key);
            trained.model().setParam(key, before.get(key));
            assertEquals(before, copies(trained.model()), key + " alone");
        }
        assertTrue(differences > 0, "the layer has parameters");
    }

    private boolean owns(int layer, String key) {
        INDArray view = trained.model().paramTable().get(key);
        return Transfers.layers(trained)[layer].paramTable().values().stream().anyMatch(own -> own == view);
    }

    private static int count(INDArray a, INDArray b) {
        double[] left = numbers(a);
        double[] right = numbers(b);
        return (int)
                IntStream.range(0, left.length).filter(i -> left[i] != right[i]).count();
    }

    /**
     * The parameters of one of this library's layers, and its gradients, lie one after the other in c order, as saved files have
     * them.
     */
    public void theFlatArrayIsInOrder(int layer) {
        Layer own = Transfers.layers(trained)[layer];
        assertArrayEquals(concatenated(own.paramTable()), numbers(own.params()));
        trained.computeGradients(data);
        Gradient gradient = trained.model().gradient();
        Map<String, INDArray> views = new LinkedHashMap<>();
        own.paramTable().keySet().forEach(name -> gradient.gradientForVariable().forEach((key, view) -> {
            if (key.endsWith("_" + name) && owns(layer, key)) {
                views.put(name, view);
                assertEquals('c', gradient.flatteningOrderForVariable(key), key);
            }
        }));
        assertEquals(own.paramTable().keySet(), views.keySet());
        assertArrayEquals(concatenated(views), numbers(own.getGradientsViewArray()));
    }

    private static double[] concatenated(Map<String, INDArray> arrays) {
        return arrays.values().stream()
                .map(ParameterLaws::numbers)
                .flatMapToDouble(DoubleStream::of)
                .toArray();
    }

    /** What is no parameter of the layer is refused, with its name, and nothing is set. */
    public void misfitsAreRefused(int layer) {
        Layer own = Transfers.layers(trained)[layer];
        Map<String, INDArray> before = copies(own);
        String name = own.paramTable().keySet().iterator().next();
        INDArray shape = Samples.gaussian(1, 2, 3, 5, 7);
        assertRefused("flat array of " + own.numParams(), () -> own.setParams(shape));
        assertRefused("named one of", () -> own.setParam("Q", shape));
        assertRefused("\"" + name + "\"", () -> own.setParam(name, shape));
        assertRefused("named", () -> own.setParamTable(Map.of(name, shape, "Q", shape)));
        Map<String, INDArray> table = copies(own);
        table.put(name, shape);
        assertRefused("\"" + name + "\"", () -> own.setParamTable(table));
        assertEquals(before, copies(own));
    }

    private static void assertRefused(String expected, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(expected) && message.contains("layer index"), message);
    }
}
