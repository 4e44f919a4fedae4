package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Rectification;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The part of coordinate descent with lateral inhibition that all examples of a batch share. */
final class InhibitionProblem {
    /** The fraction of {@code D'x} that is the default start. */
    private static final double FIRST_SHARE = 0.1;

    final int units;
    /** {@code H}, row by row. */
    final double[] gram;
    /** {@code 2 alpha}. */
    final double scale;

    final InhibitionMatrix inhibition;
    /** The L1 weight of each unit. */
    final double[] lambda;

    final boolean nonNegative;

    /** @param decoderGram {@code D'D} in double precision. Not modified. */
    InhibitionProblem(INDArray decoderGram, double predictionWeight, LateralInhibitionPenalty penalty) {
        units = decoderGram.rows();
        gram = HostArrays.doubles(decoderGram);
        for (int i = 0; i < units; i++) {
            gram[i * units + i] += predictionWeight;
        }
        scale = 2 * penalty.weight();
        inhibition = penalty.inhibition();
        lambda = new double[units];
        for (int i = 0; i < units; i++) {
            lambda[i] = penalty.l1().weight().of(i);
        }
        nonNegative = penalty.l1().nonNegative();
    }

    /** The text of {@code supported()} of a solver of lateral inhibition. */
    static String supported(Solver solver) {
        return "lateral inhibition for " + solver.getClass().getSimpleName()
                + " (use CoordinateDescent or Fista for others)";
    }

    /**
     * The penalty of an energy with lateral inhibition.
     *
     * @throws IllegalArgumentException if the solver does not support it
     */
    static LateralInhibitionPenalty requireSupport(Penalty penalty, Solver solver) {
        solver.requireSupport(penalty);
        return (LateralInhibitionPenalty) penalty;
    }

    /**
     * A copy of a start, or without one a tenth of the correlations; values that the penalty does not allow are set to
     * zero.
     */
    static INDArray start(Quadratic quadratic, LateralInhibitionPenalty penalty, INDArray start) {
        INDArray code = start == null ? quadratic.linear().mul(FIRST_SHARE) : quadratic.start(start);
        return penalty.l1().nonNegative() ? Rectification.inPlace(code) : code;
    }

    /** {@code target -= factor * (row of H)}. */
    void subtractRow(int row, double factor, double[] target) {
        int base = row * units;
        for (int j = 0; j < units; j++) {
            target[j] -= factor * gram[base + j];
        }
    }
}
