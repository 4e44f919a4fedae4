package io.github.dl4jsparse.task;

import io.github.dl4jsparse.model.ModelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.shade.jackson.annotation.JsonAlias;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Settings as JSON beside a network, in one sealed file as {@link ModelFile} writes it.
 *
 * @param <T>    class of the settings, with public fields for Jackson
 * @param name   name of the entry in the file
 * @param type   class of the settings
 * @param writer class that saves such files, as errors name it
 */
record SettingsEntry<T extends SettingsEntry.Versioned>(String name, Class<T> type, Class<?> writer) {
    private static final int VERSION = 1;

    /** Settings with the version of their format. */
    abstract static class Versioned {
        @JsonAlias("format")
        public int version = VERSION;
    }

    /** Writes the file, whole or not at all. */
    void save(Path file, MultiLayerNetwork net, T settings) throws IOException {
        byte[] json;
        try {
            json = new ObjectMapper().writeValueAsBytes(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't write the settings of " + writer.getSimpleName(), e);
        }
        ModelFile.save(file, net, Map.of(name, json));
    }

    /**
     * The settings in a file.
     *
     * @throws IOException if the file is damaged, of another class or of another version
     */
    T read(Path file) throws IOException {
        byte[] json = ModelFile.restoreBytes(file, name).get(name);
        if (json == null) {
            throw new IOException(
                    file + " must have been saved by " + writer.getSimpleName() + ", got another network's file");
        }
        T settings;
        try {
            settings = new ObjectMapper()
                    .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
                    .readValue(new String(json, StandardCharsets.UTF_8), type);
        } catch (JsonProcessingException e) {
            throw wrong(file, e.getOriginalMessage(), e);
        }
        if (settings == null) {
            throw wrong(file, "they are empty", null);
        }
        if (settings.version != VERSION) {
            throw new IOException(file + " must be of version " + VERSION + ", got version " + settings.version
                    + "; read it with the program that wrote it");
        }
        return settings;
    }

    /** The error for settings that are not of {@link #writer}. */
    IOException wrong(Path file, String why, Exception cause) {
        return new IOException(file + " has settings that can't be read: " + why, cause);
    }
}
