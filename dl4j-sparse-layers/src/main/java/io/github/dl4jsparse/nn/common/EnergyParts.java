package io.github.dl4jsparse.nn.common;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.math.HostArrays;
import io.github.dl4jsparse.math.Norms;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays that the energy of a batch is computed from, summed over the batch or example by example.
 * <p>\[ E_b = \tfrac12 \lVert r_b \rVert_2^2 + \sum_p \mathrm{penalty}(z_{b,p}) + \tfrac{\alpha}{2} \lVert e_b \rVert_2^2 \]
 * where b is an example, r its residual, z its code, p one of its rows of penalised units, e the error of a predicted code.
 * <p>Shapes: the batch is the first axis of the residual and of the prediction error; {@code penalised} has the same number of
 * rows for each example, one example after the other. All arrays are kept by reference and not modified.
 *
 * @param residual         r; where pixels count unequally, times the roots of their weights
 * @param penalty          on the code
 * @param penalised        z as the penalty takes it, {@code [rows, penalty units]}
 * @param predictionWeight alpha, finite and &gt;= 0
 * @param predictionError  e; null where alpha is 0
 */
public record EnergyParts(
        INDArray residual, Penalty penalty, INDArray penalised, double predictionWeight, INDArray predictionError) {
    /** @throws IllegalArgumentException if a part is missing or alpha is not finite and &gt;= 0 */
    public EnergyParts {
        Args.given("residual", residual);
        Args.given("penalty", penalty);
        Args.given("penalised code", penalised);
        Args.nonNegative("predictionWeight", predictionWeight);
        if (predictionWeight > 0 != (predictionError != null)) {
            throw Args.failure("prediction error", "given exactly if its weight is above 0", predictionError);
        }
    }

    /** The parts of an energy without prediction. */
    public EnergyParts(INDArray residual, Penalty penalty, INDArray penalised) {
        this(residual, penalty, penalised, 0, null);
    }

    /** The terms of the energy, each summed over the batch. */
    public EnergyTerms sums() {
        double prediction = predictionError == null ? 0 : predictionWeight * Norms.squared(predictionError) / 2;
        return new EnergyTerms(Norms.squared(residual) / 2, penalty.value(penalised), prediction);
    }

    /**
     * The energy of each example.
     *
     * @return {@code [batch]}, DOUBLE, a new array
     */
    public INDArray examples() {
        double[] energies = new double[Math.toIntExact(residual.size(0))];
        addHalfSquares(residual, 1, energies);
        double[] penalties = HostArrays.doubles(penalty.values(penalised));
        int rows = penalties.length / energies.length;
        for (int i = 0; i < penalties.length; i++) {
            energies[i / rows] += penalties[i];
        }
        if (predictionError != null) {
            addHalfSquares(predictionError, predictionWeight, energies);
        }
        return Nd4j.createFromArray(energies);
    }

    /** Adds half of the squared norm of each example, in double precision, so that no square of a float overflows. */
    private static void addHalfSquares(INDArray array, double factor, double[] energies) {
        double[] squares = Norms.squaredRows(Energy.rows(array));
        for (int b = 0; b < energies.length; b++) {
            energies[b] += factor * squares[b] / 2;
        }
    }
}
