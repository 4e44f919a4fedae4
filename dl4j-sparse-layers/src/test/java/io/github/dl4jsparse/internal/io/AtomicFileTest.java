package io.github.dl4jsparse.internal.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"cold", "warm"})
    void writesInAShutdownHook(String start) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("a.txt"), "old");
        ChildJvm child = ChildJvm.run(List.of(), WriterInAHook.class, file.toString(), start);
        assertEquals(3, child.status(), child.printed());
        assertEquals("from the hook", Files.readString(file), child.printed());
        assertEquals(List.of("a.txt"), names());
    }

    /** Writes when it is told to end, and maybe before. */
    static final class WriterInAHook {
        public static void main(String[] args) throws IOException {
            Path file = Path.of(args[0]);
            if (args[1].equals("warm")) {
                AtomicFile.write(file, out -> out.write(1));
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    // the hook of AtomicFile has had its turn
                    Thread.sleep(300);
                    AtomicFile.write(file, out -> out.write(bytes("from the hook")));
                } catch (IOException | InterruptedException e) {
                    e.printStackTrace();
                }
            }));
            System.exit(3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesNothingOfAWriteThatTheEndCutsOff(boolean begunInTime) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("a.txt"), "old");
        ChildJvm child = ChildJvm.run(List.of(), CutOff.class, file.toString(), String.valueOf(begunInTime));
        assertEquals(3, child.status(), child.printed());
        assertTrue(child.printed().contains("begun"), child.printed());
        assertEquals(List.of("a.txt"), names(), child.printed());
        assertEquals("old", Files.readString(file));
    }

    /** Never ends a write that it begins before or after it is told to end. */
    static final class CutOff {
        public static void main(String[] args) throws InterruptedException {
            Path file = Path.of(args[0]);
            CountDownLatch begun = new CountDownLatch(1);
            Thread writer = new Thread(() -> {
                try {
                    AtomicFile.write(file, out -> {
                        out.write(new byte[1 << 17]);
                        System.out.println("begun");
                        begun.countDown();
                        LockSupport.park();
                    });
                } catch (IOException e) {
                    System.out.println(e.getMessage());
                }
            });
            writer.setDaemon(true);
            if (Boolean.parseBoolean(args[1])) {
                writer.start();
                begun.await();
            } else {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    writer.start();
                    try {
                        begun.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
            }
            System.exit(3);
        }
    }
}
