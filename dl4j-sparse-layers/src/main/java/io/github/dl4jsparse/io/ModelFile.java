package io.github.dl4jsparse.io;

import io.github.dl4jsparse.check.Args;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;

/**
 * Saves networks so that a damaged file is never taken for a sound one.
 * <p>A file is what DL4J's {@code ModelSerializer} writes - configuration, parameters, state of the updater, normaliser -
 * with the zip archive's comment as a seal: the version of this format, and the SHA-256 of every byte before it. DL4J reads
 * such files as its own, without a look at the seal; a file that DL4J's {@code addObjectToFile} has changed has none any more.
 * <p>Files appear whole or not at all, as {@link AtomicFile} says. The methods that read throw an {@code IOException} that
 * names the file, the rule and what was found, unless every byte is as it was written.
 */
public final class ModelFile {
    private static final String NAME = "dl4j-sparse-layers model";
    private static final int FORMAT = 1;
    private static final Pattern SEAL = Pattern.compile(NAME + " format (\\d{4}) sha256 ([0-9a-f]{64})");
    private static final int HASH_LENGTH = 64;
    private static final String HEAD = head();
    private static final int SEAL_LENGTH = HEAD.length() + HASH_LENGTH;
    private static final int LENGTH_FIELD = 2;

    private ModelFile() {}

    /**
     * Saves a network with the state of its updater.
     *
     * @throws IOException if the file can't be written; an older one stays as it was
     */
    public static void save(Path file, Model net) throws IOException {
        write(file, net, plain -> {});
    }

    /**
     * Saves a network with the state of its updater and the normaliser of its data.
     *
     * @throws IOException if the file can't be written; an older one stays as it was
     */
    public static void save(Path file, Model net, DataNormalization normalizer) throws IOException {
        Args.given("normalizer", normalizer);
        // writeModel with a normaliser closes its stream before it ends the archive, and fails
        write(file, net, plain -> ModelSerializer.addNormalizerToModel(plain, normalizer));
    }

    /**
     * Saves a network with the state of its updater and an object that {@code ModelSerializer.getObjectFromFile} reads.
     *
     * @param key of the object
     * @throws IOException if the file can't be written; an older one stays as it was
     */
    public static void save(Path file, Model net, String key, Serializable object) throws IOException {
        Args.given("key", key);
        Args.given("object", object);
        write(file, net, plain -> ModelSerializer.addObjectToFile(plain, key, object));
    }

    private static void write(Path file, Model net, Consumer<File> addition) throws IOException {
        Args.given("file", file);
        Args.given("net", net);
        // DL4J closes the streams that it writes to, and adds entries to files only
        Path plain = Files.createTempFile("model", ".zip");
        try {
            ModelSerializer.writeModel(net, plain.toFile(), true);
            addition.accept(plain.toFile());
            seal(plain, file);
        } finally {
            Files.delete(plain);
        }
    }

    /**
     * Restores a {@code MultiLayerNetwork} with the state of its updater.
     *
     * @throws IOException if the file is not as it was saved
     */
    public static MultiLayerNetwork restoreNetwork(Path file) throws IOException {
        verify(file);
        return ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true);
    }

    /**
     * Restores a {@code ComputationGraph} with the state of its updater.
     *
     * @throws IOException if the file is not as it was saved
     */
    public static ComputationGraph restoreGraph(Path file) throws IOException {
        verify(file);
        return ModelSerializer.restoreComputationGraph(file.toFile(), true);
    }

    /**
     * Restores the normaliser that was saved with a network; empty if there was none.
     *
     * @throws IOException if the file is not as it was saved
     */
    public static Optional<Normalizer<?>> restoreNormalizer(Path file) throws IOException {
        verify(file);
        return Optional.ofNullable(ModelSerializer.restoreNormalizerFromFile(file.toFile()));
    }

    /**
     * Requires a file to be as it was saved, and of this format.
     *
     * @throws IOException if it is not; the message names the file, the rule and what was found
     */
    public static void verify(Path file) throws IOException {
        if (!Files.isRegularFile(Args.given("file", file))) {
            throw new IOException("cannot read " + file + ": it must be a file, got "
                    + (Files.exists(file) ? "another kind of entry" : "none of this name"));
        }
        long size = Files.size(file);
        MessageDigest digest = sha256();
        String seal = "";
        if (size >= SEAL_LENGTH) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                copy(in, OutputStream.nullOutputStream(), digest, size - SEAL_LENGTH);
                byte[] end = in.readNBytes(SEAL_LENGTH);
                digest.update(end, 0, Math.max(0, end.length - HASH_LENGTH));
                seal = new String(end, StandardCharsets.ISO_8859_1);
            }
        }
        Matcher found = SEAL.matcher(seal);
        if (!found.matches()) {
            throw new IOException("cannot read " + file + ": a model file must end with the seal of its content, got "
                    + size + " bytes that end without one: it was cut, damaged, or not written by ModelFile"
                    + " (org.deeplearning4j.util.ModelSerializer reads DL4J's own files, unchecked)");
        }
        int format = Integer.parseInt(found.group(1));
        if (format != FORMAT) {
            throw new IOException("cannot read " + file + ": its format must be " + FORMAT + ", got " + format
                    + ": it was damaged, or written by another version");
        }
        String hash = hex(digest);
        if (!hash.equals(found.group(2))) {
            throw new IOException("cannot read " + file + ": the SHA-256 of its content must be " + found.group(2)
                    + ", got " + hash + ": it was damaged");
        }
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
        MessageDigest digest = sha256();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(plain), 1 << 16)) {
            copy(in, out, digest, Files.size(plain) - LENGTH_FIELD);
            if (in.read() != 0 || in.read() != 0) {
                throw new IOException("a model must be a zip archive without a comment, got another end");
            }
        }
        byte[] head = HEAD.getBytes(StandardCharsets.US_ASCII);
        byte[] length = {(byte) SEAL_LENGTH, (byte) (SEAL_LENGTH >> Byte.SIZE)};
        digest.update(length);
        digest.update(head);
        out.write(length);
        out.write(head);
        out.write(hex(digest).getBytes(StandardCharsets.US_ASCII));
    }

    private static void copy(InputStream in, OutputStream out, MessageDigest digest, long bytes) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = bytes;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            digest.update(buffer, 0, read);
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    private static String head() {
        String digits = String.valueOf(FORMAT);
        return NAME + " format " + "0".repeat(4 - digits.length()) + digits + " sha256 ";
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
