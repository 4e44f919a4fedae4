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
    /** The encoder whose image of the input, the drive, the recurrence adds to what {@link #apply} computes; null for none. */
    StepEncoders encoders();

    /** Whether {@link #apply} and {@link #adjoint} leave out the identity. */
    boolean leavesOutIdentity();

    /**
     * Computes what a step shrinks, without the drive and without the point where the identity is left out. With a drive there
     * is nothing to compute in the first step, and the drive is taken back by the recurrence.
     *
     * @param x       not modified
     * @param point   v; null in the first step, for zero. Not modified.
     * @param result  another array. Overwritten.
     * @param buffers of the block, for what the gradient needs
     */
    void apply(int step, INDArray x, INDArray point, INDArray result, BlockBuffers buffers);

    /**
     * Back-propagates from what a step shrinks. With a drive that is to be done from the second step on alone.
     *
     * @param x             not modified
     * @param delta         gradient with respect to it. Not modified.
     * @param result        overwritten with the gradient with respect to v, without delta where the identity is left out; null in the
     *                      first step
     * @param inputGradient gets the gradient with respect to x but through a drive: overwritten in the last step, which is the first to
     *                      come, then added to; null where it is not wanted
     * @param buffers       of the block
     */
    void adjoint(int step, INDArray x, INDArray delta, INDArray result, INDArray inputGradient, BlockBuffers buffers);

    /**
     * Writes the gradients of the coupling's own weights but those of encoders of a drive, and adds those of weights that it shares.
     *
     * @param blocks    of the batch, after the backward pass of each
     * @param gradients of all parameters of the layer, that of the decoder's weights through the reconstruction in it. Modified in
     *                  place.
     */
    void writeGradients(List<UnrolledBlock> blocks, Map<String, INDArray> gradients);
}
