package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.Solution;
import io.github.dl4jsparse.solver.Solution.Certificate;
import io.github.dl4jsparse.solver.Solver;
import java.io.IOException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The contract of every {@link Solver} of convex problems: extend this class, implement the method that creates your
 * solver, and inherit the tests. Solutions are compared with those of scikit-learn, with the certificate recomputed
 * from its definition, and with the laws of the lasso.
 */
public abstract class SolverContract {
    private static final int CAP = 100_000;
    private static final int INPUTS = 12;
    private static final int UNITS = 20;
    private static final int BATCH = 4;

    /** The solver under test. */
    protected abstract Solver solver(int maxIterations, double tolerance);

    /** Whether the energy never rises from one iteration to the next. */
    protected boolean isMonotone() {
        return true;
    }

    /** The penalty under which the solver solves the lasso. */
    protected Penalty lasso(L1Penalty penalty, int units) {
        return penalty;
    }

    /** What the solver's certificate of the lasso is. */
    protected Certificate certificate() {
        return Certificate.DUALITY_GAP;
    }

    /**
     * Where the solver starts without a start.
     *
     * @param correlations {@code D'x}
     */
    protected INDArray firstCode(INDArray correlations) {
        return correlations.mul(0);
    }

    private static INDArray dictionary() {
        INDArray dictionary = Samples.gaussian(1, INPUTS, UNITS);
        return dictionary.diviRowVector(dictionary.norm2(0));
    }

    private static INDArray input() {
        return Samples.gaussian(2, BATCH, INPUTS);
    }

    private Energy energy(INDArray dictionary, double weight) {
        return new Energy(new DenseOperator(dictionary), lasso(new L1Penalty(weight), UNITS));
    }

    private Energy energy(double weight) {
        return energy(dictionary(), weight);
    }

    private Energy energy(LassoProblem problem, DataType type) {
        Energy energy = problem.energy(type);
        return new Energy(
                energy.decoder(), lasso(problem.penalty(), problem.decoder().columns()));
    }

    @Test
    protected void agreesWithScikitLearn() {
        for (LassoProblem problem : LassoProblem.all()) {
            Solution solution = solver(CAP, 5e-9)
                    .solve(energy(problem, DataType.DOUBLE), problem.x(DataType.DOUBLE))
                    .requireConverged();
            INDArray values = problem.energy(DataType.DOUBLE).values(problem.x(DataType.DOUBLE), solution.code());
            for (int i = 0; i < problem.energies().length; i++) {
                double expected = problem.energies()[i];
                assertEquals(expected, values.getDouble(i), 1e-8 * expected);
            }
            assertEquals(0, Samples.distance(Nd4j.create(problem.codes()), solution.code()), 1e-4);
        }
    }

    @Test
    protected void floatAgreesWithScikitLearn() {
        for (LassoProblem problem : LassoProblem.all()) {
            Solution solution = solver(CAP, 1e-4)
                    .solve(energy(problem, DataType.FLOAT), problem.x(DataType.FLOAT))
                    .requireConverged();
            assertEquals(DataType.FLOAT, solution.code().dataType());
            double expected = Nd4j.create(problem.energies()).sumNumber().doubleValue();
            double reached = problem.energy(DataType.DOUBLE)
                    .value(problem.x(DataType.DOUBLE), solution.code().castTo(DataType.DOUBLE));
            assertEquals(expected, reached, 2e-4 * expected);
        }
    }

    @Test
    protected void certificateIsTheDualityGap() {
        assumeTrue(certificate() == Certificate.DUALITY_GAP, "gives another certificate");
        for (double tolerance : new double[] {1e-1, 1e-3, 1e-6, 1e-10}) {
            Energy energy = energy(0.4);
            Solution solution = solver(CAP, tolerance).solve(energy, input()).requireConverged();
            assertEquals(Certificate.DUALITY_GAP, solution.certificate());
            assertTrue(solution.worst() <= tolerance);
            double worst = 0;
            for (int i = 0; i < BATCH; i++) {
                INDArray x = input().getRow(i, true);
                INDArray residual = energy.residual(x, solution.code().getRow(i, true));
                double largest = residual.mmul(dictionary()).normmaxNumber().doubleValue();
                // the residual, scaled into the dual's feasible set, as in the textbooks: a bound for our tighter one
                INDArray dual = residual.mul(Math.min(1, 0.4 / largest));
                double value = Samples.dot(x, dual) - Samples.dot(dual, dual) / 2;
                double primal = energy.value(x, solution.code().getRow(i, true).dup());
                worst = Math.max(worst, (primal - value) / primal);
            }
            assertTrue(solution.worst() <= worst + 1e-12, solution.worst() + " > " + worst);
        }
    }

