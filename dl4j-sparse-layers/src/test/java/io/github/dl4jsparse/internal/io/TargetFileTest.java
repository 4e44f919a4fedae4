package io.github.dl4jsparse.internal.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The attributes of a file that are kept when {@link AtomicFile} replaces it, on Linux file systems. */
class TargetFileTest {
    @TempDir
    Path directory;

    private Path old;

    @BeforeEach
    void writeAnOldFile() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("unix"));
        old = Files.writeString(directory.resolve("old.txt"), "old");
    }

    private static void write(Path file) throws IOException {
        AtomicFile.write(file, out -> out.write("new".getBytes(StandardCharsets.UTF_8)));
    }

    private static String refusal(Path file) {
        String message = assertThrows(IOException.class, () -> write(file)).getMessage();
        assertTrue(message.startsWith("cannot write " + file + ": "), message);
        return message;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-r-----", "rw-rw-rw-", "rwxr-x--x"})
    void theModeStays(String mode) throws IOException {
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString(mode));
        write(old);
        assertEquals("new", Files.readString(old));
        assertEquals(mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(old)));
    }

    @Test
    void nobodyElseMayReadThePartsOfAPrivateFile() throws IOException {
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-------"));
        AtomicFile.write(old, out -> {
            try (Stream<Path> files = Files.list(directory)) {
                Path part = files.filter(file -> !file.equals(old)).findFirst().orElseThrow();
                Set<PosixFilePermission> mode = Files.getPosixFilePermissions(part);
                assertEquals("rw-------", PosixFilePermissions.toString(mode));
            }
        });
    }

    @Test
    void ownerAndGroupStayWhereTheUserMayGiveFilesAway() throws IOException {
        assumeTrue((int) Files.getAttribute(old, "unix:uid") == 0, "only root may");
        Files.setAttribute(old, "unix:uid", 1234);
        Files.setAttribute(old, "unix:gid", 2345);
        Files.setAttribute(old, "unix:mode", 02640);
        write(old);
        assertEquals(1234, Files.getAttribute(old, "unix:uid"));
        assertEquals(2345, Files.getAttribute(old, "unix:gid"));
        assertEquals(02640, (int) Files.getAttribute(old, "unix:mode") & 07777);
    }

    @Test
    void theUsersOwnAttributesStay() throws IOException {
        assumeTrue(Files.getFileStore(old).supportsFileAttributeView(UserDefinedFileAttributeView.class));
        ByteBuffer value = ByteBuffer.wrap(new byte[] {1, 2, 3});
        Files.getFileAttributeView(old, UserDefinedFileAttributeView.class).write("origin", value);
        write(old);
        UserDefinedFileAttributeView now = Files.getFileAttributeView(old, UserDefinedFileAttributeView.class);
        ByteBuffer kept = ByteBuffer.allocate(now.size("origin"));
        now.read("origin", kept);
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), kept.flip());
    }

    @Test
    void symbolicLinksStayAndTheirFilesAreReplaced() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Path link = Files.createSymbolicLink(other.resolve("link"), Path.of("..", "old.txt"));
        Path linkToLink = Files.createSymbolicLink(directory.resolve("link2"), Path.of("other", "link"));
        write(linkToLink);
        assertTrue(Files.isSymbolicLink(link) && Files.isSymbolicLink(linkToLink));
        assertFalse(Files.isSymbolicLink(old));
        assertEquals("new", Files.readString(old));
        assertEquals(List.of("link2", "old.txt", "other"), names());
        Path linkedDirectory = Files.createSymbolicLink(directory.resolve("dir"), other);
        write(linkedDirectory.resolve("b.txt"));
        assertEquals("new", Files.readString(other.resolve("b.txt")));
    }

    @Test
    void aSymbolicLinkToNothingGetsItsFile() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("none"));
        write(link);
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(directory.resolve("none")));
        Path circle = Files.createSymbolicLink(directory.resolve("circle"), Path.of("circle"));
        assertTrue(refusal(circle).contains("form a circle"));
    }

    @Test
    void filesWithFurtherHardLinksAreRefused() throws IOException {
        Path second = Files.createLink(directory.resolve("second"), old);
        assertTrue(refusal(old).contains("must be the only hard link to its content"));
        assertTrue(refusal(old).endsWith("got 2 links: delete it before, or give another name"));
        assertEquals("old", Files.readString(second));
        assertEquals("old", Files.readString(old));
        Files.delete(second);
        write(old);
        assertEquals("new", Files.readString(old));
    }

    @Test
    void pipesAreRefused() throws Exception {
        Path pipe = directory.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        assertTrue(refusal(pipe).contains("it must be a regular file, got a pipe, a socket or a device"));
        assertFalse(Files.isRegularFile(pipe));
        Path link = Files.createSymbolicLink(directory.resolve("link"), pipe);
        assertTrue(refusal(link).contains("it must be a regular file"));
    }

    @Test
    void devicesAreRefused() {
        Path device = Path.of("/dev/full");
        assumeTrue(Files.exists(device));
        assertThrows(IOException.class, () -> TargetFile.of(device));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 213, 214, 255})
    void namesMayBeAsLongAsTheDirectoryTakes(int length) throws IOException {
        Path file = directory.resolve("a".repeat(length));
        write(file);
        write(file);
        assertEquals("new", Files.readString(file));
    }

    @Test
    void aFileThatMustNotBeWrittenIsNotReplaced() throws IOException {
        assumeTrue((int) Files.getAttribute(old, "unix:uid") != 0, "root may write everything");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("r--r--r--"));
        assertTrue(refusal(old).endsWith(": permission denied"));
    }
}
