package io.github.dl4jsparse.parallel;

import io.github.dl4jsparse.internal.check.Args;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many threads the library computes with: all processors, unless the system property {@value #PROPERTY} or {@link #set} says
 * otherwise.
 * <p>The number is a limit for the process. A thread that calls a layer works itself and takes helpers as long as fewer threads than
 * this are at work, so that the workers of {@code ParallelWrapper}, {@code ParallelInference} and Spark share it, and each
 * computes alone when there are as many of them as processors. No result depends on the number.
 */
public final class SparseThreads {
    /** The property that is read when this class is loaded, for processes that others start, such as Spark's executors. */
    public static final String PROPERTY = "dl4jsparse.threads";

    private static final Logger LOG = LoggerFactory.getLogger(SparseThreads.class);

    private static volatile int limit =
            initial(System.getProperty(PROPERTY), Runtime.getRuntime().availableProcessors());

    private SparseThreads() {}

    /** What a property says; the number of processors where it says nothing, or nothing that can be used, which is logged. */
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
     * @param threads at least 1; more than the processors is possible and useless
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
