package io.github.dl4jsparse.nn.lista;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The recurrent map S of an unrolled encoder, with the two things that back-propagation asks of it. Steps are numbered from 1,
 * the first that has a code before it.
 * <p>Shapes: codes and deltas {@code [rows, nCode]}.
 */
interface RecurrentMap {
    /**
     * {@code result = drive + S_t z}.
     *
     * @param z      the code before the step. Not modified, unless it is the result too.
     * @param drive  not modified
     * @param result modified in place; z itself where the map {@link #worksInPlace}
     */
    void add(int step, INDArray z, INDArray drive, INDArray result);

    /** Whether a step may overwrite the code before it. */
    boolean worksInPlace();

    /**
     * {@code result = S_t' delta}, and the step's part of the gradients, where it is not left to {@link #finish}.
     *
     * @param z         the code before the step. Not modified.
     * @param delta     gradient with respect to what {@link #add} made. Not modified.
     * @param result    modified in place
     * @param gradients of all parameters of the layer, to which the part is added. Modified in place.
     */
    void backward(int step, INDArray z, INDArray delta, INDArray result, Map<String, INDArray> gradients);

    /**
     * Begins a pass of gradients: parameters that belong to this map alone start from zero.
     *
     * @param gradients modified in place
     */
    void begin(Map<String, INDArray> gradients);

    /**
     * What is left of the gradients once all steps are done.
     *
     * @param codes     of all steps. Not modified.
     * @param deltas    of all steps. Not modified.
     * @param gradients modified in place
     */
    void finish(Steps codes, Steps deltas, Map<String, INDArray> gradients);
}
