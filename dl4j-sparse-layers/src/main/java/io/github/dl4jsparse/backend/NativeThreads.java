package io.github.dl4jsparse.backend;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** How many threads ND4J's native code uses for one operation. */
public final class NativeThreads {
    /** The environment variable that the native code reads once, when it is loaded. */
    public static final String VARIABLE = "OMP_NUM_THREADS";

    private NativeThreads() {}

    /**
     * Keeps operations on one thread, unless OMP_NUM_THREADS says otherwise: at the usual sizes of layers and batches threads
     * wait for each other longer than they work, and many times as long on a busy machine. Loads ND4J.
     * <p>The environment variable is the better way: OpenMP keeps the number for each thread of Java, and OpenBLAS 0.3.19 follows
     * whichever thread calls, so that a program whose threads multiply at the same time can end in OpenBLAS's "too many memory
     * regions".
     */
    public static void preferOne() {
        if (System.getenv(VARIABLE) == null) {
            // in this order: Nd4j loads the native operations
            Nd4j.factory().blas().setMaxThreads(1);
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        }
    }

    /** The threads that one operation may use; loads ND4J. */
    public static int inUse() {
        Nd4j.factory();
        return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
    }
}
