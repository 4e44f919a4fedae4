package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.SmoothedGroupPenalty;
import io.github.dl4jsparse.energy.SparseGroupPenalty;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.testkit.Samples;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ImplicitDifferentiationTest {
    private static final int INPUTS = 10;
    private static final int UNITS = 7;
    private static final int BATCH = 2;
    private static final Groups GROUPS = Groups.of(UNITS, new int[][] {{0, 3}, {1, 4, 6}, {2, 5}});

    private static INDArray dictionary() {
        INDArray dictionary = Samples.gaussian(1, INPUTS, UNITS);
        return dictionary.diviRowVector(dictionary.norm2(0));
    }

    private static INDArray input() {
        return Samples.gaussian(2, BATCH, INPUTS);
    }

    private static INDArray gradient() {
        return Samples.gaussian(3, BATCH, UNITS);
    }

    private static Energy energy(INDArray dictionary, Penalty penalty) {
        return new Energy(new DenseOperator(dictionary), penalty);
    }

    static Stream<Arguments> penalties() {
        return Stream.of(
                Arguments.of(new L1Penalty(0.3), new CoordinateDescent(1000, 1e-15)),
                Arguments.of(new GroupL2Penalty(0.6, GROUPS), new CoordinateDescent(1000, 1e-15)),
                Arguments.of(new SparseGroupPenalty(0.2, 0.3, GROUPS), new CoordinateDescent(1000, 1e-15)),
                Arguments.of(
                        new LateralInhibitionPenalty(
                                0.3, InhibitionMatrix.ring(UNITS, 0, 2, 0.6).withDiagonal(0.1), new L1Penalty(0.1)),
                        new InhibitionCoordinateDescent(10_000, 1e-15)),
                Arguments.of(new TreePenalty(0.3, Tree.branching(2, 2)), new Fista(1000, 1e-14)));
    }

    /** The loss {@code <g, z>} at the minimiser. */
    private static double loss(Penalty penalty, Solver solver, INDArray dictionary, INDArray x) {
        return Samples.dot(
                gradient(), solver.solve(energy(dictionary, penalty), x).code());
    }

    private static INDArray moved(INDArray array, INDArray direction, double by) {
        return array.add(direction.mul(by));
    }

    @ParameterizedTest
    @MethodSource("penalties")
    void agreesWithFiniteDifferencesOfTheMinimiser(Penalty penalty, Solver solver) {
        double h = 1e-4;
        INDArray d = dictionary();
        INDArray x = input();
        Energy energy = energy(d, penalty);
        INDArray code = solver.solve(energy, x).code();
        long active = code.neq(0).castTo(DataType.INT64).sumNumber().longValue();
        assertTrue(active > BATCH && active < BATCH * UNITS, active + " active units");
        INDArray u = ImplicitDifferentiation.solve(energy, x, code, gradient());
        INDArray image = u.mmul(d.transpose());
        INDArray throughD = energy.residual(x, code)
                .transpose()
                .mmul(u)
                .subi(image.transpose().mmul(code));
        for (int seed = 10; seed < 13; seed++) {
            INDArray dx = Samples.gaussian(seed, BATCH, INPUTS);
            double byX = loss(penalty, solver, d, moved(x, dx, h)) - loss(penalty, solver, d, moved(x, dx, -h));
            assertClose(byX / (2 * h), Samples.dot(image, dx));
            INDArray dd = Samples.gaussian(seed + 5, INPUTS, UNITS);
            double byD = loss(penalty, solver, moved(d, dd, h), x) - loss(penalty, solver, moved(d, dd, -h), x);
            assertClose(byD / (2 * h), Samples.dot(throughD, dd));
        }
    }

    private static void assertClose(double expected, double actual) {
        assertTrue(Math.abs(expected) > 1e-2, "a derivative of " + expected + " tells nothing");
        assertEquals(expected, actual, 2e-5 * Math.abs(expected) + 1e-6);
    }

    /** Solves {@code A u = b} by Gaussian elimination, for positive definite A. */
    private static double[] eliminated(double[][] a, double[] b) {
        for (int p = 0; p < b.length; p++) {
            for (int i = 0; i < b.length; i++) {
                double factor = i == p ? 0 : a[i][p] / a[p][p];
                for (int j = 0; j < b.length; j++) {
                    a[i][j] -= factor * a[p][j];
                }
                b[i] -= factor * b[p];
            }
        }
        return IntStream.range(0, b.length).mapToDouble(i -> b[i] / a[i][i]).toArray();
    }

    /** u of one example with the L1 penalty, by a dense solution on the active units. */
    private static double[] dense(double[] code, double[] gradient, double alpha) {
        int[] active = IntStream.range(0, UNITS).filter(i -> code[i] != 0).toArray();
        double[][] gram = Samples.rows(dictionary().transpose().mmul(dictionary()));
        double[][] a = new double[active.length][active.length];
        double[] b = new double[active.length];
        for (int i = 0; i < active.length; i++) {
            b[i] = gradient[active[i]];
            for (int j = 0; j < active.length; j++) {
                a[i][j] = gram[active[i]][active[j]] + (i == j ? alpha : 0);
            }
        }
        double[] solved = eliminated(a, b);
        double[] u = new double[UNITS];
        for (int i = 0; i < active.length; i++) {
            u[active[i]] = solved[i];
        }
        return u;
    }

    @Test
    void isTheSolutionOnTheActiveUnits() {
        for (double alpha : new double[] {0, 0.7}) {
            Energy energy = energy(dictionary(), new L1Penalty(0.3));
            energy = alpha > 0 ? energy.near(Samples.gaussian(4, BATCH, UNITS), alpha) : energy;
            INDArray code =
                    new CoordinateDescent(1000, 1e-12).solve(energy, input()).code();
            INDArray before = code.dup();
            INDArray u = ImplicitDifferentiation.solve(energy, input(), code, gradient());
            assertEquals(before, code);
            for (int i = 0; i < BATCH; i++) {
                double[] z = Samples.rows(code)[i];
                double[] expected = dense(z, Samples.rows(gradient())[i], alpha);
                double[] actual = Samples.rows(u)[i];
                assertArrayEquals(expected, actual, 1e-10);
                IntStream.range(0, UNITS).filter(j -> z[j] == 0).forEach(j -> assertEquals(0, actual[j]));
            }
        }
    }

    @Test
    void codesOfZeroHaveNoGradient() {
        INDArray zeros = Nd4j.zeros(DataType.DOUBLE, BATCH, UNITS);
        INDArray u = ImplicitDifferentiation.solve(energy(dictionary(), new L1Penalty(9)), input(), zeros, gradient());
        assertEquals(zeros, u);
    }

    @ParameterizedTest
    @MethodSource("types")
    void dependentAtomsGiveTheSolutionOfSmallestNorm(DataType type, double tolerance) {
        INDArray d = dictionary().castTo(type);
        d.putColumn(1, d.getColumn(0));
        INDArray code = Nd4j.create(new double[][] {{0.4, 0.2, -0.3, 0, 0, 0, 0}, {0.1, 0.1, 0, 0, 0, 0, 0}})
                .castTo(type);
        // a loss that sees both copies alike: a solution exists
        INDArray alike = Nd4j.create(new double[][] {{1, 1, 0.5, 2, 0, 0, 0}, {-2, -2, 0, 0, 0, 0, 1}})
                .castTo(type);
        INDArray active = code.neq(0).castTo(type);
        INDArray x = input().castTo(type);
        INDArray u = ImplicitDifferentiation.solve(energy(d, new L1Penalty(0.1)), x, code, alike);
        INDArray image = u.mmul(d.transpose()).mmul(d).muli(active);
        assertEquals(0, Samples.distance(alike.mul(active), image), tolerance);
        assertEquals(0, Samples.distance(u.getColumn(0), u.getColumn(1)), tolerance);
        // one that does not: no solution exists, and the answer is still a number
        INDArray different = ImplicitDifferentiation.solve(
                energy(d, new L1Penalty(0.1)), x, code, gradient().castTo(type));
        assertTrue(Double.isFinite(different.norm1Number().doubleValue()));
    }

    static Stream<Arguments> types() {
        return Stream.of(Arguments.of(DataType.DOUBLE, 1e-6), Arguments.of(DataType.FLOAT, 1e-3));
    }

    private static void refused(String expected, Penalty penalty, INDArray gradient) {
        Energy energy = energy(dictionary(), penalty);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> ImplicitDifferentiation.solve(energy, input(), gradient(), gradient));
        assertEquals(expected, e.getMessage());
    }

    @Test
    void badArgumentsAreRefused() {
        Penalty smoothed = new SmoothedGroupPenalty(0.1, GROUPS, 1e-3);
        refused(
                "penalty must be one with a proximal operator, or lateral inhibition, got SmoothedGroupPenalty",
                smoothed,
                gradient());
        INDArray narrow = Samples.gaussian(1, 2, 6);
        refused("gradient must be of the shape of code [2, 7], got [2, 6]", new L1Penalty(0.1), narrow);
    }

    /** Two alike units that inhibit each other: equal shares are stationary but no minimum, one unit alone is. */
    @Test
    void codesThatAreNoMinimumAreReported() {
        INDArray d = Nd4j.create(new double[][] {{1, 0}, {0, 1}});
        Energy energy = energy(d, new LateralInhibitionPenalty(1, InhibitionMatrix.uniform(2, 1)));
        INDArray x = Nd4j.create(new double[][] {{3, 3}, {3, 1}});
        // the first: 3 - z - 2 z = 0; H = [[1, 2], [2, 1]] has the eigenvalues 3 and -1
        INDArray code = Nd4j.create(new double[][] {{1, 1}, {3, 0}});
        INDArray gradient = Nd4j.create(new double[][] {{1, 0}, {1, 0}});
        ImplicitDifferentiation.Answer answer = ImplicitDifferentiation.answer(energy, x, code, gradient);
        assertEquals(1, answer.saddles());
        INDArray expected = Nd4j.create(new double[][] {{-1 / 3.0, 2 / 3.0}, {1, 0}});
        assertEquals(0, Samples.distance(expected, answer.solution()), 1e-12);
        assertEquals(0, Samples.distance(expected, ImplicitDifferentiation.solve(energy, x, code, gradient)), 1e-12);
    }
}