    @Test
    protected void certificateIsTheDistanceToTheSubdifferential() {
        assumeTrue(certificate() == Certificate.SUBGRADIENT_DISTANCE, "gives another certificate");
        for (double tolerance : new double[] {1e-1, 1e-3, 1e-6, 1e-10}) {
            Solution solution =
                    solver(CAP, tolerance).solve(energy(0.4), input()).requireConverged();
            assertEquals(Certificate.SUBGRADIENT_DISTANCE, solution.certificate());
            assertTrue(solution.worst() <= tolerance);
            INDArray slope = energy(0.4).residual(input(), solution.code()).mmul(dictionary());
            INDArray distances = new L1Penalty(0.4).subdifferentialDistance(solution.code(), slope);
            INDArray sizes = input().mmul(dictionary()).norm2(true, 1);
            assertEquals(distances.div(sizes).maxNumber().doubleValue(), solution.worst(), 1e-12);
        }
    }

    @Test
    protected void energiesAreThoseOfTheBatch() {
        Solution solution = solver(CAP, 1e-6).solve(energy(0.3), input());
        assertEquals(solution.iterations() + 1, solution.energies().length);
        assertEquals(energy(0.3).value(input(), firstCode(input().mmul(dictionary()))), solution.energies()[0], 1e-9);
        assertEquals(energy(0.3).value(input(), solution.code()), solution.energy(), 1e-9);
        for (int k = 1; isMonotone() && k < solution.energies().length; k++) {
            assertTrue(solution.energies()[k] <= solution.energies()[k - 1] * (1 + 1e-12), "iteration " + k);
        }
    }

    /** Whichever thread is ready first, and wherever the arrays lie in memory. */
    @Test
    protected void energiesHaveTheSameBitsEveryTime() {
        INDArray many = Samples.gaussian(3, 301, INPUTS);
        double[] expected = solver(50, 1e-6).solve(energy(0.3), many).energies();
        for (int i = 0; i < 10; i++) {
            assertArrayEquals(
                    expected, solver(50, 1e-6).solve(energy(0.3), many.dup()).energies(), 0);
        }
    }

