package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import io.github.dl4jsparse.internal.math.Buffers;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Products;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.internal.parallel.Blocks;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A matrix as a linear map of the rows of a batch.
 * <p>\[ Y = Z W^{\top}, \qquad Z = Y W, \qquad \partial W = \Delta^{\top} Z \]
 * where every row of Z and Y is one sample.
 * <p>Shapes: {@code W: [nOut, nIn]}, {@code Z: [batch, nIn]}, {@code Y: [batch, nOut]}. Each product is one matrix
 * multiplication in the type of W, without a copy as long as the arrays have this type and are contiguous in either order.
 */
public final class DenseOperator implements LinearOperator {
    /** Rows of the Gram matrix that one product computes. */
    private static final int GRAM_ROWS = 128;

    /** Rows of a part of the gradient. */
    private static final long ROWS = 100;

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
        Products.into(Shapes.matrix("input", input, weights.size(1)), false, weights, true, result, beta);
    }

    @Override
    public void adjoint(INDArray output, INDArray result, double beta) {
        Products.into(Shapes.matrix("output", output, weights.size(0)), false, weights, false, result, beta);
    }

    @Override
    public void weightGradient(INDArray input, INDArray delta, INDArray gradient, double beta) {
        Shapes.matrix("input", input, weights.size(1));
        Shapes.matrix("delta", delta, weights.size(0));
        if (input.size(0) != delta.size(0)) {
            throw Args.failure("delta", "of as many rows as the input, " + input.size(0), delta.size(0));
        }
        Products.into(delta, true, input.castTo(weights.dataType()), false, gradient, beta);
    }

    /** {@inheritDoc} Rows of the gradient are computed in parallel, each from all blocks. */
    @Override
    public void weightGradient(List<INDArray> inputs, List<INDArray> deltas, INDArray gradient, double beta) {
        Blocks parts = Blocks.of(gradient.size(0), ROWS);
        if (parts.count() == 1
                || !isPlain(gradient)
                || !inputs.stream().allMatch(this::isPlain)
                || !deltas.stream().allMatch(this::isPlain)) {
            LinearOperator.super.weightGradient(inputs, deltas, gradient, beta);
            return;
        }
        parts.forEach(p -> Buffers.run("GRADIENT", () -> {
            INDArray rows = Rows.of(gradient, parts.first(p), parts.size(p));
            for (int b = 0; b < inputs.size(); b++) {
                INDArray columns = Rows.columns(deltas.get(b), parts.first(p), parts.size(p));
                Products.into(columns, true, inputs.get(b), false, rows, b == 0 ? beta : 1);
            }
        }));
    }

    /** Whether products read and write an array without a copy. */
    private boolean isPlain(INDArray array) {
        return array.dataType() == weights.dataType() && HostArrays.isDense(array);
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

    @Override
    public Optional<LinearOperator> castTo(DataType type) {
        return Optional.of(weights.dataType() == type ? this : new DenseOperator(weights.castTo(type)));
    }

    /** The Gram matrix {@code W'W}, {@code [nIn, nIn]}, a new array. Blocks of its rows are computed in parallel. */
    public INDArray gram() {
        long columns = weights.size(1);
        INDArray transposed = weights.transpose().dup('c');
        INDArray gram = Nd4j.createUninitialized(weights.dataType(), new long[] {columns, columns}, 'c');
        Blocks blocks = Blocks.of(columns, GRAM_ROWS);
        blocks.forEach(b -> {
            INDArray rows = Rows.of(gram, blocks.first(b), blocks.size(b));
            Products.into(Rows.of(transposed, blocks.first(b), blocks.size(b)), false, weights, false, rows, 0);
        });
        return gram;
    }
}
