package io.github.dl4jsparse.nn.lista;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@link Coupling} with the weights of a pass: the computation of each step before shrinkage, its adjoint, and the
 * gradients of the weights. Several threads may use one object at the same time, each with buffers of its own block.
 * <p>Shapes: x {@code [batch, elements of an image]}; points, codes and deltas {@code [rows, nCode]}.
 */
interface CoupledSteps {
    /**
     * The encoder of the drive {@code E x}, which the recurrence adds to the result of {@link #apply}; null for none.
     */
    StepEncoders encoders();

    /** Whether {@link #apply} and {@link #adjoint} leave out the identity. */
    boolean leavesOutIdentity();

    /**
     * Computes the argument of a step's shrinkage, without the drive, and without the point where the identity is left
     * out. With a drive it is not called for the first step, and the recurrence back-propagates the drive.
     *
     * @param x       not modified
     * @param point   v; null in the first step, for zero. Not modified.
     * @param result  another array. Overwritten.
     * @param buffers of the block, for arrays that the gradient needs
     */
    void apply(int step, INDArray x, INDArray point, INDArray result, BlockBuffers buffers);

    /**
     * Back-propagates from the argument of a step's shrinkage. With a drive it is called from the second step on only.
     *
     * @param x             not modified
     * @param delta         gradient with respect to that argument. Not modified.
     * @param result        overwritten with the gradient with respect to v, without delta where the identity is left out; null in the
     *                      first step
     * @param inputGradient receives the gradient with respect to x except that through a drive: overwritten in the last
     *      step, which is back-propagated first, then added to; null if it is not needed
     * @param buffers       of the block
     */
    void adjoint(int step, INDArray x, INDArray delta, INDArray result, INDArray inputGradient, BlockBuffers buffers);

    /**
     * Writes the gradients of the coupling's own weights except those of encoders of a drive, and adds those of shared
     * weights.
     *
     * @param blocks    of the batch, after the backward pass of each
     * @param gradients of all parameters of the layer, that of the decoder's weights through the reconstruction in it. Modified in
     *                  place.
     */
    void writeGradients(List<UnrolledBlock> blocks, Map<String, INDArray> gradients);
}
