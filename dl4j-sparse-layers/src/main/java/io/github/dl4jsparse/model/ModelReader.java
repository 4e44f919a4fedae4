package io.github.dl4jsparse.model;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.NetKind;
import io.github.dl4jsparse.internal.io.ArrayBytes;
import java.io.IOException;
import java.io.InputStream;
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
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;

/**
 * Reads files of {@link ModelFile}, and creates objects of known types only.
 * <p>Known are the types of this library, of DL4J and of ND4J, and those that {@link #allow} names: layers, activations or
 * normalisers of your own. A class of another name is neither loaded nor initialised. Nothing is read by Java's
 * serialisation. An entry that unpacks to more than its announced size, or holds more elements than the configuration
 * has parameters, is refused. Immutable, for any number of threads.
 * <p>Errors: an {@code IOException} that names the file, the rule and what was found.
 */
public final class ModelReader {
    static final ModelReader STANDARD = new ModelReader(KnownTypes.STANDARD);

    private final KnownTypes types;

    private ModelReader(KnownTypes types) {
        this.types = types;
    }

    /**
     * A reader that also creates objects of these types, whose code is then run.
     *
     * @param trusted exactly these classes, without their subclasses
     */
    public ModelReader allow(Class<?>... trusted) {
        return new ModelReader(types.and(Args.given("trusted", trusted)));
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
                file, NetKind.GRAPH, "a ComputationGraph, got another model: ModelFile.restoreNetwork reads networks");
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
                archive -> KnownTypes.has(archive.bytes(ModelSerializer.CONFIGURATION_JSON), NetKind.STACK.property()));
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
