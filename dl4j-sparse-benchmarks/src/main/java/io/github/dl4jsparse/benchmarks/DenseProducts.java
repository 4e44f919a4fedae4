package io.github.dl4jsparse.benchmarks;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The matrix products that the dense LISTA layer needs for some examples, on arrays of random numbers; for one thread. */
final class DenseProducts {
    private final int steps;
    private final INDArray x;
    private final INDArray encoder;
    private final INDArray recurrent;
    private final INDArray decoder;
    private final INDArray code;
    private final INDArray nextCode;
    private final INDArray residual;
    private final INDArray codes;
    private final INDArray deltas;
    private final INDArray encoderGradient;
    private final INDArray recurrentGradient;
    private final INDArray decoderGradient;

    DenseProducts(int examples, int inputs, int units, int steps) {
        this.steps = steps;
        x = Nd4j.rand(DataType.FLOAT, examples, inputs);
        encoder = Nd4j.rand(DataType.FLOAT, units, inputs);
        recurrent = Nd4j.rand(DataType.FLOAT, units, units);
        decoder = Nd4j.rand(DataType.FLOAT, inputs, units);
        code = Nd4j.rand(DataType.FLOAT, examples, units);
        nextCode = code.dup();
        residual = Nd4j.rand(DataType.FLOAT, examples, inputs);
        codes = Nd4j.rand(DataType.FLOAT, examples * (steps - 1), units);
        deltas = codes.dup();
        encoderGradient = encoder.dup();
        recurrentGradient = recurrent.dup();
        decoderGradient = decoder.dup();
    }

    /** Operations of {@link #forward} for a batch, 10^9. */
    static double forwardGigaFlops(int batch, int inputs, int units, int steps) {
        return 2e-9 * batch * units * (2.0 * inputs + (steps - 1.0) * units);
    }

    /** Operations of {@link #training} for a batch, 10^9. */
    static double trainingGigaFlops(int batch, int inputs, int units, int steps) {
        return 2e-9 * batch * units * (5.0 * inputs + 3.0 * (steps - 1) * units);
    }

    /** Of the forward pass. */
    void forward() {
        Nd4j.gemm(x, encoder, code, false, true, 1, 0);
        for (int t = 1; t < steps; t++) {
            Nd4j.gemm(code, recurrent, nextCode, false, true, 1, 0);
        }
        Nd4j.gemm(nextCode, decoder, residual, false, true, 1, 0);
    }

    /** Of a training step. */
    void training() {
        forward();
        Nd4j.gemm(residual, decoder, code, false, false, 1, 0);
        for (int t = 1; t < steps; t++) {
            Nd4j.gemm(code, recurrent, nextCode, false, false, 1, 0);
        }
        Nd4j.gemm(deltas, codes, recurrentGradient, true, false, 1, 0);
        Nd4j.gemm(code, x, encoderGradient, true, false, 1, 0);
        Nd4j.gemm(residual, code, decoderGradient, true, false, 1, 0);
    }
}
