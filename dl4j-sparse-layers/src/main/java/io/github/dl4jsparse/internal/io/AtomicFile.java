package io.github.dl4jsparse.internal.io;

import io.github.dl4jsparse.internal.check.Args;
import java.io.BufferedOutputStream;
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
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a file atomically: a reader sees the old content or the new, never a part of the new.
 * <p>The content goes to a temporary file in the same directory, is forced to the disk, and replaces the target in one
 * atomic move. When writing fails, or the virtual machine ends meanwhile, the temporary file is deleted and the target
 * is not changed. Files can be written while the virtual machine ends, from a shutdown hook too.
 * <p>A symbolic link stays one: the file that it leads to is replaced. The new file has the mode of the old one, its owner
 * and group where the user may give it away, Windows' access lists and the user's own attributes; the access lists of
 * Linux are not accessible from Java and are lost. Targets that can't be replaced are refused: directories, pipes and
 * devices, files without permission to write, and files with further hard links, which would keep the old content.
 */
public final class AtomicFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Unfinished UNFINISHED = new Unfinished();

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(UNFINISHED::end, "delete unfinished files"));
        } catch (IllegalStateException ending) {
            UNFINISHED.end();
        }
    }

    private AtomicFile() {}

    /** The content of a file. */
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
        Args.given("target", target);
        try {
            TargetFile file = TargetFile.of(target);
            // short, as a directory takes names of up to 255 bytes
            Path temporary = file.path().resolveSibling("." + UUID.randomUUID() + ".tmp");
            try {
                fill(temporary, file.replaces(), content);
                file.handOn(temporary);
                Files.move(temporary, file.path(), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                // ignores its own failure, which would hide the first one
                temporary.toFile().delete();
                UNFINISHED.remove(temporary);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new IOException("cannot write " + target + ": " + reason(e), e);
        }
    }

    private static void fill(Path temporary, boolean secret, Content content) throws IOException {
        try (FileChannel channel = UNFINISHED.open(temporary, secret)) {
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

    /**
     * The temporary files that are being written. Those that still exist after the shutdown hooks of the virtual
     * machine are deleted.
     */
    private static final class Unfinished {
        private final Set<Path> files = new HashSet<>();
        private boolean ending;

        /** @param secret whether other users may not read it before it has the mode of the file that it replaces */
        synchronized FileChannel open(Path file, boolean secret) throws IOException {
            if (ending) {
                deleteAtTheEnd(file);
            }
            files.add(file);
            Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return secret && file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    ? FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                    : FileChannel.open(file, options);
        }

        private static void deleteAtTheEnd(Path file) throws IOException {
            try {
                file.toFile().deleteOnExit();
            } catch (IllegalStateException e) {
                throw new IOException("the program has ended", e);
            }
        }

        synchronized void remove(Path file) {
            files.remove(file);
        }

        synchronized void end() {
            ending = true;
            // after all hooks, which may still finish them
            files.forEach(file -> file.toFile().deleteOnExit());
        }
    }
}
