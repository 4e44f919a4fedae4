package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.InhibitionProblems.Stored;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class InhibitionCoordinateDescentTest extends InhibitionSolverContract {
    @Override
    protected Solver solver(int maxIterations, double tolerance) {
        return new InhibitionCoordinateDescent(maxIterations, tolerance);
    }

    @Override
    int fewIterations() {
        return 100;
    }

    @Override
    int together() {
        return 1;
    }

    @Override
    double decades() {
        return 5;
    }

    @Test
    void agreesWithAnIndependentSolver() {
        for (Stored problem : Stored.all()) {
            Solution solution =
                    solver(100_000, 1e-13).solve(problem.energy(), problem.x()).requireConverged();
            assertEquals(0, Samples.distance(Nd4j.create(problem.codes()), solution.code()), 1e-9);
            double[] values =
                    problem.energy().values(problem.x(), solution.code()).toDoubleVector();
            for (int i = 0; i < values.length; i++) {
                assertEquals(problem.energies()[i], values[i], 1e-12 * values[i]);
            }
        }
    }

    @Test
    void decodersWithoutAGramMatrixAreRefused() {
        Stored problem = Stored.all().get(0);
        Energy energy = new Energy(
                new DenseOperator(Nd4j.create(problem.dictionary()).transpose().dup()).transpose(), problem.penalty());
        String message = assertThrows(
                        IllegalArgumentException.class, () -> solver(1, 1).solve(energy, problem.x()))
                .getMessage();
        assertTrue(
                message.startsWith(
                        "decoder must be a DenseOperator for InhibitionCoordinateDescent (use MajorizedIsta"),
                message);
    }
}
