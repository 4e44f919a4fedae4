package io.github.dl4jsparse.benchmarks;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The products of patches and filters that the convolutional LISTA layer needs for some positions of images, on arrays of random numbers;
 * for one thread.
 */
final class ConvolutionProducts {
    private final int steps;
    private final INDArray patches;
    private final INDArray filters;
    private final INDArray code;
    private final INDArray gradient;

    ConvolutionProducts(int positions, int patch, int units, int steps) {
        this.steps = steps;
        patches = Nd4j.rand(DataType.FLOAT, positions, patch);
        filters = Nd4j.rand(DataType.FLOAT, units, patch);
        code = Nd4j.rand(DataType.FLOAT, positions, units);
        gradient = filters.dup();
    }

    /** Products of {@link #inference}. */
    static int inference(int steps) {
        return 1 + 2 * (steps - 1);
    }

    /** Products of {@link #training}. */
    static int training(int steps) {
        return 5 + 6 * (steps - 1);
    }

    /** Of the forward pass. */
    void inference() {
        for (int i = 0; i < inference(steps); i++) {
            if (i % 2 == 0) {
                toCodes();
            } else {
                toPatches();
            }
        }
    }

    /** Of a training step. */
    void training() {
        inference();
        toPatches();
        toCodes();
        for (int t = 1; t < steps; t++) {
            toPatches();
            toCodes();
            toFilters();
            toFilters();
        }
        toFilters();
        toFilters();
    }

    private void toCodes() {
        Nd4j.gemm(patches, filters, code, false, true, 1, 0);
    }

    private void toPatches() {
        Nd4j.gemm(code, filters, patches, false, false, 1, 0);
    }

    private void toFilters() {
        Nd4j.gemm(code, patches, gradient, true, false, 1, 0);
    }
}
