package io.github.dl4jsparse.model;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.io.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;

/**
 * Saves and restores networks; damaged files are detected, and no code of a file is run.
 * <p>A file is what DL4J's {@code ModelSerializer} writes - configuration, parameters, state of the updater, normaliser -
 * with a seal in the comment of the zip archive: the version of this format, and the SHA-256 of every byte before it.
 * DL4J reads such files as its own and ignores the seal; DL4J's {@code addObjectToFile} removes it. The seal detects
 * damage, it does not authenticate the author of a file.
 * <p>Files appear whole or not at all, as {@link AtomicFile} says; nothing is written elsewhere. The methods that read throw
 * an {@code IOException} that names the file, the rule and what was found, unless every byte is as it was written. They
 * create objects of types of this library, of DL4J and of ND4J only, never by Java's serialisation; a
 * {@link ModelReader} may allow further types.
 */
public final class ModelFile {
    private ModelFile() {}

    /**
     * Saves a network with the state of its updater.
     *
     * @throws IOException if the file can't be written; an older one stays as it was
     */
    public static void save(Path file, Model net) throws IOException {
        write(file, net, null, Map.of());
    }

    /**
     * Saves a network with the state of its updater and the normaliser of its data.
     *
     * @throws IOException if the file can't be written; an older one stays as it was
     */
    public static void save(Path file, Model net, DataNormalization normalizer) throws IOException {
        write(file, net, Args.given("normalizer", normalizer), Map.of());
    }

    /**
     * Saves a network with the state of its updater, and further content, such as JSON, which {@link #restoreBytes}
     * returns.
     *
     * @param bytes content by key; a key is of letters, digits, dots, hyphens and underscores. Not modified.
     * @throws IOException if the file can't be written; an older one stays as it was
     */
    public static void save(Path file, Model net, Map<String, byte[]> bytes) throws IOException {
        Args.given("bytes", bytes).keySet().forEach(ModelArchive::requireKey);
        write(file, net, null, bytes);
    }

    private static void write(Path file, Model net, DataNormalization normalizer, Map<String, byte[]> bytes)
            throws IOException {
        Args.given("file", file);
        Net<?> saved = Net.of(net).initialised("net");
        AtomicFile.write(file, out -> {
            Seal.Stream sealed = new Seal.Stream(out);
            ModelEntries.write(saved, normalizer, bytes, sealed);
            sealed.finish();
        });
    }

    /**
     * Restores a {@code MultiLayerNetwork} with the state of its updater.
     *
     * @throws IOException if the file is not as it was saved, or holds other types than DL4J's and this library's
     */
    public static MultiLayerNetwork restoreNetwork(Path file) throws IOException {
        return reader().restoreNetwork(file);
    }

    /**
     * Restores a {@code ComputationGraph} with the state of its updater.
     *
     * @throws IOException if the file is not as it was saved, or holds other types than DL4J's and this library's
     */
    public static ComputationGraph restoreGraph(Path file) throws IOException {
        return reader().restoreGraph(file);
    }

    /**
     * Restores a network of either kind, with the state of its updater.
     *
     * @return a {@code MultiLayerNetwork} or a {@code ComputationGraph}
     * @throws IOException if the file is not as it was saved, or holds other types than DL4J's and this library's
     */
    public static Model restoreModel(Path file) throws IOException {
        return reader().restoreModel(file);
    }

    /**
     * Restores the normaliser that was saved with a network; empty if there was none.
     *
     * @throws IOException if the file is not as it was saved, or its normaliser is none of DL4J's and this library's
     */
    public static Optional<Normalizer<?>> restoreNormalizer(Path file) throws IOException {
        return reader().restoreNormalizer(file);
    }

    /**
     * Restores further content that was saved with a network.
     *
     * @return content by key; keys without content are missing
     * @throws IOException if the file is not as it was saved, or holds an object that Java serialised under a key
     */
    public static Map<String, byte[]> restoreBytes(Path file, String... keys) throws IOException {
        return reader().restoreBytes(file, keys);
    }

    /** A reader of model files, which may allow types that are neither this library's nor DL4J's. */
    public static ModelReader reader() {
        return ModelReader.STANDARD;
    }

    /**
     * Requires a file to be as it was saved, and of this format.
     *
     * @throws IOException if it is not; the message names the file, the rule and what was found
     */
    public static void verify(Path file) throws IOException {
        Seal.verify(Args.given("file", file));
    }

    /**
     * Writes a file of DL4J's {@code ModelSerializer}, with any further objects in it, as one with a seal.
     *
     * @param plain a zip archive without a comment. Not modified.
     * @throws IOException if it is none, or the file can't be written; an older one stays as it was
     */
    public static void seal(Path plain, Path file) throws IOException {
        AtomicFile.write(file, out -> seal(plain, out));
    }

    static void seal(Path plain, OutputStream out) throws IOException {
        Seal.Stream sealed = new Seal.Stream(out);
        Files.copy(plain, sealed);
        sealed.finish();
    }
}
