package io.github.dl4jsparse.model;

import io.github.dl4jsparse.internal.check.Args;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.util.ModelSerializer;

/**
 * The entries of a model file, each read up to its announced size.
 * <p>Nothing is unpacked to a disk. An entry that unpacks to more or less than its size in the archive's directory is
 * refused, and so is one whose size exceeds the largest compression ratio.
 */
final class ModelArchive implements Closeable {
    /** The size up to which an entry is allowed at any compression ratio. */
    static final long ALWAYS_ALLOWED = 256L << 20;

    private static final int USUAL_RATIO = 100;
    /** The largest compression ratio of deflate: 258 bytes in two bits. */
    private static final int LARGEST_RATIO = 1032;
    /** The least number of bytes of a packed entry. */
    private static final int OVERHEAD = 64;

    private static final int MOST_ENTRIES = 1000;
    private static final Pattern KEY = Pattern.compile("[\\w-][\\w.-]{0,199}");
    private static final Set<String> OF_DL4J = Set.of(
            ModelSerializer.CONFIGURATION_JSON,
            ModelSerializer.COEFFICIENTS_BIN,
            ModelSerializer.UPDATER_BIN,
            ModelSerializer.NORMALIZER_BIN,
            ModelSerializer.NO_PARAMS_MARKER,
            ModelSerializer.PREPROCESSOR_BIN);

    private final ZipFile zip;

    /** @throws IOException if it is no archive of a model; the message says why, without the name of the file */
    ModelArchive(Path file) throws IOException {
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new IOException("it must be a zip archive, got one that can't be read: " + e.getMessage(), e);
        }
        try {
            checkEntries();
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    private void checkEntries() throws IOException {
        if (zip.size() > MOST_ENTRIES) {
            throw refusal("at most " + MOST_ENTRIES + " entries", zip.size());
        }
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName();
            int slash = name.indexOf('/');
            boolean known = slash < 0
                    ? OF_DL4J.contains(name)
                    : Set.of("objects", "bytes").contains(name.substring(0, slash));
            if (!known || name.contains("..") || name.contains("\\") || entry.isDirectory()) {
                throw refusal("entries of a model only", "\"" + name + "\"");
            }
            if (!names.add(name)) {
                throw refusal("each entry once", "\"" + name + "\" twice");
            }
            if (entry.getSize() / LARGEST_RATIO > entry.getCompressedSize() + OVERHEAD) {
                throw refusal(
                        "entries that can unpack to the size that they announce",
                        "\"" + name + "\" of " + entry.getSize() + " bytes in " + entry.getCompressedSize());
            }
        }
        if (names.contains(ModelSerializer.PREPROCESSOR_BIN)) {
            throw refusal(
                    "no object that Java serialised, as reading one runs code of the file's choice",
                    "\"" + ModelSerializer.PREPROCESSOR_BIN + "\": save a normaliser instead");
        }
    }

    static void requireKey(String key) {
        if (!KEY.matcher(Args.given("key", key)).matches()) {
            throw Args.failure("key", "of letters, digits, dots, hyphens and underscores", "\"" + key + "\"");
        }
    }

    boolean has(String name) {
        return zip.getEntry(name) != null;
    }

    /** The announced size of an entry; 0 if there is no such entry. */
    long size(String name) {
        ZipEntry entry = zip.getEntry(name);
        return entry == null ? 0 : entry.getSize();
    }

    /** The content of an entry whose size does not follow from the configuration. */
    byte[] bytes(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw refusal("an archive with the entry \"" + name + "\"", "none");
        }
        long most = Math.max(ALWAYS_ALLOWED, USUAL_RATIO * entry.getCompressedSize());
        if (entry.getSize() > Math.min(most, Integer.MAX_VALUE - 8)) {
            throw refusal(
                    "entries of at most " + (ALWAYS_ALLOWED >> 20) + " MiB, or " + USUAL_RATIO
                            + " times their packed size",
                    "\"" + name + "\" of " + entry.getSize() + " bytes in " + entry.getCompressedSize());
        }
        try (InputStream in = stream(name)) {
            return in.readAllBytes();
        }
    }

    /** The content of an entry; it ends with an exception where it is longer or shorter than announced. */
    InputStream stream(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        return new Exact(zip.getInputStream(entry), name, entry.getSize());
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static IOException refusal(String rule, Object got) {
        return new IOException("it must have " + rule + ", got " + got);
    }

    private static final class Exact extends FilterInputStream {
        private final String name;
        private final long size;
        private long left;

        Exact(InputStream in, String name, long size) {
            super(in);
            this.name = name;
            this.size = size;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            left -= Math.max(0, read);
            if (left < 0 || read < 0 && left > 0) {
                throw refusal(
                        "entries of the size that they announce",
                        "\"" + name + "\" of " + (left < 0 ? "more" : "fewer") + " than " + size + " bytes");
            }
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            return readNBytes((int) Math.min(count, 1 << 16)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
