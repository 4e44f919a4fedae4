package io.github.dl4jsparse.nn.lista;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The recurrent map S of an unrolled encoder, its adjoint, and the gradient of its weights. Steps are numbered from 1, the first
 * that has a code before it. Threads may use one map at the same time with buffers of their own.
 * <p>Shapes: codes and deltas {@code [rows, nCode]}.
 */
interface RecurrentMap {
    /** Whether {@link #apply} and {@link #adjoint} leave out the identity: S is then the identity and what they compute. */
    boolean leavesOutIdentity();

    /**
     * {@code result = S_t z}, or without z where the identity is left out.
     *
     * @param z       the code before the step. Not modified.
     * @param result  another array. Overwritten.
     * @param buffers of the block, for what the gradient needs
     */
    void apply(int step, INDArray z, INDArray result, BlockBuffers buffers);

    /**
     * {@code result = S_t' delta}, or without delta where the identity is left out.
     *
     * @param delta   gradient with respect to what {@link #apply} made. Not modified.
     * @param result  another array. Overwritten.
     * @param buffers of the block, for what the gradient needs
     */
    void adjoint(int step, INDArray delta, INDArray result, BlockBuffers buffers);

    /**
     * Writes the gradients of the map's own weights, and adds those of weights that it shares.
     *
     * @param blocks    of the batch, after the backward pass of each
     * @param gradients of all parameters of the layer. Modified in place.
     */
    void writeGradients(List<BlockBuffers> blocks, Map<String, INDArray> gradients);
}
