package io.github.dl4jsparse.internal.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dl4jsparse.OwnJvm;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KernelWarningTest {
    private static final Optional<String> UNKNOWN = Optional.empty();
    private static final String FALLBACK = "Prescott";

    private static Optional<String> text(String inUse, String best) {
        return KernelWarning.text(Optional.of(inUse), Optional.of(best));
    }

    @Test
    void saysNothingWhereAllIsWell() {
        assertEquals(UNKNOWN, text("SkylakeX", "SkylakeX"));
        assertEquals(UNKNOWN, text("Zen", "Haswell"));
        assertEquals(UNKNOWN, text("Nehalem", "Haswell"));
        assertEquals(UNKNOWN, KernelWarning.text(UNKNOWN, UNKNOWN));
        assertEquals(UNKNOWN, KernelWarning.text(UNKNOWN, Optional.of("Haswell")));
    }

    @Test
    void saysNothingOfKernelsThatNothingIsBetterThan() {
        assertEquals(UNKNOWN, KernelWarning.text(Optional.of(FALLBACK), UNKNOWN));
    }

    @Test
    void namesTheLineToSet() {
        String text = text(FALLBACK, "Haswell").orElseThrow();
        assertTrue(text.contains(FALLBACK), text);
        assertTrue(text.endsWith(System.lineSeparator() + "  export OPENBLAS_CORETYPE=Haswell"), text);
    }

    /** Processes of their own, because it says it once a process and OpenBLAS reads the variable once. */
    @Test
    void layersSayItOnce() throws Exception {
        saysItOnce(SlowPrograms.OfLayers.class);
    }

    @Test
    void solversSayItOnce() throws Exception {
        saysItOnce(SlowPrograms.OfSolvers.class);
    }

    private static void saysItOnce(Class<?> program) throws IOException, InterruptedException {
        Optional<String> best = BlasKernels.best();
        assumeTrue(best.isPresent(), "this processor has nothing better than OpenBLAS's own choice");
        List<String> warned = warnings(program, Map.of(BlasKernels.VARIABLE, FALLBACK));
        assertEquals(1, warned.size(), warned::toString);
        assertEquals("  export OPENBLAS_CORETYPE=" + best.get(), warned.get(0));
        assertEquals(List.of(), warnings(program, Map.of()));
    }

    /** What follows the line with the warning, for each warning. */
    private static List<String> warnings(Class<?> program, Map<String, String> environment)
            throws IOException, InterruptedException {
        OwnJvm.Output output = OwnJvm.output(program, System.getProperty("java.class.path"), environment);
        assertEquals(0, output.exitCode(), output.text());
        assertTrue(output.text().lines().noneMatch(line -> line.startsWith("BLAS :")), output.text());
        List<String> lines = output.text().lines().toList();
        assertEquals(List.of("done"), output.reported(), output.text());
        long log = lines.stream()
                .filter(line -> line.contains("WARN") && !line.contains("KernelWarning"))
                .count();
        assertEquals(0, log, output.text());
        return IntStream.range(1, lines.size())
                .filter(i -> lines.get(i - 1).contains("fallback kernels"))
                .mapToObj(lines::get)
                .toList();
    }
}
