package io.github.dl4jsparse.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesAndReplaces() throws IOException {
        Path file = directory.resolve("a.txt");
        AtomicFile.write(file, out -> out.write(bytes("one")));
        AtomicFile.write(file, out -> {
            out.write(bytes("two"));
            out.write('!');
            out.close();
        });
        assertEquals("two!", Files.readString(file));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void keepsTheOldFileWhileTheNewOneIsWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("a.txt"), "old");
        AtomicFile.write(file, out -> {
            out.write(new byte[1 << 20]);
            assertEquals("old", Files.readString(file));
        });
        assertEquals(1 << 20, Files.size(file));
    }

    @Test
    void leavesNothingBehindAfterAFailure() throws IOException {
        Path file = Files.writeString(directory.resolve("a.txt"), "old");
        IOException full = new IOException("No space left on device");
        IOException thrown = assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write(bytes("half of it"));
                    throw full;
                }));
        assertEquals("cannot write " + file + ": No space left on device", thrown.getMessage());
        assertSame(full, thrown.getCause());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void passesProgrammingErrorsOnAndCleansUp() throws IOException {
        IllegalStateException error = new IllegalStateException("bug");
        Path file = directory.resolve("a.txt");
        assertSame(
                error,
                assertThrows(
                        IllegalStateException.class,
                        () -> AtomicFile.write(file, out -> {
                            throw error;
                        })));
        assertEquals(List.of(), names());
    }

    @Test
    void unwrapsUncheckedFailures() {
        Path file = directory.resolve("a.txt");
        IOException thrown = assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, out -> {
                    throw new UncheckedIOException(new IOException((String) null));
                }));
        assertEquals("cannot write " + file + ": IOException", thrown.getMessage());
    }

    @Test
    void namesTheFileWhoseDirectoryIsMissing() {
        Path file = directory.resolve("missing").resolve("a.txt");
        IOException thrown = assertThrows(IOException.class, () -> AtomicFile.write(file, out -> out.write(1)));
        assertEquals("cannot write " + file + ": its directory does not exist", thrown.getMessage());
    }

    @Test
    void refusesADirectoryAndAFileInAFile() throws IOException {
        IOException isDirectory =
                assertThrows(IOException.class, () -> AtomicFile.write(directory, out -> out.write(1)));
        assertEquals("cannot write " + directory + ": it is a directory", isDirectory.getMessage());
        Path inFile = Files.writeString(directory.resolve("file"), "").resolve("a.txt");
        IOException thrown = assertThrows(IOException.class, () -> AtomicFile.write(inFile, out -> out.write(1)));
        assertTrue(thrown.getMessage().startsWith("cannot write " + inFile + ": "), thrown.getMessage());
    }

    @Test
    void beginsNoFileOnceTheVirtualMachineEnds() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("a.txt"), "old");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndingChild.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(3, child.waitFor(), printed);
        assertEquals(List.of("a.txt"), names(), printed);
        assertEquals("old", Files.readString(file));
        assertTrue(printed.contains("first: cannot write " + file), printed);
        assertTrue(printed.contains("second: cannot write " + file + ": the program is ending"), printed);
    }

    /** Is told to end while it writes a file, and tries to write another. */
    static final class EndingChild {
        public static void main(String[] args) {
            Thread writer = Thread.currentThread();
            // the virtual machine waits for its hooks, and so for the writer
            Runtime.getRuntime().addShutdownHook(new Thread(() -> join(writer)));
            Path file = Path.of(args[0]);
            attempt("first", file, out -> {
                out.write(1);
                new Thread(() -> System.exit(3)).start();
                while (file.getParent().toFile().list().length > 1) {
                    Thread.onSpinWait();
                }
            });
            attempt("second", file, out -> out.write(2));
        }

        private static void attempt(String name, Path file, AtomicFile.Content content) {
            try {
                AtomicFile.write(file, content);
                System.out.println(name + ": written");
            } catch (IOException e) {
                System.out.println(name + ": " + e.getMessage());
            }
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