    @Test
    protected void bitsDoNotDependOnTheNumberOfThreads() {
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            INDArray many = Samples.gaussian(type, 3, 301, INPUTS);
            Energy energy = energy(dictionary().castTo(type), 0.3);
            ThreadsLaw.sameBits(() -> {
                Solution solution = solver(50, 1e-6).solve(energy, many);
                return new INDArray[] {
                    solution.code(),
                    Nd4j.createFromArray(solution.energies()),
                    Nd4j.createFromArray(solution.worst(), solution.iterations())
                };
            });
        }
    }

    @Test
    protected void zerosAreExact() {
        INDArray code = solver(CAP, 1e-8).solve(energy(0.5), input()).code();
        long zeros = code.eq(0).castTo(DataType.INT32).sumNumber().longValue();
        assertTrue(zeros > UNITS && zeros < BATCH * UNITS, zeros + " zeros");
    }

    @Test
    protected void codeIsZeroFromTheLargestUsefulWeightOn() {
        double largest = input().mmul(dictionary()).normmaxNumber().doubleValue();
        INDArray zero =
                solver(CAP, 1e-10).solve(energy(largest * (1 + 1e-9)), input()).code();
        assertEquals(0, zero.normmaxNumber().doubleValue());
        INDArray code =
                solver(CAP, 1e-10).solve(energy(largest * 0.99), input()).code();
        assertTrue(code.normmaxNumber().doubleValue() > 0);
    }

    @Test
    protected void startAtTheSolutionTakesNoIteration() {
        INDArray solved = solver(CAP, 1e-9).solve(energy(0.3), input()).code();
        INDArray start = solved.dup();
        Solution again = solver(CAP, 1e-8).solve(energy(0.3), input(), start);
        assertEquals(0, again.iterations());
        assertEquals(solved, again.code());
        assertEquals(solved, start);
    }

    @Test
    protected void everyStartLeadsToTheSameEnergy() {
        double expected = solver(CAP, 1e-10).solve(energy(0.3), input()).energy();
        INDArray start = Samples.gaussian(5, BATCH, UNITS).mul(3);
        Solution solution = solver(CAP, 1e-10).solve(energy(0.3), input(), start);
        assertEquals(expected, solution.energy(), 1e-9 * expected);
        assertEquals(energy(0.3).value(input(), start), solution.energies()[0], 1e-9);
    }

    @Test
    protected void capIsReported() {
        Solution solution = solver(1, 1e-12).solve(energy(0.1), input());
        assertFalse(solution.converged());
        assertEquals(1, solution.iterations());
        assertTrue(solution.worst() > 1e-12);
        String message = assertThrows(IllegalStateException.class, solution::requireConverged)
                .getMessage();
        assertTrue(message.startsWith("solver must converge, got not converged after 1 iterations"), message);
    }

    @Test
    protected void examplesOfABatchDoNotMix() {
        INDArray together = solver(CAP, 1e-11).solve(energy(0.3), input()).code();
        for (int i = 0; i < BATCH; i++) {
            INDArray alone = solver(CAP, 1e-11)
                    .solve(energy(0.3), input().getRow(i, true).dup())
                    .code();
            assertEquals(0, Samples.distance(together.getRow(i, true), alone), 1e-5);
        }
    }

    @Test
    protected void predictionEqualsMoreInputs() {
        double alpha = 0.7;
        INDArray prediction = Samples.gaussian(6, BATCH, UNITS);
        Solution near = solver(CAP, 1e-11).solve(energy(0.3).near(prediction, alpha), input());
        INDArray longer = Nd4j.vstack(
                dictionary(), Nd4j.eye(UNITS).castTo(DataType.DOUBLE).mul(Math.sqrt(alpha)));
        INDArray inputs = Nd4j.hstack(input(), prediction.mul(Math.sqrt(alpha)));
        Solution augmented = solver(CAP, 1e-11).solve(energy(longer, 0.3), inputs);
        assertEquals(augmented.energy(), near.energy(), 1e-9 * near.energy());
        assertEquals(0, Samples.distance(augmented.code(), near.code()), 1e-5);
        assertEquals(energy(0.3).near(prediction, alpha).value(input(), near.code()), near.energy(), 1e-9);
    }

    @Test
    protected void degenerateDictionaries() {
        INDArray dictionary = dictionary();
        dictionary.getColumn(3).assign(0);
        dictionary.getColumn(5).assign(dictionary.getColumn(6));
        Solution solution =
                solver(CAP, 1e-9).solve(energy(dictionary, 0.2), input()).requireConverged();
        assertEquals(0, solution.code().getColumn(3).normmaxNumber().doubleValue());
        INDArray none = Nd4j.zeros(DataType.DOUBLE, INPUTS, UNITS);
        Solution nothing = solver(CAP, 1e-9).solve(energy(none, 0.2), input()).requireConverged();
        assertEquals(0, nothing.code().normmaxNumber().doubleValue());
    }

    @Test
    protected void inputOfZerosHasTheZeroCode() {
        INDArray zeros = Nd4j.zeros(DataType.DOUBLE, BATCH, INPUTS);
        Solution solution = solver(CAP, 1e-9).solve(energy(0.2), zeros).requireConverged();
        assertEquals(0, solution.code().normmaxNumber().doubleValue());
        assertEquals(0, solution.worst());
    }

    @Test
    protected void argumentsAreNotModified() {
        INDArray dictionary = dictionary();
        INDArray input = input();
        solver(CAP, 1e-6).solve(energy(dictionary, 0.3), input);
        assertEquals(dictionary(), dictionary);
        assertEquals(input(), input);
    }

    @Test
    protected void badArgumentsAreRefused() {
        INDArray bad = input();
        bad.putScalar(3, Double.NaN);
        refused("input must be finite", () -> solver(CAP, 1e-6).solve(energy(0.3), bad));
        refused("output must be a matrix [any, 12]|output shape must be [any, 12]", () -> solver(CAP, 1e-6)
                .solve(energy(0.3), Samples.gaussian(1, 2, 5)));
        refused("start must be of shape [4, 20], got [4, 19]", () -> solver(CAP, 1e-6)
                .solve(energy(0.3), input(), Samples.gaussian(1, 4, 19)));
        refused("maxIterations must be at least 1, got 0", () -> solver(0, 1e-6));
        refused("tolerance must be finite and > 0, got NaN", () -> solver(1, Double.NaN));
        Penalty smooth = new Penalty() {
            private static final long serialVersionUID = 1;

            @Override
            public INDArray values(INDArray code) {
                return code.norm2(true, 1);
            }

            @Override
            public void addGradient(INDArray code, double scale, INDArray gradient) {
                throw new UnsupportedOperationException();
            }
        };
        refused("penalty must be", () -> solver(CAP, 1e-6)
                .solve(new Energy(new DenseOperator(dictionary()), smooth), input()));
    }

    private static void refused(String starts, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        boolean expected = false;
        for (String start : starts.split("\\|")) {
            expected |= message.startsWith(start);
        }
        assertTrue(expected, message);
    }

    @Test
    protected void jsonRoundTripIsEqual() throws IOException {
        Solver solver = solver(77, 1e-5);
        String json = NeuralNetConfiguration.mapper().writeValueAsString(solver);
        assertEquals(solver, NeuralNetConfiguration.mapper().readValue(json, Solver.class), json);
        assertNotEquals(solver, solver(78, 1e-5));
        assertNotEquals(solver, solver(77, 1e-6));
        assertEquals(77, solver.maxIterations());
        assertEquals(1e-5, solver.tolerance());
    }
}
