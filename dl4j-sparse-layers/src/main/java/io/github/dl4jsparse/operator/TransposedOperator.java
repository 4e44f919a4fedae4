package io.github.dl4jsparse.operator;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The adjoint of another operator, on the same weights.
 * <p>\[ \langle \delta, W^{\top} z \rangle = \langle z, W \delta \rangle \]
 * Its weight gradient is that of W with the two arguments exchanged.
 */
record TransposedOperator(LinearOperator original) implements LinearOperator {
    @Override
    public void apply(INDArray input, INDArray result, double beta) {
        original.adjoint(input, result, beta);
    }

    @Override
    public void adjoint(INDArray output, INDArray result, double beta) {
        original.apply(output, result, beta);
    }

    @Override
    public void weightGradient(INDArray input, INDArray delta, INDArray gradient, double beta) {
        original.weightGradient(delta, input, gradient, beta);
    }

    @Override
    public void weightGradient(List<INDArray> inputs, List<INDArray> deltas, INDArray gradient, double beta) {
        original.weightGradient(deltas, inputs, gradient, beta);
    }

    @Override
    public long[] inputShape(long... outputShape) {
        return original.outputShape(outputShape);
    }

    @Override
    public long[] outputShape(long... inputShape) {
        return original.inputShape(inputShape);
    }

    @Override
    public boolean dependsOnBatch() {
        return original.dependsOnBatch();
    }

    @Override
    public Optional<LinearOperator> castTo(DataType type) {
        return original.castTo(type).map(LinearOperator::transpose);
    }

    @Override
    public LinearOperator transpose() {
        return original;
    }
}
