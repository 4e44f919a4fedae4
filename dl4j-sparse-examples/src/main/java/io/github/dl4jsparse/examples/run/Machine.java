package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.internal.backend.BlasKernels;
import io.github.dl4jsparse.parallel.SparseThreads;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a command runs on.
 *
 * @param processors of this virtual machine
 * @param threads    of the library
 * @param system     name and architecture of the operating system
 * @param java       version
 * @param blas       ND4J's library of matrix products
 * @param kernels    of that library
 */
record Machine(int processors, int threads, String system, String java, String blas, String kernels) {
    /** This one. */
    static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                SparseThreads.get(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.version"),
                String.valueOf(Nd4j.factory().blas().getBlasVendor()),
                BlasKernels.inUse().orElse("unknown"));
    }
}
