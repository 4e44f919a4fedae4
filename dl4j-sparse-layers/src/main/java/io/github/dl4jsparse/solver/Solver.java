package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * Finds, for every input of a batch, the code that minimises an {@link Energy}, and says how good its answer is.
 * <p>\[ z^* = \arg\min_z E(x, z) \]
 * <p>Iteration ends when the {@link Certificate} of every example is at most the tolerance, or at the cap on iterations,
 * which the {@link Solution} reports and the log warns of.
 * <p>Shapes: {@code x: [batch, ...]}, {@code z: [batch, ...]} as the decoder maps them. FLOAT or DOUBLE, the type of the
 * decoder's weights; in FLOAT a relative certificate below about 1e-5 is rounding.
 * <p>Implementations are immutable, name their parameters in JSON, compare by value, and inherit {@code SolverContract}'s
 * tests.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface Solver extends Serializable {
    /**
     * Solves a batch.
     *
     * @param energy with a penalty that this solver can handle
     * @param input  x. Not modified.
     * @param start  the codes to start from, an encoder's prediction or those of the last time; null for the
     *               solver's own, which is zero unless it says otherwise. Not modified.
     * @throws IllegalArgumentException if the penalty or the decoder is not for this solver, shapes do not fit, or an input
     *                                  is NaN or infinite
     */
    Solution solve(Energy energy, INDArray input, INDArray start);

    /** Whether this solver can handle a penalty; {@link Solvers#bestFor(Penalty)} names one that can. */
    boolean supports(Penalty penalty);

    /** What {@link #supports} asks of a penalty, and where there is one the solver of others, as the text of an error. */
    String supported();

    /**
     * Checks that this solver can handle a penalty.
     *
     * @throws IllegalArgumentException if it can't; the message says which solver can
     */
    default void requireSupport(Penalty penalty) {
        if (!supports(Args.given("penalty", penalty))) {
            throw Args.failure("penalty", supported(), penalty.getClass().getSimpleName());
        }
    }

    /** Solves a batch from the solver's own start. */
    default Solution solve(Energy energy, INDArray input) {
        return solve(energy, input, null);
    }

    /** The relative certificate at which to stop, &gt; 0. */
    double tolerance();

    /** The cap on iterations, at least 1. */
    int maxIterations();
}
