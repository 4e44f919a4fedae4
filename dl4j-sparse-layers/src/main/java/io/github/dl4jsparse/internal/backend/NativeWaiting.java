package io.github.dl4jsparse.internal.backend;

import com.sun.jna.NativeLibrary;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the threads of OpenMP and OpenBLAS wait awake for more work.
 * <p>After an operation that ran on several native threads, as those of DL4J's own layers do, these wait for the next in a busy loop:
 * OpenMP's for about 5 ms, OpenBLAS's for about 25 ms. Meanwhile they keep processors from the threads of this library, whose layers
 * then run as if on one. {@link #shorten} makes both give up after some microseconds and sleep, unless the environment says how they
 * are to wait.
 */
final class NativeWaiting {
    /** Variables that the libraries read once, when they are loaded, and the values that are set. */
    private static final Map<String, String> SHORT = Map.of("GOMP_SPINCOUNT", "1000", "OPENBLAS_THREAD_TIMEOUT", "14");

    /** What a user says about it too. */
    private static final String POLICY = "OMP_WAIT_POLICY";

    private static final Logger LOG = LoggerFactory.getLogger(NativeWaiting.class);

    private NativeWaiting() {}

    /** Has an effect before the native libraries are loaded, on Linux and macOS. Later calls change nothing. */
    static void shorten() {
        if (System.getenv(POLICY) != null) {
            return;
        }
        try {
            // the last argument: what the environment has stays; Java's own copy of it is not changed
            SHORT.forEach((variable, value) ->
                    NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {variable, value, 0}));
        } catch (LinkageError e) {
            LOG.debug("native threads wait as long as they do by themselves", e);
        }
    }
}
