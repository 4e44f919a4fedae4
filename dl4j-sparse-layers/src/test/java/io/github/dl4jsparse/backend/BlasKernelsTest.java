package io.github.dl4jsparse.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlasKernelsTest {
    private static final String WIDE = "processor\t: 0\nmodel\t\t: 207\n"
            + "flags\t\t: fpu sse2 avx fma avx2 avx512f avx512dq avx512cd avx512bw avx512vl\n";

    @Test
    void instructionsDecide() {
        assertEquals(Optional.of("SkylakeX"), BlasKernels.bestFor(WIDE));
        assertEquals(Optional.of("Haswell"), BlasKernels.bestFor(WIDE.replace(" avx512vl", "")));
        assertEquals(Optional.of("Haswell"), BlasKernels.bestFor("flags : sse2 avx fma avx2\n"));
        assertEquals(Optional.empty(), BlasKernels.bestFor("flags : sse2 avx avx2\n"));
        assertEquals(Optional.empty(), BlasKernels.bestFor("Features : fp asimd\n"));
        assertEquals(Optional.empty(), BlasKernels.bestFor(""));
    }

    /** A machine of its own, because OpenBLAS looks at the variable once a process. */
    @Test
    void openBlasObeys(@TempDir Path directory) throws IOException, InterruptedException {
        Path processor = Path.of("/proc/cpuinfo");
        assumeTrue(Files.isReadable(processor), "only Linux tells what its processor can do");
        Optional<String> best = BlasKernels.bestFor(Files.readString(processor, StandardCharsets.ISO_8859_1));
        assumeTrue(best.isPresent(), "this processor has nothing better than OpenBLAS's own choice");
        assertEquals(best.get(), kernels(directory, null));
        assertEquals("Nehalem", kernels(directory, "Nehalem"));
    }

    private static String kernels(Path directory, String wanted) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName());
        child.environment().remove(BlasKernels.VARIABLE);
        if (wanted != null) {
            child.environment().put(BlasKernels.VARIABLE, wanted);
        }
        Process process = child.redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertEquals(true, process.waitFor(1, TimeUnit.MINUTES), "the child has ended");
            assertEquals(0, process.exitValue());
            return Files.readString(out).strip();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What the child process runs. */
    static final class Child {
        public static void main(String[] args) {
            BlasKernels.choose();
            System.out.println(BlasKernels.inUse().orElseThrow());
        }
    }
}
