package io.github.dl4jsparse.examples.patch;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The codes of held-out patches under a learned dictionary, whatever the penalty. */
public interface HeldOutCodes {
    /** D, {@code [pixels, units]}. */
    INDArray dictionary();

    /** The mean energy of a patch. */
    double meanEnergy();
}
