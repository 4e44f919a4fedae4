package io.github.dl4jsparse.examples;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** How many threads ND4J's native code uses for one operation. */
final class NativeThreads {
    /** Multiplications in one matrix product below which a second thread costs more than it saves. */
    private static final long WORTH_SHARING = 1L << 20;

    private NativeThreads() {}

    /**
     * Keeps small operations on one thread: waiting for each other takes threads longer than the work, and many times as
     * long on a busy machine. Leaves the setting alone if the products are large, or if OMP_NUM_THREADS is set.
     *
     * @param multiplications of the largest matrix product in the training
     */
    static void fit(long multiplications) {
        if (multiplications < WORTH_SHARING && System.getenv("OMP_NUM_THREADS") == null) {
            // in this order: Nd4j loads the native operations
            Nd4j.factory().blas().setMaxThreads(1);
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        }
    }
}
