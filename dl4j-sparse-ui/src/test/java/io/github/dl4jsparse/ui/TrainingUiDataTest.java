package io.github.dl4jsparse.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.diagnostics.TrainingHistory;
import io.github.dl4jsparse.diagnostics.TrainingMonitor;
import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.shade.jackson.databind.JsonNode;

/** The data of the pages of Deeplearning4j's training UI, for the networks of {@link EveryLayer}. */
class TrainingUiDataTest {
    private static final int ITERATIONS = 4;
    private static TrainingUi ui;

    @BeforeAll
    static void start() throws IOException {
        ui = new TrainingUi();
    }

    @AfterAll
    static void stop() {
        ui.close();
    }

    @ParameterizedTest
    @EnumSource
    void hasSaneDataOfEveryLayerInNetworks(EveryLayer layer) throws IOException, InterruptedException {
        MultiLayerNetwork net = layer.network();
        List<String> names = new ArrayList<>(List.of("Input"));
        for (Layer each : net.getLayers()) {
            names.add(each.conf().getLayer().getLayerName());
        }
        assertSane(layer, net, net.getLayers(), names);
    }

    @ParameterizedTest
    @EnumSource
    void hasSaneDataOfEveryLayerInGraphs(EveryLayer layer) throws IOException, InterruptedException {
        ComputationGraph graph = layer.graph();
        List<String> names = new ArrayList<>(List.of("in"));
        for (Layer each : graph.getLayers()) {
            names.add(each.conf().getLayer().getLayerName());
        }
        assertSane(layer, graph, graph.getLayers(), names);
    }

    private static void assertSane(EveryLayer layer, Model net, Layer[] layers, List<String> names)
            throws IOException, InterruptedException {
        StatsStorage storage = ui.show();
        StatsListener listener = new StatsListener(storage, 1);
        TrainingMonitor monitor = TrainingMonitor.builder(layer.data(9, -1).getFeatures())
                .everyUpdates(1)
                .onPoint(new StatsStorageFeed(storage, listener.getSessionID()))
                .build();
        net.setListeners(listener, monitor);
        for (int i = 0; i < ITERATIONS; i++) {
            ((NeuralNetwork) net).fit(layer.data(12, i));
        }
        assertMeasured(layers, monitor.history(), ui.answer("/sparse").body());
        ui.select();

        JsonNode overview = ui.json("/train/overview/data");
        assertEquals(ITERATIONS, overview.get("scores").size());
        assertEquals(net.score(), overview.get("scores").get(ITERATIONS - 1).asDouble(), 1e-6 * Math.abs(net.score()));
        assertFinite(overview);

        JsonNode graph = ui.json("/train/model/graph");
        List<String> shown = new ArrayList<>();
        graph.get("vertexNames").forEach(name -> shown.add(name.asText()));
        assertEquals(names.size(), graph.get("vertexTypes").size());
        for (Layer each : layers) {
            String name = each.conf().getLayer().getLayerName();
            int index = shown.indexOf(name);
            assertTrue(index > 0, name + " is not in " + shown);
            assertLayer(each, index);
        }
        assertEquals(names.size(), shown.size(), shown.toString());

        JsonNode system = ui.json("/train/system/data");
        assertTrue(system.get("memory").size() > 0, system.toString());
        assertFinite(system);
    }

    private static void assertMeasured(Layer[] layers, TrainingHistory history, String page) {
        List<String> measured = Arrays.stream(layers)
                .filter(UnsupervisedLayer.class::isInstance)
                .map(each -> each.conf().getLayer().getLayerName())
                .toList();
        assertEquals(measured, history.layers());
        for (String name : measured) {
            assertTrue(history.points(name).size() >= ITERATIONS, name);
            double energy =
                    history.last(name).orElseThrow().measurement().energy().total();
            assertTrue(page.contains("<h2>Layer " + name + "</h2>"), name);
            assertTrue(page.contains(String.format(Locale.ROOT, "<td>%.4g</td></tr>", energy)), name + ": " + energy);
        }
        // the pictures' letters may spell it too
        String text = page.replaceAll("base64,[^\"]*", "base64,");
        assertFalse(text.contains("NaN"), text);
    }

    private static void assertLayer(Layer layer, int index) throws IOException, InterruptedException {
        JsonNode data = ui.json("/train/model/data/" + index);
        String table = data.get("layerInfo").toString();
        assertTrue(table.contains("\"" + layer.conf().getLayer().getLayerName() + "\""), table);
        assertFinite(data);
        Set<String> trained = new HashSet<>(layer.paramTable(true).keySet());
        Set<String> curves = new HashSet<>();
        JsonNode ratios = data.get("meanMag").get("ratios");
        ratios.fieldNames().forEachRemaining(curves::add);
        assertTrue(curves.containsAll(trained), () -> "no ratios of some of " + trained + " in " + curves);
        trained.forEach(parameter -> {
            assertEquals(ITERATIONS, ratios.get(parameter).size(), parameter);
            assertTrue(data.get("meanMag").get("paramMM").get(parameter).get(0).asDouble() >= 0, parameter);
        });
        // Deeplearning4j tells its listeners of no output of an output layer
        int passes = layer instanceof IOutputLayer ? 0 : ITERATIONS;
        assertEquals(passes, data.get("activations").get("mean").size(), table);
        assertFalse(data.get("activations").get("stdev").toString().contains("null"));
    }

    /** JSON has no NaN: Jackson writes it as a text. */
    private static void assertFinite(JsonNode data) {
        String text = data.toString();
        assertFalse(text.contains("NaN") || text.contains("Infinity"), text);
    }
}
