package io.github.dl4jsparse.model;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.NetKind;
import io.github.dl4jsparse.internal.io.ArrayBytes;
import io.github.dl4jsparse.internal.io.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
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
 * {@link Reader} may allow further types.
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
    public static Reader reader() {
        return Reader.STANDARD;
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

    /**
     * Reads files of {@link ModelFile}, and creates objects of known types only.
     * <p>Known are the types of this library, of DL4J and of ND4J, and those that {@link #allow} names: layers, activations or
     * normalisers of your own. A class of another name is neither loaded nor initialised. Nothing is read by Java's
     * serialisation. An entry that unpacks to more than its announced size, or holds more elements than the configuration
     * has parameters, is refused. Immutable, for any number of threads.
     * <p>Errors: an {@code IOException} that names the file, the rule and what was found.
     */
    public static final class Reader {
        static final Reader STANDARD = new Reader(KnownTypes.STANDARD);

        private final KnownTypes types;

        private Reader(KnownTypes types) {
            this.types = types;
        }

        /**
         * A reader that also creates objects of these types, whose code is then run.
         *
         * @param trusted exactly these classes, without their subclasses
         */
        public Reader allow(Class<?>... trusted) {
            return new Reader(types.and(Args.given("trusted", trusted)));
        }

        /**
         * Restores a {@code MultiLayerNetwork} with the state of its updater.
         *
         * @throws IOException if the file is not as it was saved, or holds types that are not allowed
         */
        public MultiLayerNetwork restoreNetwork(Path file) throws IOException {
            return restore(
                    file, NetKind.STACK, "a MultiLayerNetwork, got another model: ModelFile.restoreGraph reads graphs");
        }

        /**
         * Restores a {@code ComputationGraph} with the state of its updater.
         *
         * @throws IOException if the file is not as it was saved, or holds types that are not allowed
         */
        public ComputationGraph restoreGraph(Path file) throws IOException {
            return restore(
                    file,
                    NetKind.GRAPH,
                    "a ComputationGraph, got another model: ModelFile.restoreNetwork reads networks");
        }

        /**
         * Restores a network of either kind, with the state of its updater.
         *
         * @return a {@code MultiLayerNetwork} or a {@code ComputationGraph}
         * @throws IOException if the file is not as it was saved, or holds types that are not allowed
         */
        public Model restoreModel(Path file) throws IOException {
            boolean isStack = read(
                    file,
                    archive -> KnownTypes.has(
                            archive.bytes(ModelSerializer.CONFIGURATION_JSON), NetKind.STACK.property()));
            return isStack ? restoreNetwork(file) : restoreGraph(file);
        }

        /** @param otherwise the error text for a file of another kind: what it must hold, and which method reads it */
        private <C, M extends Model & NeuralNetwork> M restore(Path file, NetKind<C, M> kind, String otherwise)
                throws IOException {
            return read(file, archive -> {
                byte[] json = archive.bytes(ModelSerializer.CONFIGURATION_JSON);
                if (!KnownTypes.has(json, kind.property())) {
                    throw new IOException("it must hold " + otherwise);
                }
                C conf = types.read(json, kind.configuration());
                Net<M> net = kind.network(conf, params(archive, kind.parameters(conf)));
                if (archive.has(ModelSerializer.UPDATER_BIN)) {
                    Updater updater = net.updater(true);
                    updater.setStateViewArray(null, state(archive, updater.getStateViewArray()), false);
                }
                return net.model();
            });
        }

        /**
         * Restores the normaliser that was saved with a network; empty if there was none.
         *
         * @throws IOException if the file is not as it was saved, or holds types that are not allowed
         */
        public Optional<Normalizer<?>> restoreNormalizer(Path file) throws IOException {
            return read(
                    file,
                    archive -> archive.has(ModelSerializer.NORMALIZER_BIN)
                            ? Optional.of(NormalizerBytes.read(archive.bytes(ModelSerializer.NORMALIZER_BIN), types))
                            : Optional.empty());
        }

        /**
         * Restores further content that was saved with a network.
         *
         * @return content by key; keys without content are missing
         * @throws IOException if the file is not as it was saved, or holds an object that Java serialised under a key
         */
        public Map<String, byte[]> restoreBytes(Path file, String... keys) throws IOException {
            List.of(Args.given("keys", keys)).forEach(ModelArchive::requireKey);
            return read(file, archive -> {
                Map<String, byte[]> found = new HashMap<>();
                for (String key : keys) {
                    if (archive.has("objects/" + key)) {
                        throw new IOException(
                                "content \"" + key + "\" must be plain bytes, got an object that Java serialised,"
                                        + " of an earlier version or by DL4J's addObjectToFile: reading it could run code of the"
                                        + " file's choice; the network beside it can be read");
                    }
                    if (archive.has(ModelEntries.BYTES + key)) {
                        found.put(key, archive.bytes(ModelEntries.BYTES + key));
                    }
                }
                return found;
            });
        }

        /** An operation on an archive. */
        private interface Work<T> {
            T with(ModelArchive archive) throws IOException, ReflectiveOperationException;
        }

        private static <T> T read(Path file, Work<T> work) throws IOException {
            ModelFile.verify(file);
            try (ModelArchive archive = new ModelArchive(file)) {
                return work.with(archive);
            } catch (IOException | ReflectiveOperationException | RuntimeException e) {
                throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }

        /** @param expected number of parameters of the configuration */
        private static INDArray params(ModelArchive archive, long expected) throws IOException {
            if (archive.has(ModelSerializer.NO_PARAMS_MARKER) && archive.size(ModelSerializer.COEFFICIENTS_BIN) == 0) {
                return null;
            }
            return array(archive, ModelSerializer.COEFFICIENTS_BIN, expected);
        }

        private static INDArray state(ModelArchive archive, INDArray own) throws IOException {
            return array(archive, ModelSerializer.UPDATER_BIN, own == null ? 0 : own.length());
        }

        private static INDArray array(ModelArchive archive, String name, long expected) throws IOException {
            long size = archive.size(name);
            // double is the longest type; the header holds a shape and names of types
            long most = ArrayBytes.LONGEST_HEADER + Double.BYTES * expected;
            if (size == 0 || size > most) {
                throw new IOException("\"" + name + "\" must hold the " + expected
                        + " numbers that the configuration asks for," + " got " + size + " bytes");
            }
            try (InputStream in = archive.stream(name)) {
                INDArray array = ArrayBytes.read(in, size);
                if (array.length() != expected || !array.isRowVector() && expected > 1) {
                    throw new IOException("\"" + name + "\" must hold the " + expected
                            + " numbers that the configuration asks for in a row, got "
                            + Arrays.toString(array.shape()));
                }
                return array;
            }
        }
    }
}
