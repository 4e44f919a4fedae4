package io.github.dl4jsparse.examples;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The codes of held-out patches under a learned dictionary, whatever the penalty. */
interface HeldOutCodes {
    /** D, {@code [pixels, units]}. */
    INDArray dictionary();

    /** The mean energy of a patch. */
    double meanEnergy();
}
