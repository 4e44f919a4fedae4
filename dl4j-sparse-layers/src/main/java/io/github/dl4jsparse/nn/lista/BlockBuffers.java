package io.github.dl4jsparse.nn.lista;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays of a block of examples between forward and backward pass. As long as batches have the same size, the next pass uses
 * them again: to make them anew takes longer than the element-wise part of a step.
 * <p>Shapes: codes and deltas {@code [rows, nCode]} a step, images {@code [rows of images, pixels]} a step.
 *
 * @param codes         of all steps
 * @param deltas        gradients with respect to what each step shrinks
 * @param images        of the codes before each step but the first, where steps go through the decoder; else null
 * @param deltaImages   of the deltas of each step but the first, likewise
 * @param slopes        gradients of the sizes of the steps, by the number of the step
 * @param drive         E x in the forward pass; its gradient in the backward pass
 */
record BlockBuffers(Steps codes, Steps deltas, Steps images, Steps deltaImages, double[] slopes, INDArray drive) {
    /**
     * New arrays outside of any workspace.
     *
     * @param imageRows    rows of the images of a block as a matrix
     * @param imageColumns 0 where steps need no images
     */
    static BlockBuffers of(DataType type, int steps, long rows, long units, long imageRows, long imageColumns) {
        boolean images = imageColumns > 0 && steps > 1;
        return new BlockBuffers(
                Steps.allButLast(type, steps, rows, units),
                Steps.allButFirst(type, steps, rows, units),
                images ? Steps.allButFirst(type, steps, imageRows, imageColumns) : null,
                images ? Steps.allButFirst(type, steps, imageRows, imageColumns) : null,
                new double[steps],
                Nd4j.createUninitialized(type, rows, units));
    }

    /** Those of a pass of which no gradient is expected, which keeps the codes of two steps at a time. */
    static BlockBuffers forInference(
            DataType type, int steps, long rows, long units, long imageRows, long imageColumns, INDArray last) {
        INDArray drive = Nd4j.createUninitialized(type, rows, units);
        INDArray[] image = {
            imageColumns > 0 && steps > 1 ? Nd4j.createUninitialized(type, imageRows, imageColumns) : null
        };
        Steps codes = Steps.alternating(last, steps > 1 ? drive.ulike() : null, steps);
        return new BlockBuffers(codes, null, new Steps(null, image), null, null, drive);
    }
}
