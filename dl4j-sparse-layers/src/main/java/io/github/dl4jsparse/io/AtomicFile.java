package io.github.dl4jsparse.io;

import io.github.dl4jsparse.check.Args;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a file whole or not at all: a reader sees the old content or the new, never a part of the new.
 * <p>The content goes to a temporary file in the same directory, is forced to the disk, and replaces the target in one
 * atomic move. When writing fails, or the virtual machine is asked to end meanwhile, the temporary file is deleted and
 * the target stays as it was; from then on no file is begun. A target that is a symbolic link is replaced, not followed.
 */
public final class AtomicFile {
    private static final Unfinished UNFINISHED = new Unfinished();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(UNFINISHED::end, "delete unfinished files"));
    }

    private AtomicFile() {}

    /** What a file is to hold. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it; the stream need not be closed, and may be. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file, replacing it where it exists.
     *
     * @param target  in a directory that exists
     * @param content called once
     * @throws IOException if the file can't be written; the message names it and says why
     */
    public static void write(Path target, Content content) throws IOException {
        Args.given("content", content);
        Path file = Args.given("target", target).toAbsolutePath().normalize();
        if (file.getFileName() == null || Files.isDirectory(file)) {
            throw new IOException("cannot write " + target + ": it is a directory");
        }
        if (!Files.isDirectory(file.getParent())) {
            throw new IOException("cannot write " + target + ": its directory does not exist");
        }
        Path temporary = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            fill(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | UncheckedIOException e) {
            throw new IOException("cannot write " + target + ": " + reason(e), e);
        } finally {
            // tells no failure of its own: it would hide the first one
            temporary.toFile().delete();
            UNFINISHED.remove(temporary);
        }
    }

    private static void fill(Path temporary, Content content) throws IOException {
        try (FileChannel channel = UNFINISHED.open(temporary)) {
            OutputStream buffer = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            content.writeTo(new StaysOpen(buffer));
            buffer.flush();
            channel.force(true);
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        String text = cause instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason()
                : cause.getMessage();
        return text == null ? cause.getClass().getSimpleName() : text;
    }

    /** The temporary files being written now; once the virtual machine ends, they go and no other begins. */
    private static final class Unfinished {
        private final Set<Path> files = new HashSet<>();
        private boolean ending;

        synchronized FileChannel open(Path file) throws IOException {
            if (ending) {
                throw new IOException("the program is ending");
            }
            files.add(file);
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        synchronized void remove(Path file) {
            files.remove(file);
        }

        synchronized void end() {
            ending = true;
            files.forEach(file -> file.toFile().delete());
        }
    }

    /** Passes writes on and turns closing into flushing: a zip writer closes what it is given, before it is forced. */
    private static final class StaysOpen extends FilterOutputStream {
        StaysOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
