package io.github.dl4jsparse.task;

import io.github.dl4jsparse.io.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Restorers in files: a network as {@link ModelFile} saves it, with JSON that says what it restores by. */
final class RestorerFile {
    private static final String KEY = "restorer.json";
    private static final String KIND = "kind";
    private static final String FORMAT = "format";
    private static final int CURRENT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private RestorerFile() {}

    static void write(Path file, Restoration restoration) throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(FORMAT, CURRENT);
        content.put(KIND, restoration.kind());
        content.putAll(restoration.settings());
        ModelFile.save(file, restoration.net(), Map.of(KEY, JSON.writeValueAsBytes(content)));
    }

    static Restoration read(Path file) throws IOException {
        byte[] json = ModelFile.restoreBytes(file, KEY).get(KEY);
        if (json == null) {
            throw refused(file, "a network alone, without \"" + KEY + "\"");
        }
        Map<?, ?> content;
        try {
            content = JSON.readValue(json, Map.class);
        } catch (JsonProcessingException e) {
            throw new IOException("cannot read " + file + ": \"" + KEY + "\" must be JSON, got " + e.getMessage(), e);
        }
        if (!Integer.valueOf(CURRENT).equals(content.get(FORMAT))) {
            throw refused(file, "format " + content.get(FORMAT) + ", this version reads " + CURRENT);
        }
        MultiLayerNetwork net = ModelFile.restoreNetwork(file);
        Object kind = content.get(KIND);
        if (UnrolledRestoration.KIND.equals(kind)) {
            return new UnrolledRestoration(net);
        }
        if (PatchRestoration.KIND.equals(kind)) {
            return PatchRestoration.of(net, content);
        }
        throw refused(file, "kind " + kind);
    }

    private static IOException refused(Path file, String got) {
        return new IOException("cannot read " + file + ": it must be saved by ImageRestorer, got " + got);
    }
}
