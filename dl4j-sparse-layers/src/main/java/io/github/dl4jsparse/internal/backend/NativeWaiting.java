package io.github.dl4jsparse.internal.backend;

import com.sun.jna.NativeLibrary;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long idle threads of OpenMP and OpenBLAS spin before they sleep.
 * <p>After an operation on several native threads, as in DL4J's own layers, these spin: OpenMP's for about 5 ms,
 * OpenBLAS's for about 25 ms. Meanwhile they occupy the processors that threads of this library need, whose layers then
 * run as slowly as on one thread. {@link #shorten} makes both sleep after some microseconds, unless the environment
 * sets how they wait.
 */
final class NativeWaiting {
    /** Variables that the libraries read once, when they are loaded, and the values that are set. */
    private static final Map<String, String> SHORT = Map.of("GOMP_SPINCOUNT", "1000", "OPENBLAS_THREAD_TIMEOUT", "14");

    /** A variable by which users set the same. */
    private static final String POLICY = "OMP_WAIT_POLICY";

    private static final Logger LOG = LoggerFactory.getLogger(NativeWaiting.class);

    private NativeWaiting() {}

    /** Has an effect only before the native libraries are loaded, on Linux and macOS. */
    static void shorten() {
        if (System.getenv(POLICY) != null) {
            return;
        }
        try {
            // the last argument: variables that are set are not overwritten; Java's own copy of the environment does
            // not change
            SHORT.forEach((variable, value) ->
                    NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {variable, value, 0}));
        } catch (LinkageError e) {
            LOG.debug("native threads wait as long as they do by themselves", e);
        }
    }
}
