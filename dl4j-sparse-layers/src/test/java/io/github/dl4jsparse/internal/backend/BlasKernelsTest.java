package io.github.dl4jsparse.internal.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlasKernelsTest {
    private static final String WIDE = "processor\t: 0\nmodel\t\t: 207\n"
            + "flags\t\t: fpu sse2 avx fma avx2 avx512f avx512dq avx512cd avx512bw avx512vl\n";

    @Test
    void instructionsDecide() {
        assertEquals(Optional.of("SkylakeX"), BlasKernels.bestFor(WIDE.lines()));
        assertEquals(
                Optional.of("Haswell"),
                BlasKernels.bestFor(WIDE.replace(" avx512vl", "").lines()));
        assertEquals(Optional.of("Haswell"), BlasKernels.bestFor("flags : sse2 avx fma avx2\n".lines()));
        assertEquals(Optional.empty(), BlasKernels.bestFor("flags : sse2 avx avx2\n".lines()));
        assertEquals(Optional.empty(), BlasKernels.bestFor("Features : fp asimd\n".lines()));
        assertEquals(Optional.empty(), BlasKernels.bestFor("".lines()));
    }

    @Test
    void thisMachineIsLookedAt() throws IOException {
        Path processor = Path.of("/proc/cpuinfo");
        assumeTrue(Files.isReadable(processor), "only Linux tells what its processor can do");
        String text = Files.readString(processor, StandardCharsets.ISO_8859_1);
        assertEquals(BlasKernels.bestFor(text.lines()), BlasKernels.best());
    }

    /** The first use of ND4J in this process has chosen them. */
    @Test
    void tellsWhatIsInUse() {
        Optional<String> best = BlasKernels.best();
        assumeTrue(best.isPresent(), "this processor has nothing better than OpenBLAS's own choice");
        String wanted = System.getenv().getOrDefault(BlasKernels.VARIABLE, best.get());
        assertEquals(wanted, BlasKernels.inUse().orElseThrow());
    }
}
