package io.github.dl4jsparse.internal.backend;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copy of OpenBLAS that ND4J uses for matrix products. ND4J's own call that sets its number of threads takes 140
 * microseconds; the library's takes less than one.
 */
final class OpenBlas {
    private static final Logger LOG = LoggerFactory.getLogger(OpenBlas.class);
    private static final Object[] NOTHING = {};
    /**
     * RTLD_LAZY and RTLD_NOLOAD: the library is already loaded. With JNA's default, RTLD_GLOBAL, copies of OpenBLAS
     * that are loaded later would use the symbols of this one, and free its buffers.
     */
    private static final Map<String, Integer> OPENED = Map.of(Library.OPTION_OPEN_FLAGS, 1 | 4);

    private final Function setThreads;
    private final Function getThreads;
    private final Function coreName;

    private OpenBlas(NativeLibrary library) {
        setThreads = library.getFunction("openblas_set_num_threads");
        getThreads = library.getFunction("openblas_get_num_threads");
        coreName = library.getFunction("openblas_get_corename");
    }

    /**
     * The loaded library; loads ND4J.
     *
     * @return empty where ND4J multiplies with another library, or the library can't be called
     */
    static Optional<OpenBlas> loaded() {
        Nd4j.factory();
        try {
            return Loader.getLoadedLibraries().entrySet().stream()
                    .filter(e -> e.getKey().startsWith("openblas"))
                    // of two copies ND4J uses the one without LAPACK
                    .min(Comparator.comparing(e -> !e.getKey().contains("nolapack")))
                    .map(e -> new OpenBlas(NativeLibrary.getInstance(e.getValue(), OPENED)));
        } catch (LinkageError e) {
            LOG.debug("OpenBLAS can't be called directly", e);
            return Optional.empty();
        }
    }

    /** The threads that a product may use. */
    int threads() {
        return getThreads.invokeInt(NOTHING);
    }

    /** Sets the threads that a product may use, for all threads of the process. */
    void setThreads(int threads) {
        setThreads.invokeVoid(new Object[] {threads});
    }

    /** The name of the kernels in use. */
    String kernels() {
        return coreName.invokeString(NOTHING, false);
    }
}
