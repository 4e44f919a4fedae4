package io.github.dl4jsparse.parallel;

import io.github.dl4jsparse.internal.check.Args;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of threads of the library: all processors, unless the system property {@value #PROPERTY} or {@link #set}
 * limits it.
 * <p>The number is a limit for the process. A thread that calls a layer computes itself, with helper threads as long as
 * fewer threads than this are busy: the workers of {@code ParallelWrapper}, {@code ParallelInference} and Spark share
 * the limit, and each computes alone when there are as many workers as processors. No result depends on the number.
 */
public final class SparseThreads {
    /**
     * The property that is read when this class is loaded, for processes that are started by others, such as Spark's
     * executors.
     */
    public static final String PROPERTY = "dl4jsparse.threads";

    private static final Logger LOG = LoggerFactory.getLogger(SparseThreads.class);

    private static volatile int limit =
            initial(System.getProperty(PROPERTY), Runtime.getRuntime().availableProcessors());

    private SparseThreads() {}

    /** The value of the property; the number of processors where it is not set, or invalid, which is logged. */
    static int initial(String property, int processors) {
        if (property == null) {
            return processors;
        }
        try {
            return Args.atLeast("system property " + PROPERTY, Integer.parseInt(property.strip()), 1);
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "the system property {} must be a whole number of at least 1, got \"{}\"; all {} processors are used",
                    PROPERTY,
                    property,
                    processors);
            return processors;
        }
    }

    /**
     * Sets the number of threads for all computations that begin from now on.
     *
     * @param threads at least 1; more than the number of processors is possible but useless
     * @throws IllegalArgumentException if the number is below 1
     */
    public static void set(int threads) {
        Args.atLeast("number of threads", threads, 1);
        limit = threads;
    }

    /** The number of threads that the library may use at the same time. */
    public static int get() {
        return limit;
    }
}
