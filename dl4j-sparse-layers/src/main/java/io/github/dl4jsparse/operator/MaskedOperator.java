package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Rows;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Another operator with weighted outputs, as for images with missing pixels.
 * <p>\[ y_b = m_b \odot (W z_b) \]
 * where m is the mask, 1 for a value that is known and 0 for one that is missing, or any weight. The energy of inputs that are
 * multiplied by the mask too is the error on the known values, {@code 1/2 |m (x - D z)|^2}; the other operator maps the code to
 * all values.
 * <p>Shapes: as the other operator; {@code m} is {@code [1, ...]}, the same for all examples, or {@code [batch, ...]}, one for each.
 * With one for each the operator {@link #dependsOnBatch depends on the batch}: it takes batches of this size, in this order.
 */
final class MaskedOperator implements LinearOperator {
    private final LinearOperator operator;
    private final INDArray mask;

    /**
     * An operator and a mask of its outputs.
     *
     * @param operator W
     * @param mask     m, {@code [1, ...]} or {@code [batch, ...]}. Kept by reference, not modified.
     * @throws IllegalArgumentException if the operator has no outputs of the shape of the mask
     */
    public MaskedOperator(LinearOperator operator, INDArray mask) {
        this.operator = Args.given("operator", operator);
        this.mask = Args.given("mask", mask);
        operator.inputShape(mask.shape());
    }

    @Override
    public boolean dependsOnBatch() {
        return mask.size(0) > 1 || operator.dependsOnBatch();
    }

    @Override
    public void apply(INDArray input, INDArray result, double beta) {
        INDArray all = Nd4j.createUninitialized(result.dataType(), outputShape(input.shape()), 'c');
        operator.apply(input, all, 0);
        INDArray known = known(all);
        if (beta == 0) {
            result.assign(known.reshape('c', result.shape()));
        } else {
            result.muli(beta).addi(known.reshape('c', result.shape()));
        }
    }

    @Override
    public void adjoint(INDArray output, INDArray result, double beta) {
        operator.adjoint(known(output.dup('c')), result, beta);
    }

    @Override
    public void weightGradient(INDArray input, INDArray delta, INDArray gradient, double beta) {
        operator.weightGradient(input, known(delta.dup('c')), gradient, beta);
    }

    /** The outputs times the mask; modified in place. */
    private INDArray known(INDArray outputs) {
        requireBatch("output", outputs.shape());
        long values = mask.length() / mask.size(0);
        if (outputs.length() != outputs.size(0) * values) {
            throw Args.failure("output", "of " + values + " values as the mask", Arrays.toString(outputs.shape()));
        }
        INDArray rows = Rows.matrix(outputs, values);
        INDArray factors = Rows.matrix(mask.castTo(outputs.dataType()).dup('c'), values);
        if (mask.size(0) == 1) {
            rows.muliRowVector(factors);
        } else {
            rows.muli(factors);
        }
        return outputs;
    }

    private void requireBatch(String name, long[] shape) {
        if (mask.size(0) > 1 && shape[0] != mask.size(0)) {
            throw Args.failure(
                    name,
                    "a batch of " + mask.size(0) + " examples, each with a mask of its own",
                    Arrays.toString(shape));
        }
    }

    @Override
    public long[] inputShape(long... outputShape) {
        requireBatch("output shape", outputShape);
        return operator.inputShape(outputShape);
    }

    @Override
    public long[] outputShape(long... inputShape) {
        requireBatch("input shape", inputShape);
        return operator.outputShape(inputShape);
    }
}
