package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.InhibitionProblems.Drawn;
import io.github.dl4jsparse.solver.InhibitionProblems.Stored;
import io.github.dl4jsparse.solver.Solution.Certificate;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.testkit.SolverContract;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The contract of both solvers for lateral inhibition; without inhibition, all laws of the lasso. */
abstract class InhibitionSolverContract extends SolverContract {
    private static final int PROBLEMS = 10_000;

    @Override
    protected Penalty lasso(L1Penalty penalty, int units) {
        return new LateralInhibitionPenalty(1, InhibitionMatrix.uniform(units, 0), penalty);
    }

    @Override
    protected Certificate certificate() {
        return Certificate.SUBGRADIENT_DISTANCE;
    }

    @Override
    protected INDArray firstCode(INDArray correlations) {
        return correlations.mul(0.1);
    }

    /** The most iterations of a problem of which only the energies count. */
    abstract int fewIterations();

    /** The number of inputs that are solved together, and their energies summed, where only the energies count. */
    abstract int together();

    /** Powers of ten that the inhibition spans where the solver has to converge. */
    abstract double decades();

    @Test
    void energyNeverIncreases() {
        int rising = 0;
        int stronglyInhibited = 0;
        for (int seed = 0; seed < PROBLEMS / together(); seed++) {
            Drawn problem = InhibitionProblems.draw(seed, together(), 5);
            INDArray start = seed % 2 == 0
                    ? null
                    : Samples.gaussian(seed, together(), problem.penalty().units());
            double[] energies = solver(fewIterations(), 1e-9)
                    .solve(problem.energy(), problem.x(), start)
                    .energies();
            stronglyInhibited += problem.penalty().inhibition().spectralBound() > 100 ? together() : 0;
            for (int k = 1; k < energies.length; k++) {
                // as much as rounding may add to a number of the size of the first energy
                if (energies[k] > energies[k - 1] + 1e-14 * Math.max(1, energies[0])) {
                    rising++;
                }
            }
        }
        assertEquals(0, rising, "steps up, in " + PROBLEMS + " problems");
        assertTrue(stronglyInhibited > PROBLEMS / 10, stronglyInhibited + " problems of strong inhibition");
    }

    @Test
    void noChangeOfOneUnitImprovesTheAnswer() {
        for (int seed = 0; seed < 40; seed++) {
            Drawn problem = InhibitionProblems.draw(seed, 1, decades());
            Solution solution = solver(20_000, 1e-7).solve(problem.energy(), problem.x());
            assertTrue(solution.converged(), seed + ": " + solution);
            double[] x = problem.x().toDoubleVector();
            double[][] dictionary = Samples.rows(problem.dictionary());
            double[] z = solution.code().getRow(0).toDoubleVector();
            double reached = InhibitionProblems.value(problem.energy(), x, dictionary, z);
            assertEquals(reached, solution.energy(), 1e-9 * Math.max(1, reached));
            for (int i = 0; i < z.length; i++) {
                double old = z[i];
                for (double change : new double[] {-old, -2 * old, 1e-5, -1e-5, 1e-3, -1e-3, 0.1, -0.1, 1, -1}) {
                    z[i] = old + change;
                    boolean forbidden = z[i] < 0 && problem.penalty().l1().nonNegative();
                    double rival = InhibitionProblems.value(problem.energy(), x, dictionary, z);
                    assertTrue(forbidden || rival >= reached - 1e-9, seed + ": " + rival + " is below " + reached);
                }
                z[i] = old;
            }
        }
    }

    @Test
    void answersAreAmongAllPointsThatNoUnitImproves() {
        for (Stored problem : Stored.all()) {
            Solution solution =
                    solver(200_000, 1e-11).solve(problem.energy(), problem.x()).requireConverged();
            double[] values =
                    problem.energy().values(problem.x(), solution.code()).toDoubleVector();
            for (int i = 0; i < values.length; i++) {
                double nearest = nearest(problem.minima()[i], values[i]);
                assertEquals(nearest, values[i], 1e-8 * nearest);
            }
        }
    }

    private static double nearest(double[] candidates, double value) {
        return Arrays.stream(candidates)
                .boxed()
                .min((a, b) -> Double.compare(Math.abs(a - value), Math.abs(b - value)))
                .orElseThrow();
    }

    @Test
    void contrastOfTheInputDoesNotChangeTheSupport() {
        for (int seed = 1; seed < 9; seed++) {
            Drawn problem = InhibitionProblems.draw(seed * 7 * 4 + 2, 3, decades());
            LateralInhibitionPenalty plain = new LateralInhibitionPenalty(
                    problem.penalty().weight(), problem.penalty().inhibition());
            Energy energy = new Energy(problem.energy().decoder(), plain);
            INDArray code = solver(1000, 1e-8).solve(energy, problem.x()).code();
            for (double contrast : new double[] {1e-3, 0.37, 1e4}) {
                INDArray scaled = solver(1000, 1e-8)
                        .solve(energy, problem.x().mul(contrast))
                        .code();
                assertEquals(code.neq(0), scaled.neq(0), "support at contrast " + contrast);
                double size = code.normmaxNumber().doubleValue();
                assertEquals(0, Samples.distance(code.mul(contrast), scaled), 1e-6 * contrast * size);
            }
        }
    }

    @Test
    void strongUniformInhibitionLeavesOneUnit() {
        INDArray dictionary = Samples.gaussian(1, 6, 8);
        LateralInhibitionPenalty penalty = new LateralInhibitionPenalty(100, InhibitionMatrix.uniform(8, 1));
        INDArray code = solver(200_000, 1e-9)
                .solve(new Energy(new DenseOperator(dictionary), penalty), Samples.gaussian(2, 5, 6))
                .code();
        assertEquals(5, code.neq(0).castTo(DataType.INT32).sumNumber().intValue(), "one unit an example");
    }

    @Test
    void singlePrecisionEndsNearby() {
        for (Stored problem : Stored.all()) {
            Energy single = new Energy(
                    new DenseOperator(Nd4j.create(problem.dictionary()).castTo(DataType.FLOAT)), problem.penalty());
            INDArray code = solver(5000, 1e-4)
                    .solve(single, problem.x().castTo(DataType.FLOAT))
                    .requireConverged()
                    .code();
            assertEquals(DataType.FLOAT, code.dataType());
            double[] values = problem.energy()
                    .values(problem.x(), code.castTo(DataType.DOUBLE))
                    .toDoubleVector();
            for (int i = 0; i < values.length; i++) {
                assertEquals(nearest(problem.minima()[i], values[i]), values[i], 1e-3);
            }
        }
    }

    @Test
    void otherPenaltiesAreRefusedByName() {
        String name = solver(1, 1).getClass().getSimpleName();
        String message = assertThrows(
                        IllegalArgumentException.class, () -> solver(1, 1).requireSupport(new L1Penalty(1)))
                .getMessage();
        assertEquals(
                "penalty must be lateral inhibition for " + name
                        + " (use CoordinateDescent or Fista for others), got L1Penalty",
                message);
        Solver fista = new Fista(1, 1);
        Penalty inhibition = lasso(new L1Penalty(1), 3);
        assertThrows(IllegalArgumentException.class, () -> fista.requireSupport(inhibition));
    }
}
