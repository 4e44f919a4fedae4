package io.github.dl4jsparse.examples;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** How many threads ND4J's native code uses for one operation. */
public final class NativeThreads {
    private NativeThreads() {}

    /**
     * Keeps operations on one thread, unless OMP_NUM_THREADS says otherwise: at the sizes of these examples threads wait for
     * each other longer than they work, and many times as long on a busy machine.
     */
    public static void preferOne() {
        if (System.getenv("OMP_NUM_THREADS") == null) {
            // in this order: Nd4j loads the native operations
            Nd4j.factory().blas().setMaxThreads(1);
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        }
    }
}
