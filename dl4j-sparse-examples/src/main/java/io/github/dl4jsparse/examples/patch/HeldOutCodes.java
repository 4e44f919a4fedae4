package io.github.dl4jsparse.examples.patch;

import io.github.dl4jsparse.solver.Solution;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The codes of held-out patches under a learned dictionary, whatever the penalty. */
public interface HeldOutCodes {
    /** D, {@code [pixels, units]}. */
    INDArray dictionary();

    /** x, {@code [patches, pixels]}. */
    INDArray patches();

    /** {@code x - D z}. */
    INDArray residual();

    /** The codes z and how exact they are. */
    Solution solution();

    /** z, {@code [patches, units]}. */
    default INDArray codes() {
        return solution().code();
    }

    /** {@code D z}. */
    default INDArray reconstructions() {
        return patches().sub(residual());
    }

    /** The mean energy of a patch. */
    default double meanEnergy() {
        return solution().energy() / patches().size(0);
    }
}
