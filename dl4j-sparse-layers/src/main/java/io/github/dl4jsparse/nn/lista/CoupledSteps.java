package io.github.dl4jsparse.nn.lista;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@link Coupling} with weights: what each step does before it shrinks, the adjoint of that, and the gradients of the weights.
 * Threads may use one at the same time with buffers of blocks of their own.
 * <p>Shapes: x {@code [batch, elements of an image]}; points, codes and deltas {@code [rows, nCode]}.
 */
interface CoupledSteps {
    /** Whether steps add a drive, the encoder's image of the input, to what {@link #apply} computes. */
    boolean hasDrive();

    /** Whether every step has a drive of its own, in place of one for all. */
    boolean hasDriveOfStep();

    /** Whether {@link #apply} and {@link #adjoint} leave out the identity. */
    boolean leavesOutIdentity();

    /**
     * Computes the drive of a step.
     *
     * @param x      not modified
     * @param result overwritten
     */
    void drive(int step, INDArray x, INDArray result);

    /**
     * Computes what a step shrinks, without the drive and without the point where the identity is left out. With a drive there
     * is nothing to compute in the first step.
     *
     * @param x       not modified
     * @param point   v; null in the first step, for zero. Not modified.
     * @param result  another array. Overwritten.
     * @param buffers of the block, for what the gradient needs
     */
    void apply(int step, INDArray x, INDArray point, INDArray result, BlockBuffers buffers);

    /**
     * Back-propagates from what a step shrinks.
     *
     * @param x             not modified
     * @param delta         gradient with respect to it. Not modified.
     * @param result        overwritten with the gradient with respect to v, without delta where the identity is left out; null in the
     *                      first step
     * @param inputGradient gets the gradient with respect to x: overwritten in the last step, which is the first to come, then added
     *                      to; null where it is not wanted
     * @param buffers       of the block
     */
    void adjoint(int step, INDArray x, INDArray delta, INDArray result, INDArray inputGradient, BlockBuffers buffers);

    /**
     * Writes the gradients of the coupling's own weights, and adds those of weights that it shares.
     *
     * @param blocks    of the batch, after the backward pass of each
     * @param gradients of all parameters of the layer, that of the decoder's weights through the reconstruction in it. Modified in
     *                  place.
     */
    void writeGradients(List<UnrolledBlock> blocks, Map<String, INDArray> gradients);
}
