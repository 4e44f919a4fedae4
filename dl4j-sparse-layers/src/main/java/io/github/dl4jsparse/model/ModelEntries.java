package io.github.dl4jsparse.model;

import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.io.AtomicFile;
import io.github.dl4jsparse.internal.io.StaysOpen;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes the entries that DL4J's {@code ModelSerializer} reads, and others that it ignores, as a zip archive.
 * <p>DL4J's own writer needs a temporary file to add further entries; this one needs none.
 */
final class ModelEntries {
    /** Prefix of the keys of entries of plain bytes; those of DL4J under "objects/" are serialised by Java. */
    static final String BYTES = "bytes/";

    private ModelEntries() {}

    /**
     * @param normalizer null for none
     * @param bytes      content by key
     * @param out        stays open
     */
    static void write(Net<?> net, DataNormalization normalizer, Map<String, byte[]> bytes, OutputStream out)
            throws IOException {
        ZipOutputStream archive = new ZipOutputStream(new StaysOpen(out));
        add(archive, ModelSerializer.CONFIGURATION_JSON, to -> to.write(ascii(net.json())));
        INDArray params = net.params();
        add(archive, ModelSerializer.COEFFICIENTS_BIN, to -> write(params, to));
        if (params == null) {
            add(archive, ModelSerializer.NO_PARAMS_MARKER, to -> {});
        }
        INDArray updater = net.updater(true).getStateViewArray();
        if (updater != null && updater.length() > 0) {
            add(archive, ModelSerializer.UPDATER_BIN, to -> write(updater, to));
        }
        if (normalizer != null) {
            add(archive, ModelSerializer.NORMALIZER_BIN, to -> NormalizerSerializer.getDefault()
                    .write(normalizer, to));
        }
        for (Map.Entry<String, byte[]> entry : bytes.entrySet()) {
            add(archive, BYTES + entry.getKey(), to -> to.write(entry.getValue()));
        }
        archive.close();
    }

    private static void add(ZipOutputStream archive, String name, AtomicFile.Content content) throws IOException {
        archive.putNextEntry(new ZipEntry(name));
        OutputStream buffer = new BufferedOutputStream(new StaysOpen(archive), 1 << 16);
        content.writeTo(buffer);
        buffer.flush();
        archive.closeEntry();
    }

    private static void write(INDArray array, OutputStream out) throws IOException {
        if (array != null) {
            DataOutputStream data = new DataOutputStream(out);
            Nd4j.write(array, data);
            data.flush();
        }
    }

    /** JSON in ASCII: DL4J reads it in the platform's encoding. */
    private static byte[] ascii(String json) {
        StringBuilder text = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < 0x80) {
                text.append(c);
            } else {
                text.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
            }
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
