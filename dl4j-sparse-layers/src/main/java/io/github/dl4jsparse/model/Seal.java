package io.github.dl4jsparse.model;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comment at the end of a model file: the version of its format, and the SHA-256 of every byte before. */
final class Seal {
    private static final String NAME = "dl4j-sparse-layers model";
    private static final int FORMAT = 1;
    private static final Pattern SEAL = Pattern.compile(NAME + " format (\\d{4}) sha256 ([0-9a-f]{64})");
    private static final int HASH_LENGTH = 64;
    private static final String HEAD = head();
    private static final int SEAL_LENGTH = HEAD.length() + HASH_LENGTH;

    private Seal() {}

    private static String head() {
        String digits = String.valueOf(FORMAT);
        return NAME + " format " + "0".repeat(4 - digits.length()) + digits + " sha256 ";
    }

    /** As {@link ModelFile#verify}. */
    static void verify(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("cannot read " + file + ": it must be a file, got "
                    + (Files.exists(file) ? "another kind of entry" : "none of this name"));
        }
        long size = Files.size(file);
        MessageDigest digest = sha256();
        String seal = "";
        if (size >= SEAL_LENGTH) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                digest(in, digest, size - SEAL_LENGTH);
                byte[] end = in.readNBytes(SEAL_LENGTH);
                digest.update(end, 0, Math.max(0, end.length - HASH_LENGTH));
                seal = new String(end, StandardCharsets.ISO_8859_1);
            }
        }
        Matcher found = SEAL.matcher(seal);
        if (!found.matches()) {
            throw new IOException(
                    "cannot read " + file + ": a model file must end with the seal of its content, got "
                            + size + " bytes that end without one: it was cut, damaged, or not written by ModelFile"
                            + " (ModelFile.seal(plain, file) seals a file of org.deeplearning4j.util.ModelSerializer's that you trust)");
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

    private static void digest(InputStream in, MessageDigest digest, long bytes) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = bytes;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            digest.update(buffer, 0, read);
            left -= read;
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Writes a zip archive without a comment, and adds the seal as its comment. */
    static final class Stream extends OutputStream {
        private final OutputStream out;
        private final MessageDigest digest = sha256();
        /** The last bytes so far, which may be the length of the comment. */
        private final byte[] held = new byte[2];

        private int count;

        /** @param out stays open */
        Stream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int passed = Math.max(0, count + length - held.length);
            int ofHeld = Math.min(passed, count);
            pass(held, 0, ofHeld);
            pass(bytes, offset, passed - ofHeld);
            System.arraycopy(held, ofHeld, held, 0, count - ofHeld);
            count -= ofHeld;
            int kept = length - (passed - ofHeld);
            System.arraycopy(bytes, offset + length - kept, held, count, kept);
            count += kept;
        }

        private void pass(byte[] bytes, int offset, int length) throws IOException {
            digest.update(bytes, offset, length);
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        /**
         * Writes the seal; nothing may follow.
         *
         * @throws IOException if what was written is no archive without a comment
         */
        void finish() throws IOException {
            if (count < held.length || held[0] != 0 || held[1] != 0) {
                throw new IOException("a model must be a zip archive without a comment, got another end");
            }
            byte[] length = {(byte) SEAL_LENGTH, (byte) (SEAL_LENGTH >> Byte.SIZE)};
            pass(length, 0, length.length);
            byte[] head = HEAD.getBytes(StandardCharsets.US_ASCII);
            pass(head, 0, head.length);
            out.write(hex(digest).getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
