package io.github.dl4jsparse.examples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Runs the program in a virtual machine of its own and stops it from outside, as Ctrl-C (INT) and a system that shuts down
 * (TERM) do: {@code --out} then holds whole files or none.
 */
class InterruptedRunTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final byte[] OLD = {1, 2, 3};

    @TempDir
    Path directory;

    private Path results;
    private Path log;

    private Process start(String... arguments) throws IOException {
        results = Files.createDirectory(directory.resolve("results"));
        log = directory.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SparseCommand.class.getName(),
                "drsae",
                "--force",
                "--out",
                results.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void await(Process process, String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(process.isAlive(), "the program ended before " + what);
            assertTrue(System.nanoTime() < end, "waited too long for " + what);
            Thread.sleep(2);
        }
    }

    private String printed() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A process that a shell started in the background ignores INT, and so do its children. */
    private static void assumeHandled(Process process, int number) throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        assumeTrue(Files.isReadable(status), "signals are sent and looked up on Linux only");
        String handled = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigCgt:"))
                .map(line -> line.substring("SigCgt:".length()).strip())
                .findFirst()
                .orElse("0");
        assumeTrue((Long.parseUnsignedLong(handled, 16) >> (number - 1) & 1) == 1, "signal " + number + " is ignored");
    }

    private static void stop(Process process, String signal, int number) throws IOException, InterruptedException {
        assumeHandled(process, number);
        Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
        assertEquals(0, kill.waitFor());
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the program ends");
        assertEquals(128 + number, process.exitValue());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(results)) {
            return files.sorted().toList();
        }
    }

    /** Whether there is a temporary file that is larger than any but that of the network. */
    private boolean isSaving() {
        try {
            for (Path file : files()) {
                if (file.getFileName().toString().endsWith(".tmp") && Files.size(file) > 1 << 20) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 2", "TERM, 15"})
    void stoppedInTrainingItLeavesWhatWasThere(String signal, int number) throws IOException, InterruptedException {
        Process process = start("--epochs", "100", "--pretrain-epochs", "1");
        try {
            Files.write(results.resolve("network.zip"), OLD);
            await(process, "joint training", () -> printed().contains("with labels, epoch 1 of"));
            stop(process, signal, number);
            assertEquals(List.of(results.resolve("network.zip")), files(), "no file is begun before the training ends");
            assertArrayEquals(OLD, Files.readAllBytes(results.resolve("network.zip")));
            assertFalse(printed().contains("Test error"), printed());
        } finally {
            process.destroyForcibly();
        }
    }

    /** A network of ten million numbers takes long enough to save for the signal to arrive meanwhile. */
    @ParameterizedTest
    @CsvSource({"INT, 2", "TERM, 15"})
    void stoppedWhileSavingItLeavesWholeFiles(String signal, int number) throws IOException, InterruptedException {
        Process process = start(
                "--units", "3000", "--iterations", "2", "--batch", "1150", "--epochs", "1", "--pretrain-epochs", "0");
        try {
            Files.write(results.resolve("network.zip"), OLD);
            await(process, "saving", this::isSaving);
            stop(process, signal, number);
            for (Path file : files()) {
                assertWhole(file);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static void assertWhole(Path file) throws IOException {
        switch (file.getFileName().toString()) {
            case "manifest.json" ->
                assertTrue(
                        new ObjectMapper().readTree(file.toFile()).path("files").isArray());
            case "network.zip" -> {
                if (Files.size(file) != OLD.length) {
                    assertEquals(
                            3000,
                            ModelSerializer.restoreMultiLayerNetwork(file.toFile())
                                    .layerSize(0));
                }
            }
            case "result.json" ->
                assertTrue(new ObjectMapper().readTree(file.toFile()).has("testError"));
            case "filters.png", "losses.png", "units.png", "progressive.png" ->
                assertNotNull(ImageIO.read(file.toFile()));
            case "report.html", "training.html" ->
                assertTrue(Files.readString(file).endsWith("</html>\n"), "whole");
            default -> throw new AssertionError("left behind: " + file.getFileName());
        }
    }

    /** Without a signal the same run ends well, so that the tests above stop something that works. */
    @Test
    void leftAloneItSaves() throws IOException, InterruptedException {
        Process process = start("--units", "10", "--iterations", "2", "--epochs", "1", "--pretrain-epochs", "0");
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the program ends");
        assertEquals(0, process.exitValue(), printed());
        assertEquals(9, files().size());
    }
}
