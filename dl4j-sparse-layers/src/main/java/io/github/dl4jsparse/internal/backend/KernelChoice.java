package io.github.dl4jsparse.internal.backend;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.common.io.Resource;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4jBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls {@link NativeStart#prepare} in every process that has this library on its class path, whichever class uses ND4J
 * first.
 * <p>ND4J constructs all backends that are registered as services before it loads a native library, and then takes the
 * available one of highest priority. This one has the lowest, so that ND4J never uses it where another is available.
 * <p>A jar of all dependencies that was packed without merging service files may contain this registration instead of
 * that of nd4j-native or nd4j-cuda. ND4J then finds no other backend, and this class delegates to the one on the class
 * path.
 */
public final class KernelChoice extends Nd4jBackend {
    /** Below all others, and large enough for ND4J, which compares priorities by subtraction. */
    static final int PRIORITY = Integer.MIN_VALUE / 2;

    private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
    private static final List<String> BACKENDS =
            List.of("org.nd4j.linalg.jcublas.JCublasBackend", "org.nd4j.linalg.cpu.nativecpu.CpuBackend");

    private Nd4jBackend unregistered;

    /** Called by ND4J. It must not throw: ND4J would then have no backend. */
    public KernelChoice() {
        try {
            NativeStart.prepare();
        } catch (RuntimeException e) {
            LOG.debug("native libraries start as they do by themselves", e);
        }
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }

    /**
     * Whether there is a backend that is not registered; ND4J calls this only if no registered backend is available.
     */
    @Override
    public boolean isAvailable() {
        unregistered = BACKENDS.stream()
                .flatMap(KernelChoice::construct)
                .filter(KernelChoice::isAvailable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("it chooses OpenBLAS's kernels and computes nothing;"
                        + " add nd4j-native or nd4j-cuda to the class path"));
        return true;
    }

    private static Stream<Nd4jBackend> construct(String name) {
        Class<Nd4jBackend> type = ND4JClassLoading.loadClassByName(name);
        try {
            return type == null
                    ? Stream.empty()
                    : Stream.of(type.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            LOG.warn("ND4J's backend {} can't be constructed", name, e);
            return Stream.empty();
        }
    }

    private static boolean isAvailable(Nd4jBackend backend) {
        try {
            return backend.isAvailable();
        } catch (RuntimeException e) {
            LOG.warn("ND4J's backend {} is not available", backend, e);
            return false;
        }
    }

    private Nd4jBackend computing() {
        return Objects.requireNonNull(unregistered, "isAvailable() comes first");
    }

    @Override
    public boolean canRun() {
        return computing().canRun();
    }

    @Override
    public boolean allowsOrder() {
        return computing().allowsOrder();
    }

    @Override
    public Resource getConfigurationResource() {
        return computing().getConfigurationResource();
    }

    @Override
    @SuppressWarnings("rawtypes") // as ND4J declares it
    public Class getNDArrayClass() {
        return computing().getNDArrayClass();
    }

    @Override
    public Environment getEnvironment() {
        return computing().getEnvironment();
    }

    @Override
    public String buildInfo() {
        return computing().buildInfo();
    }

    @Override
    public void logBackendInit() {
        computing().logBackendInit();
    }
}
