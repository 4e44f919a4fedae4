package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.solver.Solution.Certificate;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * Finds, for every input of a batch, the code that minimises an {@link Energy}, with a certificate of optimality.
 * <p>\[ z^* = \arg\min_z E(x, z) \]
 * <p>Iteration ends when the {@link Certificate} of every example is at most the tolerance, or at the limit of
 * iterations, which the {@link Solution} reports and which is logged as a warning.
 * <p>Shapes: {@code x: [batch, ...]}, {@code z: [batch, ...]} as the decoder maps them. FLOAT or DOUBLE, the type of the
 * decoder's weights; in FLOAT a relative certificate below about 1e-5 is rounding error.
 * <p>Implementations are immutable, name their parameters in JSON, compare by value, and inherit {@code SolverContract}'s
 * tests.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface Solver extends Serializable {
    /**
     * Solves a batch.
     *
     * @param energy with a penalty that this solver supports
     * @param input  x. Not modified.
     * @param start  the first codes, such as an encoder's prediction or earlier codes; null for the solver's own start,
     *      which is zero unless its class comment says otherwise. Not modified.
     * @throws IllegalArgumentException if the solver does not support the penalty or the decoder, shapes do not fit, or
     *                                  an input is NaN or infinite
     */
    Solution solve(Energy energy, INDArray input, @Nullable INDArray start);

    /** Whether this solver supports a penalty; {@link Solvers#bestFor(Penalty)} gives one that does. */
    boolean supports(Penalty penalty);

    /**
     * The requirements of {@link #supports} on a penalty, and the solver for others if there is one, as the text of an
     * error.
     */
    String supported();

    /**
     * Requires that this solver supports a penalty.
     *
     * @throws IllegalArgumentException if it does not; the message names a solver that does
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

    /** The largest number of iterations, at least 1. */
    int maxIterations();
}
