package io.github.dl4jsparse.task;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A way to restore planes of gray values, with the network that does it. */
interface Restoration {
    /**
     * Restores planes.
     *
     * @param planes {@code [planes, 1, height, width]} of float. Not modified.
     * @param mask   {@code [1, 1, height, width]}, 1 for pixels that are known and 0 for those that are missing; null if all are known.
     *               Not modified.
     * @param sigma  noise level in the units of the planes, at least 0
     * @return planes of the same shape, a new array
     */
    INDArray restore(INDArray planes, INDArray mask, double sigma);

    /** How far from known pixels, in steps to one of eight neighbours, missing ones are restored. */
    int reach();

    /** The network, which is saved with its parameters. */
    MultiLayerNetwork net();

    /** Sets what a file holds besides the network. */
    void describe(RestorerFile.Saved saved);
}
