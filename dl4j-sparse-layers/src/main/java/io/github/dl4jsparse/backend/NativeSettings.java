package io.github.dl4jsparse.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of native settings that make layers several times slower than the machine allows: more than one OpenMP thread, whose
 * threads and those of OpenBLAS wait for each other in busy loops, and OpenBLAS's fallback kernels of 2004 on a processor that
 * has instructions for newer ones. The results are right either way.
 */
public final class NativeSettings {
    private static final Logger LOG = LoggerFactory.getLogger(NativeSettings.class);
    private static final AtomicBoolean CHECKED = new AtomicBoolean();
    private static final String FALLBACK = "Prescott";

    private NativeSettings() {}

    /** Checks the settings of this process, the first time it is called, and logs at most one warning. */
    public static void warnOnce() {
        if (CHECKED.getAndSet(true) || !LOG.isWarnEnabled()) {
            return;
        }
        boolean processor = "CPU"
                .equalsIgnoreCase(
                        Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend"));
        if (processor) {
            warning(NativeThreads.inUse(), BlasKernels.inUse(), BlasKernels.best())
                    .ifPresent(LOG::warn);
        }
    }

    /**
     * The warning for some settings.
     *
     * @param threads of OpenMP
     * @param kernels of OpenBLAS in use, empty where unknown
     * @param best    the kernels that the processor has instructions for, empty where unknown
     * @return empty where there is nothing to change
     */
    static Optional<String> warning(int threads, Optional<String> kernels, Optional<String> best) {
        List<String> found = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        if (threads > 1) {
            found.add(threads + " OpenMP threads, which wait for each other between the operations of a layer");
            remedies.add("export " + NativeThreads.VARIABLE + "=1");
        }
        if (kernels.filter(FALLBACK::equals).isPresent() && best.isPresent()) {
            found.add("OpenBLAS's fallback kernels of 2004 (" + FALLBACK + ")");
            remedies.add("export " + BlasKernels.VARIABLE + "=" + best.get());
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("Layers run several times slower than they could, on " + String.join(" and ", found)
                + ". Set before the JVM starts:" + System.lineSeparator() + "  "
                + String.join(System.lineSeparator() + "  ", remedies));
    }
}
