package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.internal.parallel.Tasks;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The rate of matrix products that the machine reaches: {@value #PRODUCTS} products of square matrices, large enough for the full
 * rate, each computed by one thread.
 */
public class SgemmBenchmark extends ThreadedBenchmark {
    private static final int PRODUCTS = 4;

    /** Rows and columns. */
    @Param("1024")
    public int rows;

    private INDArray[] left;
    private INDArray[] right;
    private INDArray[] results;

    /** The matrices. */
    @Setup
    public void prepare() {
        int n = rows;
        left = new INDArray[PRODUCTS];
        right = new INDArray[PRODUCTS];
        results = new INDArray[PRODUCTS];
        for (int i = 0; i < PRODUCTS; i++) {
            left[i] = Nd4j.rand(DataType.FLOAT, n, n);
            right[i] = Nd4j.rand(DataType.FLOAT, n, n);
            results[i] = Nd4j.createUninitialized(DataType.FLOAT, n, n);
        }
    }

    /** Operations, 10^9. */
    static double gigaFlops(int rows) {
        return 2e-9 * PRODUCTS * Math.pow(rows, 3);
    }

    /** All products. */
    @Benchmark
    public INDArray[] sgemm() {
        Tasks.forEach(PRODUCTS, i -> Nd4j.gemm(left[i], right[i], results[i], false, false, 1, 0));
        return results;
    }
}
