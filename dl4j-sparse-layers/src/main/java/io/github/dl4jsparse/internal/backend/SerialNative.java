package io.github.dl4jsparse.internal.backend;

import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Limits ND4J's operations and OpenBLAS's products to the calling thread while a computation of the library runs, and
 * restores the settings when the last one ends.
 * <p>The library divides its work into Java tasks; additional native threads would compete for the same cores, and sums
 * would depend on their number. The settings belong to the whole process: an operation that another thread of the
 * program starts meanwhile runs on one thread too.
 */
public final class SerialNative {
    private static int inside;
    private static Settings before;

    private SerialNative() {}

    /** Runs a computation with one native thread. Calls may be nested, and made by several threads at once. */
    public static <T> T get(Supplier<T> work) {
        enter();
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    /** The same for a computation without a result. */
    public static void run(Runnable work) {
        enter();
        try {
            work.run();
        } finally {
            leave();
        }
    }

    private static synchronized void enter() {
        if (inside++ == 0) {
            before = Settings.read();
            before.narrow();
        }
    }

    private static synchronized void leave() {
        if (--inside == 0) {
            before.restore();
        }
    }

    /**
     * Numbers of native threads; settings that other code has changed meanwhile are not restored.
     *
     * @param products   of OpenBLAS
     * @param operations of ND4J, "master threads" there
     */
    private record Settings(int products, int operations) {
        static Settings read() {
            return new Settings(Native.threads(), Native.ENVIRONMENT.maxMasterThreads());
        }

        void narrow() {
            if (products > 1) {
                Native.setThreads(1);
            }
            if (operations > 1) {
                Native.ENVIRONMENT.setMaxMasterThreads(1);
            }
        }

        void restore() {
            if (products > 1 && Native.threads() == 1) {
                Native.setThreads(products);
            }
            if (operations > 1 && Native.ENVIRONMENT.maxMasterThreads() == 1) {
                Native.ENVIRONMENT.setMaxMasterThreads(operations);
            }
        }
    }

    /** Access to the settings; loaded at the first use. */
    private static final class Native {
        static final Environment ENVIRONMENT = Nd4j.getEnvironment();
        static final Optional<OpenBlas> OPEN_BLAS = OpenBlas.loaded();

        private Native() {}

        static int threads() {
            if (!ENVIRONMENT.isCPU()) {
                return 1;
            }
            return OPEN_BLAS.isPresent()
                    ? OPEN_BLAS.get().threads()
                    : Nd4j.factory().blas().getMaxThreads();
        }

        static void setThreads(int threads) {
            if (OPEN_BLAS.isPresent()) {
                OPEN_BLAS.get().setThreads(threads);
            } else {
                Nd4j.factory().blas().setMaxThreads(threads);
            }
        }
    }
}
