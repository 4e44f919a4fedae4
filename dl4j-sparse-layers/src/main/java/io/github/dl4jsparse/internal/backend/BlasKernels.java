package io.github.dl4jsparse.internal.backend;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The choice of OpenBLAS's kernels for matrix products.
 * <p>The OpenBLAS of ND4J 1.0.0-M2.1, version 0.3.19, chooses by the model number of the processor and knows those up to
 * 2021: on a newer one it falls back to kernels of 2004 ("Prescott"), which take two to four times as long as those that
 * the processor has instructions for. {@link #choose} selects the kernels by the instructions instead.
 * {@link KernelChoice} calls it in every process that has this library on its class path; {@link KernelWarning} warns
 * where it had no effect, as in a process that loads OpenBLAS before ND4J.
 */
public final class BlasKernels {
    /** The environment variable that OpenBLAS reads once, when it is loaded. */
    public static final String VARIABLE = "OPENBLAS_CORETYPE";

    private static final Logger LOG = LoggerFactory.getLogger(BlasKernels.class);
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final Set<String> SKYLAKE =
            Set.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl", "avx2", "fma");
    private static final Set<String> HASWELL = Set.of("avx2", "fma");

    private static final AtomicBoolean CHOSEN = new AtomicBoolean();

    private BlasKernels() {}

    /**
     * Makes OpenBLAS use the kernels for this processor's instructions, unless the environment names some. Only the
     * first call has an effect, and only before OpenBLAS is loaded. Only on Linux; elsewhere OpenBLAS makes its own
     * choice.
     */
    public static void choose() {
        if (System.getenv(VARIABLE) != null || CHOSEN.getAndSet(true)) {
            return;
        }
        try {
            best().ifPresent(BlasKernels::set);
        } catch (LinkageError e) {
            LOG.debug("OpenBLAS chooses its kernels by itself", e);
        }
    }

    /** Sets the variable of this process for native code; Java's own copy of the environment does not change. */
    private static void set(String kernels) {
        NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {VARIABLE, kernels, 0});
    }

    /**
     * The fastest kernels that a processor has the instructions for.
     *
     * @param processor lines of Linux's {@code /proc/cpuinfo}; the first one of flags counts
     * @return a name of OpenBLAS; empty to leave the choice to OpenBLAS
     */
    static Optional<String> bestFor(Stream<String> processor) {
        Set<String> instructions = processor.filter(line -> line.startsWith("flags")).findFirst().stream()
                .flatMap(line -> Arrays.stream(line.split("\\s+")))
                .collect(Collectors.toSet());
        if (instructions.containsAll(SKYLAKE)) {
            return Optional.of("SkylakeX");
        }
        return instructions.containsAll(HASWELL) ? Optional.of("Haswell") : Optional.empty();
    }

    /**
     * The name of the kernels in use; loads ND4J.
     *
     * @return empty where ND4J multiplies with another library, or OpenBLAS can't be called
     */
    public static Optional<String> inUse() {
        return OpenBlas.loaded().map(OpenBlas::kernels);
    }

    /** The fastest kernels for this machine's processor; empty to leave the choice to OpenBLAS. */
    static Optional<String> best() {
        try (Stream<String> lines = Files.lines(PROCESSOR, StandardCharsets.ISO_8859_1)) {
            return bestFor(lines);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
