package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.TopKPenalty;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.operator.LinearOperator;
import io.github.dl4jsparse.operator.PermutationOperator;
import io.github.dl4jsparse.solver.Solution.Certificate;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Every code path of the solvers gives the same solution: operators, shapes of dictionaries, batches, start and end.
 */
class SolverPathsTest {
    private static final int CAP = 5000;
    private static final double WEIGHT = 0.6;

    private static INDArray dictionary(int inputs, int units) {
        INDArray dictionary = Samples.gaussian(1, inputs, units);
        return dictionary.diviRowVector(dictionary.norm2(0));
    }

    private static Energy lasso(LinearOperator decoder) {
        return new Energy(decoder, new L1Penalty(WEIGHT));
    }

    private static double energy(Solver solver, Energy energy, INDArray input) {
        return solver.solve(energy, input).requireConverged().energy();
    }

    /** Up to twice as many units as inputs iterate with the Gram matrix, more with two products. */
    @ParameterizedTest
    @CsvSource({"20, 5", "8, 8", "8, 16", "8, 17", "6, 30"})
    void wideAndTallDictionariesAgreeOnAllPaths(int inputs, int units) {
        INDArray atoms = dictionary(inputs, units);
        INDArray x = Samples.gaussian(2, 3, inputs);
        LinearOperator products = new DenseOperator(atoms.transpose().dup('c')).transpose();
        double expected = energy(new CoordinateDescent(CAP, 1e-9), lasso(new DenseOperator(atoms)), x);
        for (LinearOperator decoder : List.of(new DenseOperator(atoms), products)) {
            assertEquals(expected, energy(new Fista(CAP, 5e-9), lasso(decoder), x), 1e-8 * expected);
            assertEquals(expected, energy(new Ista(CAP, 5e-9, true), lasso(decoder), x), 1e-8 * expected);
        }
    }

    @Test
    void codesOfRankFourAreThoseOfTheMatrix() {
        PermutationOperator permutation = new PermutationOperator(
                new int[] {3, 1, 5, 0, 4, 2}, new double[] {1, -0.5, 2, 0.8, 1.2, -1.5}, 3, 1, 2);
        INDArray x = Samples.gaussian(2, 4, 6);
        Energy plain = lasso(new DenseOperator(permutation.matrix()));
        for (boolean near : new boolean[] {false, true}) {
            INDArray f = Samples.gaussian(3, 4, 6);
            Energy ranked = lasso(permutation);
            Solution matrix = new Fista(CAP, 1e-12).solve(near ? plain.near(f, 0.5) : plain, x);
            Solution solution = new Fista(CAP, 1e-12)
                    .solve(near ? ranked.near(f.reshape('c', 4, 3, 1, 2), 0.5) : ranked, x)
                    .requireConverged();
            assertArrayEquals(new long[] {4, 3, 1, 2}, solution.code().shape());
            assertEquals(0, Samples.distance(matrix.code(), solution.code().reshape('c', 4, 6)), 1e-6);
            assertTrue(matrix.code().eq(0).any() && matrix.code().neq(0).any());
        }
        // the lasso of a permutation is one soft threshold for each unit
        INDArray code = new Ista(CAP, 1e-12).solve(lasso(permutation), x).code();
        for (int i = 0; i < 6; i++) {
            double factor = permutation.factors()[i];
            double drive = factor * x.getDouble(1, i);
            double expected = Math.signum(drive) * Math.max(0, Math.abs(drive) - WEIGHT) / (factor * factor);
            int unit = permutation.sources()[i];
            assertEquals(expected, code.getDouble(1, unit / 2, 0, unit % 2), 1e-5);
        }
    }

    @Test
    void coordinateDescentRefusesOperatorsThatAreNotDense() {
        LinearOperator transposed = new DenseOperator(dictionary(6, 6)).transpose();
        String message = assertThrows(IllegalArgumentException.class, () -> new CoordinateDescent(CAP, 1e-6)
                        .solve(lasso(transposed), Samples.gaussian(2, 3, 6)))
                .getMessage();
        assertEquals(
                "decoder must be a DenseOperator for CoordinateDescent (use Fista for others), got TransposedOperator",
                message);
    }

    @Test
    void coordinateDescentOfManyRowsIsFista() {
        INDArray x = Samples.gaussian(2, 40, 16);
        // rows of very different size, and one of zeros
        x.muliColumnVector(Samples.gaussian(7, 40, 1));
        x.getRow(11).assign(0);
        Energy energy = lasso(new DenseOperator(dictionary(16, 12)));
        Solution fista = new Fista(CAP, 1e-11).solve(energy, x).requireConverged();
        Solution descent = new CoordinateDescent(CAP, 1e-11).solve(energy, x).requireConverged();
        INDArray expected = energy.values(x, fista.code());
        INDArray actual = energy.values(x, descent.code());
        for (int i = 0; i < 40; i++) {
            assertEquals(expected.getDouble(i), actual.getDouble(i), 1e-9 * expected.getDouble(i), "row " + i);
        }
        assertEquals(0, Samples.distance(fista.code(), descent.code()), 1e-4);
        double[] trace = descent.energies();
        assertEquals(fista.energies()[0], trace[0], 1e-9 * trace[0]);
        IntStream.range(1, trace.length).forEach(k -> assertTrue(trace[k] <= trace[k - 1] * (1 + 1e-12), "round " + k));
    }

    @Test
    void fistaNeedsFewerIterationsThanIsta() {
        Energy energy = new Energy(new DenseOperator(dictionary(10, 14)), new L1Penalty(0.2));
        INDArray x = Samples.gaussian(2, 3, 10);
        for (boolean backtracking : new boolean[] {false, true}) {
            Solution ista = new Ista(CAP, 1e-5, backtracking).solve(energy, x).requireConverged();
            Solution fista =
                    new Fista(CAP, 1e-5, backtracking, true).solve(energy, x).requireConverged();
            assertTrue(2 * fista.iterations() < ista.iterations(), fista + " against " + ista);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void energyOfTheMostActiveUnitsNeverRises(boolean backtracking) {
        INDArray x = Samples.gaussian(2, 4, 10);
        TopKPenalty penalty = new TopKPenalty(3);
        for (TopKPenalty topK : List.of(penalty, penalty.asNonNegative())) {
            Energy energy = new Energy(new DenseOperator(dictionary(10, 16)), topK);
            Solution solution =
                    new Ista(CAP, 1e-9, backtracking).solve(energy, x).requireConverged();
            assertEquals(Certificate.SUBGRADIENT_DISTANCE, solution.certificate());
            double[] trace = solution.energies();
            assertTrue(trace.length > 2 && solution.energy() < 0.9 * trace[0], solution.toString());
            IntStream.range(1, trace.length)
                    .forEach(k -> assertTrue(trace[k] <= trace[k - 1] * (1 + 1e-12), "iteration " + k));
            INDArray active = solution.code().neq(0).castTo(DataType.DOUBLE).sum(1);
            assertTrue(active.maxNumber().intValue() <= 3, active.toString());
            // on its own units the code is that of least squares: the gradient is zero there
            INDArray slope = energy.residual(x, solution.code()).mmul(dictionary(10, 16));
            INDArray onActive = slope.mul(solution.code().neq(0).castTo(DataType.DOUBLE));
            assertEquals(0, onActive.normmaxNumber().doubleValue(), 1e-7);
        }
    }
}
