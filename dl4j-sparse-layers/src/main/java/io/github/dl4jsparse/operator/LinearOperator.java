package io.github.dl4jsparse.operator;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear map of batches, with its adjoint and its weight gradient.
 * <p>\[ y = W z, \qquad z = W^{\top} y, \qquad \partial \langle \delta, W z \rangle / \partial W \]
 * where W are weights that the operator reads but does not own. All results go into arrays of the caller's, scaled by
 * {@code beta} first, so that a caller can accumulate without copies.
 * <p>Shapes: the first dimension of every input and output is the batch. The result of an example depends on that
 * example alone. All examples are mapped by the same matrix, and batches may have any size, unless
 * {@link #dependsOnBatch} is true; {@link MaskedOperator} with a mask for each example is such an operator.
 */
public interface LinearOperator {
    /**
     * {@code result = W input + beta * result}.
     *
     * @param input  {@code [batch, ...]}. Not modified.
     * @param result {@code [batch, ...]}. Modified in place.
     * @param beta   0 to overwrite, 1 to add
     */
    void apply(INDArray input, INDArray result, double beta);

    /**
     * {@code result = W' output + beta * result}.
     *
     * @param output {@code [batch, ...]}. Not modified.
     * @param result {@code [batch, ...]}. Modified in place.
     * @param beta   0 to overwrite, 1 to add
     */
    void adjoint(INDArray output, INDArray result, double beta);

    /**
     * Gradient of {@code <delta, W input>}, summed over the batch, with respect to the weights.
     *
     * @param input    the input of {@link #apply}. Not modified.
     * @param delta    of the shape of the output. Not modified.
     * @param gradient of the shape of the weights. Modified in place.
     * @param beta     0 to overwrite, 1 to add
     */
    void weightGradient(INDArray input, INDArray delta, INDArray gradient, double beta);

    /**
     * The same for a batch in blocks, summed over all of them in an order that depends on their sizes alone. Parts of
     * the gradient may be computed in parallel.
     *
     * @param inputs   of each block. Not modified.
     * @param deltas   of each block. Not modified.
     * @param gradient of the shape of the weights. Modified in place.
     * @param beta     0 to overwrite, 1 to add
     */
    default void weightGradient(List<INDArray> inputs, List<INDArray> deltas, INDArray gradient, double beta) {
        for (int b = 0; b < inputs.size(); b++) {
            weightGradient(inputs.get(b), deltas.get(b), gradient, b == 0 ? beta : 1);
        }
    }

    /**
     * The shape of the inputs for a shape of outputs.
     *
     * @param outputShape {@code [batch, ...]}
     * @throws IllegalArgumentException if the operator has no outputs of this shape
     */
    long[] inputShape(long... outputShape);

    /**
     * The shape of the outputs for a shape of inputs.
     *
     * @param inputShape {@code [batch, ...]}
     * @throws IllegalArgumentException if the operator takes no inputs of this shape
     */
    long[] outputShape(long... inputShape);

    /**
     * Whether the map differs between the examples of a batch, as with a mask for each; by default it does not. Such an
     * operator only takes whole batches of its own size, in their order; a solver then uses a step size that is valid
     * for all examples. Solvers refuse an operator that depends on the batch while this is false.
     */
    default boolean dependsOnBatch() {
        return false;
    }

    /**
     * This map in another floating point type, both weights and computation: with a copy of the weights, or this object
     * where they have the type. Solvers call it where single precision is not sufficient.
     *
     * @return empty where the operator does not support it; the default
     */
    default Optional<LinearOperator> castTo(DataType type) {
        return Optional.empty();
    }

    /** The map {@code W'} on the same weights. */
    default LinearOperator transpose() {
        return new TransposedOperator(this);
    }

    /**
     * This map with outputs that are partly unknown: A z where the mask is 1, and 0 where it is 0.
     *
     * @param mask of zeros and ones, in the shape of the outputs, of one example for all or of each example. Not copied.
     * @throws IllegalArgumentException if it has other numbers
     */
    default LinearOperator masked(INDArray mask) {
        return new MaskedOperator(this, mask);
    }
}
