package io.github.dl4jsparse.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.data.UnitNormScaling;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.learning.config.Adam;
import stranger.Evidence;
import stranger.OwnActivation;
import stranger.SerializedObjects;

/** Files from a stranger, through every way to read one. Their seals are right: a stranger can make seals too. */
class ModelReaderTest {
    private static final String PLANTED = "stranger.Planted";

    @TempDir
    Path directory;

    private int before;

    @BeforeEach
    void count() {
        before = Evidence.runs();
    }

    @AfterEach
    void noCodeHasRun() {
        assertEquals(before, Evidence.runs(), "code of the file's choice has run");
    }

    private static MultiLayerNetwork network(IActivation activation) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Adam(0.01))
                .list()
                .layer(new ListaLayer.Builder()
                        .nOut(6)
                        .iterations(2)
                        .penalty(new L1Penalty(0.1))
                        .build())
                .layer(new DenseLayer.Builder()
                        .nOut(4)
                        .activation(activation)
                        .weightInit(new NormalDistribution(0, 0.1))
                        .build())
                .layer(new OutputLayer.Builder().nOut(2).build())
                .setInputType(InputType.feedForward(3))
                .build());
        net.init();
        return net;
    }

    private static ComputationGraph graph() {
        return network(new ActivationReLU()).toComputationGraph();
    }

    private static Map<String, byte[]> entries(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    /** A file with a right seal. */
    private Path sealed(Map<String, byte[]> entries) throws IOException {
        Path plain = directory.resolve("plain.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(plain))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        Path file = directory.resolve("model.zip");
        ModelFile.seal(plain, file);
        return file;
    }

    private Map<String, byte[]> savedNetwork() throws IOException {
        Path file = directory.resolve("saved.zip");
        ModelFile.save(file, network(new ActivationReLU()), new UnitNormScaling());
        return entries(file);
    }

    private Map<String, byte[]> savedGraph() throws IOException {
        Path file = directory.resolve("saved.zip");
        ModelFile.save(file, graph());
        return entries(file);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The message of the way to restore a network that fits the file. */
    private static String refusal(Path file) {
        String network = assertThrows(IOException.class, () -> ModelFile.restoreNetwork(file))
                .getMessage();
        String graph = assertThrows(IOException.class, () -> ModelFile.restoreGraph(file))
                .getMessage();
        String message = network.contains("restoreGraph reads graphs") ? graph : network;
        assertTrue(message.startsWith("cannot read " + file + ": "), message);
        return message;
    }

    /** JSON in which one name of a type after the other is the planted one. */
    private static List<String> planted(String json, String property, String name) {
        Matcher types =
                Pattern.compile("\"" + property + "\"\\s*:\\s*\"([\\w.$]+)\"").matcher(json);
        List<String> all = new ArrayList<>();
        while (types.find()) {
            all.add(json.substring(0, types.start(1)) + name + json.substring(types.end(1)));
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PLANTED,
                "[Lstranger.Planted;",
                "java.util.ArrayList<stranger.Planted>",
                "io.github.dl4jsparse.nn.lista.ListaLayer<stranger.Planted>",
                "org.nd4j.shade.jackson.databind.ObjectMapper",
                "stranger.Planted2"
            })
    void typesOfStrangersAreRefusedWhereverAConfigurationNamesThem(String name) throws IOException {
        for (Map<String, byte[]> entries : List.of(savedNetwork(), savedGraph())) {
            String json = new String(entries.get(ModelSerializer.CONFIGURATION_JSON), StandardCharsets.UTF_8);
            List<String> all = planted(json, "@class", name);
            assertTrue(all.size() > 8, "only " + all.size() + " types");
            for (String each : all) {
                entries.put(ModelSerializer.CONFIGURATION_JSON, utf8(each));
                String message = refusal(sealed(entries));
                assertTrue(message.contains("types must be of this library, of DL4J or of ND4J, got "), message);
            }
        }
    }

    @Test
    void typesOfStrangersAreRefusedWithTheRemedy() throws IOException {
        Map<String, byte[]> entries = savedNetwork();
        String json = new String(entries.get(ModelSerializer.CONFIGURATION_JSON), StandardCharsets.UTF_8);
        entries.put(
                ModelSerializer.CONFIGURATION_JSON,
                utf8(planted(json, "@class", PLANTED).get(0)));
        Path file = sealed(entries);
        assertEquals(
                "cannot read " + file + ": types must be of this library, of DL4J or of ND4J, got \"" + PLANTED
                        + "\": if you trust the file and this type, read it by ModelFile.reader().allow(Planted.class)",
                refusal(file));
    }

    @Test
    void distributionsNameTheirTypesOtherwise() throws IOException {
        Map<String, byte[]> entries = savedNetwork();
        String json = new String(entries.get(ModelSerializer.CONFIGURATION_JSON), StandardCharsets.UTF_8);
        List<String> all = planted(json, "type", PLANTED);
        assertEquals(1, all.size());
        entries.put(ModelSerializer.CONFIGURATION_JSON, utf8(all.get(0)));
        refusal(sealed(entries));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"confs\":[{\"layer\":{\"\\u0040class\":\"stranger.Planted\"}}]}",
                "{\"confs\":[{\"layer\":{\"stranger.Planted\":{}}}]}",
                "{\"confs\":[{\"layer\":[\"stranger.Planted\",{}]}]}",
                "{\"confs\":[{\"layer\":{\"@class\":\"org.deeplearning4j.nn.conf.layers.DenseLayer\","
                        + "\"@class\":\"stranger.Planted\"}}]}",
                "{\"confs\":[{\"layer\":{\"dense\":{\"weightInit\":\"DISTRIBUTION\",\"dist\":{\"type\":\"stranger.Planted\"}}}}]}",
                "{\"confs\":[{\"layer\":{\"@class\":\"org.deeplearning4j.nn.conf.layers.DenseLayer\","
                        + "\"weightInit\":\"DISTRIBUTION\",\"dist\":{\"type\":\"stranger.Planted\"}}}]}",
                "{\"vertices\":{\"a\":{\"@class\":\"stranger.Planted\"}},\"networkInputs\":[\"in\"]}",
                "[]",
                "{",
                ""
            })
    void odderJsonIsRefused(String json) throws IOException {
        Map<String, byte[]> entries = savedNetwork();
        entries.put(ModelSerializer.CONFIGURATION_JSON, utf8(json));
        refusal(sealed(entries));
    }

    @Test
    void deepJsonIsRefused() throws IOException {
        Map<String, byte[]> entries = savedNetwork();
        entries.put(ModelSerializer.CONFIGURATION_JSON, utf8("{\"confs\":" + "[".repeat(1_000_000)));
        assertTrue(refusal(sealed(entries)).contains("JSON must be at most 1000 levels deep"));
    }

    @Test
    void dl4jItselfRunsWhatAFileNames() throws IOException {
        Map<String, byte[]> entries = savedNetwork();
        String json = new String(entries.get(ModelSerializer.CONFIGURATION_JSON), StandardCharsets.UTF_8);
        String other = planted(json, "@class", "stranger.PlantedToo").get(0);
        entries.put(ModelSerializer.CONFIGURATION_JSON, utf8(other));
        Path file = sealed(entries);
        assertThrows(RuntimeException.class, () -> ModelSerializer.restoreMultiLayerNetwork(file.toFile()));
        assertEquals(before + 1, Evidence.runs(), "otherwise this test class shows nothing");
        Map<String, byte[]> more = savedNetwork();
        more.put("objects/more", SerializedObjects.of("stranger.PlantedObject"));
        File beside = sealed(more).toFile();
        ModelSerializer.getObjectFromFile(beside, "more");
        assertEquals(before + 2, Evidence.runs(), "otherwise this test class shows nothing");
        before += 2;
    }

    @Test
    void typesThatTheUserNamesAreReadByThatReaderOnly() throws IOException {
        Path file = directory.resolve("model.zip");
        MultiLayerNetwork net = network(new OwnActivation());
        ModelFile.save(file, net);
        assertTrue(refusal(file).contains("got \"stranger.OwnActivation\""));
        MultiLayerNetwork read = ModelFile.reader().allow(OwnActivation.class).restoreNetwork(file);
        assertEquals(net.getLayerWiseConfigurations(), read.getLayerWiseConfigurations());
        assertArrayEquals(net.params().toFloatVector(), read.params().toFloatVector());
        refusal(file);
        ModelFile.save(file, net.toComputationGraph());
        ModelFile.reader().allow(OwnActivation.class).restoreGraph(file);
        refusal(file);
    }

    @Test
    void graphsAndNetworksAreNotTakenForEachOther() throws IOException {
        Path file = sealed(savedGraph());
        String asNetwork = assertThrows(IOException.class, () -> ModelFile.restoreNetwork(file))
                .getMessage();
        assertTrue(asNetwork.contains("ModelFile.restoreGraph reads graphs"), asNetwork);
        ModelFile.restoreGraph(file);
        Path other = sealed(savedNetwork());
        String asGraph = assertThrows(IOException.class, () -> ModelFile.restoreGraph(other))
                .getMessage();
        assertTrue(asGraph.contains("ModelFile.restoreNetwork reads networks"), asGraph);
    }

    private static byte[] normalizer(String strategy) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("NORMALIZER");
        out.writeInt(1);
        out.writeUTF("CUSTOM");
        out.writeUTF(strategy);
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PLANTED,
                "io.github.dl4jsparse.model.ModelFile",
                "org.nd4j.linalg.factory.Nd4j",
                "java.lang.Runtime"
            })
    void normalisersOfStrangersAreRefused(String strategy) throws IOException {
        Map<String, byte[]> entries = savedNetwork();
        entries.put(ModelSerializer.NORMALIZER_BIN, normalizer(strategy));
        Path file = sealed(entries);
        String message = assertThrows(IOException.class, () -> ModelFile.restoreNormalizer(file))
                .getMessage();
        assertTrue(message.startsWith("cannot read " + file + ": "), message);
        assertTrue(message.contains(" must be ") && message.contains(strategy), message);
        // nobody asked for it
        ModelFile.restoreNetwork(file);
    }

    @Test
    void normalisersOfThisLibraryAreRead() throws IOException {
        assertEquals(
                UnitNormScaling.class,
                ModelFile.restoreNormalizer(sealed(savedNetwork()))
                        .orElseThrow()
                        .getClass());
    }

    @Test
    void objectsThatJavaSerialisedAreNotRead() throws IOException {
        Map<String, byte[]> entries = savedNetwork();
        entries.put("objects/more", SerializedObjects.of(PLANTED));
        Path file = sealed(entries);
        String message = assertThrows(IOException.class, () -> ModelFile.restoreBytes(file, "more"))
                .getMessage();
        assertTrue(
                message.contains("content \"more\" must be plain bytes, got an object that Java serialised"), message);
        assertEquals(Map.of(), ModelFile.restoreBytes(file, "other"));
        ModelFile.restoreNetwork(file);
    }

    @Test
    void preprocessorsThatJavaSerialisedAreRefused() throws IOException {
        Map<String, byte[]> entries = savedNetwork();
        entries.put(ModelSerializer.PREPROCESSOR_BIN, SerializedObjects.of(PLANTED));
        assertTrue(refusal(sealed(entries)).contains("no object that Java serialised"));
    }

    @Test
    void bytesComeBackAsTheyWere() throws IOException {
        Path file = directory.resolve("model.zip");
        byte[] json = utf8("{\"a\": 1}");
        ModelFile.save(file, network(new ActivationReLU()), Map.of("first.json", json, "second", new byte[0]));
        Map<String, byte[]> read = ModelFile.restoreBytes(file, "first.json", "second", "third");
        assertEquals(java.util.Set.of("first.json", "second"), read.keySet());
        assertArrayEquals(json, read.get("first.json"));
        assertEquals(0, read.get("second").length);
        ModelSerializer.restoreMultiLayerNetwork(file.toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../a", "a/b", "a\\b", ".a"})
    void keysAreNoPaths(String key) {
        Path file = directory.resolve("model.zip");
        MultiLayerNetwork net = network(new ActivationReLU());
        assertThrows(IllegalArgumentException.class, () -> ModelFile.save(file, net, Map.of(key, new byte[1])));
        assertThrows(IllegalArgumentException.class, () -> ModelFile.restoreBytes(file, key));
    }

    @Test
    void parametersAreThoseThatTheConfigurationAsksFor() throws IOException {
        for (String name : List.of(ModelSerializer.COEFFICIENTS_BIN, ModelSerializer.UPDATER_BIN)) {
            Map<String, byte[]> entries = savedNetwork();
            byte[] right = entries.get(name);
            for (int length : new int[] {0, right.length - 4, right.length + 4, right.length + 100_000}) {
                entries.put(name, java.util.Arrays.copyOf(right, length));
                String message = refusal(sealed(entries));
                assertTrue(message.contains(" must ") && message.contains("got "), message);
            }
        }
    }

    @Test
    void namesMayHoldAnyLetters() throws IOException {
        MultiLayerNetwork net = network(new ActivationReLU());
        net.getLayerWiseConfigurations().getConf(0).getLayer().setLayerName("D\u00fcnn\u20ac\ud83d\ude00");
        Path file = directory.resolve("model.zip");
        ModelFile.save(file, net);
        assertEquals(
                "D\u00fcnn\u20ac\ud83d\ude00",
                ModelFile.restoreNetwork(file).getLayer(0).conf().getLayer().getLayerName());
    }
}
