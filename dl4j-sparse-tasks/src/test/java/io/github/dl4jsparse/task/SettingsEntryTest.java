package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.model.ModelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsEntryTest {
    private static final SettingsEntry<Saved> ENTRY =
            new SettingsEntry<>("entry", Saved.class, SettingsEntryTest.class);

    @TempDir
    private Path folder;

    static final class Saved extends SettingsEntry.Versioned {
        public double number;
        public List<String> names;
    }

    @Test
    void whatIsReadIsWhatWasSaved() throws IOException {
        Saved saved = new Saved();
        saved.number = 0.1;
        saved.names = List.of("Schrauben", "\u00d6sen");
        Path file = folder.resolve("net.zip");
        ENTRY.save(file, network(), saved);
        Saved read = ENTRY.read(file);
        assertEquals(0.1, read.number);
        assertEquals(saved.names, read.names);
        assertEquals(network().params(), ModelFile.restoreNetwork(file).params());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | has settings that can't be read: they are empty",
                "[1] | has settings that can't be read: Cannot deserialize",
                "{ | has settings that can't be read: Unexpected end-of-input",
                "{\"number\":1} x | ok",
                "{\"version\":2,\"number\":1,\"more\":3} | must be of version 1, got version 2; read it with the program",
                "{\"format\":2} | must be of version 1, got version 2",
            })
    void settingsThatCannotBeReadAreRefusedWithTheFile(String json, String why) throws IOException {
        Path file = file("entry", json);
        if (why.equals("ok")) {
            assertEquals(1, ENTRY.read(file).number);
            return;
        }
        IOException error = assertThrows(IOException.class, () -> ENTRY.read(file));
        assertTrue(error.getMessage().startsWith(file + " " + why), error::getMessage);
    }

    @Test
    void anotherNetworksFileIsRefused() throws IOException {
        Path file = file("other", "{}");
        IOException error = assertThrows(IOException.class, () -> ENTRY.read(file));
        assertEquals(
                file + " must have been saved by SettingsEntryTest, got another network's file", error.getMessage());
    }

    /** Each class that saves settings refuses what is none of them by an error that names the file. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]", "{\"version\":7}", "{\"kind\":\"dictionary\"}", "{\"image\":[1]}"})
    void noLoaderFailsWithAnotherKindOfError(String json) throws IOException {
        Path features = file("features", json);
        Path anomaly = file("anomaly", json);
        Path restorer = file("restorer.json", json);
        for (var attempt : Map.<Path, org.junit.jupiter.api.function.Executable>of(
                        features, () -> FeatureLearner.load(features),
                        anomaly, () -> AnomalyDetector.load(anomaly),
                        restorer, () -> ImageRestorer.load(restorer))
                .entrySet()) {
            IOException error = assertThrows(IOException.class, attempt.getValue());
            assertTrue(error.getMessage().contains(attempt.getKey().toString()), error::getMessage);
        }
    }

    private Path file(String entry, String json) throws IOException {
        Path file = folder.resolve(entry + ".zip");
        ModelFile.save(file, network(), Map.of(entry, json.getBytes(StandardCharsets.UTF_8)));
        return file;
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new OutputLayer.Builder().nIn(3).nOut(2).build())
                .build());
        net.init();
        return net;
    }
}
