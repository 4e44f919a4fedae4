package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A check whether an encoder can be trained on a penalty by its gradient: the penalty must be finite for every code
 * that the shrinkage can produce. A penalty that is infinite for some codes, such as {@code TopKPenalty} and the
 * non-negative penalties, is a constraint, without a gradient that leads back to allowed codes.
 */
final class TrainablePenalty {
    private TrainablePenalty() {}

    /**
     * Refuses a penalty that is infinite where all units are active.
     *
     * @param nOut units of the layer; a penalty for a fixed number of units is checked with that number
     * @throws IllegalArgumentException with the penalty and the remedy
     */
    static void require(Penalty penalty, long nOut, Shrinkage shrinkage) {
        INDArray active = Nd4j.ones(1, penalty.units() == 0 ? nOut : penalty.units());
        if (!Double.isFinite(penalty.value(active))) {
            throw Args.failure(
                    "penalty",
                    "finite for every code, so that its gradient can train the encoder; take an L1Penalty, give the"
                            + " encoder a solver for this one by predictive(...), or take a SparseCodingLayer",
                    penalty);
        }
        if (shrinkage.isSigned() && !Double.isFinite(penalty.value(active.negi()))) {
            throw Args.failure(
                    "penalty",
                    "finite for negative codes, which the shrinkage makes; take shrinkage(NON_NEGATIVE), or a penalty for"
                            + " codes of either sign",
                    penalty);
        }
    }
}
