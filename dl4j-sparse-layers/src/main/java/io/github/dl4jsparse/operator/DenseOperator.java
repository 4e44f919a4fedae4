package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.check.Shapes;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A matrix as a linear map of the rows of a batch.
 * <p>\[ Y = Z W^{\top}, \qquad Z = Y W, \qquad \partial W = \Delta^{\top} Z \]
 * where every row of Z and Y is one sample.
 * <p>Shapes: {@code W: [nOut, nIn]}, {@code Z: [batch, nIn]}, {@code Y: [batch, nOut]}. Each product is one matrix
 * multiplication without a copy, as long as the arrays are contiguous in either order.
 */
public final class DenseOperator implements LinearOperator {
    private final INDArray weights;

    /**
     * @param weights {@code W: [nOut, nIn]}, kept by reference
     * @throws IllegalArgumentException if the weights are not a matrix
     */
    public DenseOperator(INDArray weights) {
        if (Args.given("weights", weights).rank() != 2) {
            throw Args.failure("weights", "a matrix", Arrays.toString(weights.shape()));
        }
        this.weights = weights;
    }

    @Override
    public void apply(INDArray input, INDArray result, double beta) {
        Nd4j.gemm(Shapes.matrix("input", input, weights.size(1)), weights, result, false, true, 1, beta);
    }

    @Override
    public void adjoint(INDArray output, INDArray result, double beta) {
        Nd4j.gemm(Shapes.matrix("output", output, weights.size(0)), weights, result, false, false, 1, beta);
    }

    @Override
    public void weightGradient(INDArray input, INDArray delta, INDArray gradient, double beta) {
        Shapes.matrix("input", input, weights.size(1));
        Shapes.matrix("delta", delta, weights.size(0));
        Nd4j.gemm(delta, input, gradient, true, false, 1, beta);
    }

    @Override
    public long[] inputShape(long... outputShape) {
        return other("output shape", outputShape, weights.size(0), weights.size(1));
    }

    @Override
    public long[] outputShape(long... inputShape) {
        return other("input shape", inputShape, weights.size(1), weights.size(0));
    }

    private static long[] other(String name, long[] shape, long width, long otherWidth) {
        if (shape.length != 2 || shape[1] != width) {
            throw Args.failure(name, "[any, " + width + "]", Arrays.toString(shape));
        }
        return new long[] {shape[0], otherWidth};
    }

    /** The Gram matrix {@code W'W}, {@code [nIn, nIn]}, a new array. */
    public INDArray gram() {
        return Nd4j.gemm(weights, weights, true, false);
    }
}
