package io.github.dl4jsparse.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeSettingsTest {
    private static final Optional<String> UNKNOWN = Optional.empty();

    private static String warning(int threads, String kernels, String best) {
        return NativeSettings.warning(threads, Optional.of(kernels), Optional.of(best))
                .orElse("");
    }

    @Test
    void saysNothingWhereAllIsWell() {
        assertEquals("", warning(1, "SkylakeX", "SkylakeX"));
        assertEquals("", warning(1, "Zen", "Haswell"));
        assertEquals(UNKNOWN, NativeSettings.warning(1, UNKNOWN, UNKNOWN));
    }

    @Test
    void saysNothingOfKernelsThatNothingIsBetterThan() {
        assertEquals(UNKNOWN, NativeSettings.warning(1, Optional.of("Prescott"), UNKNOWN));
    }

    @Test
    void namesTheLinesToSet() {
        String both = warning(16, "Prescott", "Haswell");
        assertTrue(both.contains("16 OpenMP threads"), both);
        assertTrue(both.contains("export OMP_NUM_THREADS=1" + System.lineSeparator()), both);
        assertTrue(both.endsWith("export OPENBLAS_CORETYPE=Haswell"), both);
        String threads = warning(2, "Haswell", "Haswell");
        assertTrue(threads.contains("OMP_NUM_THREADS=1"), threads);
        assertFalse(threads.contains("OPENBLAS_CORETYPE"), threads);
        String kernels = warning(1, "Prescott", "SkylakeX");
        assertTrue(kernels.contains("OPENBLAS_CORETYPE=SkylakeX"), kernels);
        assertFalse(kernels.contains("OMP_NUM_THREADS"), kernels);
    }

    /** A process of its own, because it says it once a process and the native code reads the variables once. */
    @Test
    void aLayerSaysItOnce(@TempDir Path directory) throws Exception {
        assertEquals(1, warnings(directory, Map.of("OMP_NUM_THREADS", "2")));
        assertEquals(0, warnings(directory, Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_CORETYPE", "Haswell")));
    }

    private static long warnings(Path directory, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TwoLayers.class.getName());
        child.environment().putAll(environment);
        Process process =
                child.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertTrue(process.waitFor(1, TimeUnit.MINUTES), "the child has ended");
            String text = Files.readString(log);
            assertEquals(0, process.exitValue(), text);
            assertTrue(text.lines().noneMatch(line -> line.startsWith("BLAS :")), "OpenBLAS complains: " + text);
            return text.lines()
                    .filter(line -> line.contains("Layers run several times slower"))
                    .count();
        } finally {
            process.destroyForcibly();
        }
    }
}
