package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.OverlappingGroupPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.SparseGroupPenalty;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.Solution.Certificate;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Solvers that share little code find the same energy, on every kind of penalty. */
class SolverAgreementTest {
    private static final int INPUTS = 24;
    private static final int UNITS = 12;
    private static final int BATCH = 3;
    private static final int CAP = 3000;
    /** Blocks of 2 and 3 whose units are not neighbours. */
    private static final Groups PARTITION =
            Groups.of(UNITS, new int[][] {{0, 5}, {3, 9, 11}, {1, 8}, {2, 4, 10}, {6, 7}});
    /** The same without units 4, 6, 7 and 10. */
    private static final Groups PART = Groups.of(UNITS, new int[][] {{0, 5}, {3, 9, 11}, {2, 8, 1}});

    private static final double[] WEIGHTS = {0.1, 3, 0.4, 0.2, 1.5, 0.3, 0.7, 2, 0.1, 0.9, 5, 0.6};
    private static final double[] SOME_ZEROS = {0, 3, 0.4, 0, 1.5, 0.3, 0, 2, 0.1, 0.9, 5, 0.6};

    private static List<Solver> proximal(double tolerance) {
        return List.of(
                new Ista(CAP, tolerance),
                new Ista(CAP, tolerance, true),
                new Fista(CAP, tolerance),
                new Fista(CAP, tolerance, true, true),
                new Fista(CAP, tolerance, false, false),
                new Fista(CAP, tolerance, true, false));
    }

    private static INDArray input() {
        return Samples.gaussian(2, BATCH, INPUTS);
    }

    private static Energy energy(Penalty penalty, boolean near) {
        INDArray dictionary = Samples.gaussian(1, INPUTS, UNITS);
        dictionary.diviRowVector(dictionary.norm2(0));
        Energy energy = new Energy(new DenseOperator(dictionary), penalty);
        return near ? energy.near(Samples.gaussian(3, BATCH, UNITS), 0.5) : energy;
    }

    private static Stream<Arguments> withAndWithoutPrediction(Penalty... penalties) {
        return Stream.of(penalties).flatMap(p -> Stream.of(Arguments.of(p, false), Arguments.of(p, true)));
    }

    static Stream<Arguments> separable() {
        return withAndWithoutPrediction(
                new GroupL2Penalty(0.6, PARTITION),
                new SparseGroupPenalty(0.2, 0.4, PARTITION),
                new SparseGroupPenalty(0.2, 0.4, PART),
                new SparseGroupPenalty(new L1Penalty(0.2).asNonNegative(), new GroupL2Penalty(0.4, PARTITION)),
                new L1Penalty(WEIGHTS),
                new L1Penalty(0.3).asNonNegative());
    }

    static Stream<Arguments> withoutDualNorm() {
        return withAndWithoutPrediction(
                new L1Penalty(SOME_ZEROS),
                new L1Penalty(SOME_ZEROS).asNonNegative(),
                new L1Penalty(0),
                new GroupL2Penalty(0, PARTITION),
                new SparseGroupPenalty(new L1Penalty(SOME_ZEROS), new GroupL2Penalty(0.4, PARTITION)));
    }

    static Stream<Arguments> nested() {
        Groups overlapping = Groups.of(UNITS, new int[][] {{0, 1, 2, 3}, {2, 3, 4, 5}, {5, 6, 7}, {7, 8, 9, 10, 11}});
        return withAndWithoutPrediction(
                new TreePenalty(0.2, Tree.ofParents(new int[] {-1, 0, 0, 1, 1, 2, 2, 3, -1, 8, 8, 9})),
                new OverlappingGroupPenalty(0.5, overlapping, 1e-13));
    }

    /** The energy at the solution, which the solver must know too. */
    private static double reached(Solver solver, Energy energy, Certificate expected) {
        Solution solution = solver.solve(energy, input()).requireConverged();
        assertEquals(expected, solution.certificate(), solver.toString());
        double value = energy.value(input(), solution.code());
        assertEquals(value, solution.energy(), 1e-10 * value, solver.toString());
        return value;
    }

    private static void assertAgreement(Energy energy, Certificate certificate, double tolerance, Solver... more) {
        List<Solver> solvers =
                Stream.concat(proximal(tolerance).stream(), Stream.of(more)).toList();
        double expected = reached(solvers.get(0), energy, certificate);
        double atZero = energy.value(input(), Nd4j.zeros(DataType.DOUBLE, BATCH, UNITS));
        assertTrue(expected < 0.99 * atZero, expected + " is hardly below the energy of the zero code " + atZero);
        for (Solver solver : solvers.subList(1, solvers.size())) {
            assertEquals(expected, reached(solver, energy, certificate), 1e-8 * expected, solver.toString());
        }
    }

    @ParameterizedTest(name = "{0}, prediction {1}")
    @MethodSource("separable")
    void allAgree(Penalty penalty, boolean near) {
        Energy energy = energy(penalty, near);
        assertAgreement(energy, Certificate.DUALITY_GAP, 5e-9, new CoordinateDescent(CAP, 1e-9));
        INDArray code = new CoordinateDescent(CAP, 1e-9).solve(energy, input()).code();
        long zeros = code.eq(0).castTo(DataType.INT64).sumNumber().longValue();
        assertTrue(zeros > 0 && zeros < BATCH * UNITS, zeros + " zeros: too easy");
    }

    @ParameterizedTest(name = "{0}, prediction {1}")
    @MethodSource("withoutDualNorm")
    void allAgreeWhereSomeUnitsAreFree(Penalty penalty, boolean near) {
        assertAgreement(
                energy(penalty, near), Certificate.SUBGRADIENT_DISTANCE, 1e-8, new CoordinateDescent(CAP, 1e-8));
        // the step that rows stop at is shorter than the distance that they are judged by
        for (double tolerance = 1e-2; tolerance > 1e-9; tolerance /= 10) {
            new CoordinateDescent(CAP, tolerance)
                    .solve(energy(penalty, near), input())
                    .requireConverged();
        }
    }

    @ParameterizedTest(name = "{0}, prediction {1}")
    @MethodSource("nested")
    void proximalMethodsAgree(Penalty penalty, boolean near) {
        assertAgreement(energy(penalty, near), Certificate.SUBGRADIENT_DISTANCE, 1e-6);
    }

    /** A group norm says nothing about units in no group. */
    @ParameterizedTest
    @MethodSource("groupsOfSomeUnits")
    void allAgreeWhereSomeUnitsAreInNoGroup(Penalty penalty, boolean near) {
        Energy energy = energy(penalty, near);
        double expected = Double.NaN;
        for (Solver solver : List.of(new CoordinateDescent(CAP, 1e-9), new Ista(CAP, 1e-9), new Fista(CAP, 1e-9))) {
            double value = solver.solve(energy, input()).requireConverged().energy();
            expected = Double.isNaN(expected) ? value : expected;
            assertEquals(expected, value, 1e-8 * expected, solver.toString());
        }
    }

    static Stream<Arguments> groupsOfSomeUnits() {
        return withAndWithoutPrediction(new GroupL2Penalty(0.6, PART));
    }
}
