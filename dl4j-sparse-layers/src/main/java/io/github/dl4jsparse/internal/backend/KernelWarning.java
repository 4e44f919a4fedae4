package io.github.dl4jsparse.internal.backend;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of a process that multiplies with OpenBLAS's fallback kernels of 2004 on a processor that has instructions for
 * newer ones. The results are correct in both cases.
 */
public final class KernelWarning {
    private static final Logger LOG = LoggerFactory.getLogger(KernelWarning.class);
    private static final AtomicBoolean CHECKED = new AtomicBoolean();
    private static final String FALLBACK = "Prescott";

    private KernelWarning() {}

    /** Checks the kernels of this process at the first call, and logs at most one warning. Loads ND4J. */
    public static void warnOnce() {
        if (CHECKED.getAndSet(true) || !LOG.isWarnEnabled()) {
            return;
        }
        boolean processor = "CPU"
                .equalsIgnoreCase(
                        Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend"));
        if (processor) {
            text(BlasKernels.inUse(), BlasKernels.best()).ifPresent(LOG::warn);
        }
    }

    /**
     * The warning for some kernels.
     *
     * @param inUse kernels of OpenBLAS, empty where unknown
     * @param best  the kernels that the processor has instructions for, empty where unknown
     * @return empty where there is nothing to change
     */
    static Optional<String> text(Optional<String> inUse, Optional<String> best) {
        if (inUse.filter(FALLBACK::equals).isEmpty() || best.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                "Matrix products take two to four times as long as they could, on OpenBLAS's fallback kernels ("
                        + FALLBACK + "). Set before the JVM starts:" + System.lineSeparator()
                        + "  export " + BlasKernels.VARIABLE + "=" + best.get());
    }
}
