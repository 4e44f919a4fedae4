package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.OverlappingGroupPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.SmoothedGroupPenalty;
import io.github.dl4jsparse.energy.SparseGroupPenalty;
import io.github.dl4jsparse.energy.TopKPenalty;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.operator.LinearOperator;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SolversTest {
    private static final int UNITS = 6;
    private static final Groups PAIRS = Groups.of(UNITS, new int[][] {{0, 3}, {1, 4}, {2, 5}});
    private static final Groups RING = Groups.ring(UNITS, Window.of(3));
    private static final Tree TREE = Tree.ofParents(new int[] {-1, 0, 0, 1, 1, 2});
    private static final Penalty WITHOUT_SOLVER = new GroupL2Penalty(0.1, PAIRS).plus(new TreePenalty(0.1, TREE));

    private static final INDArray DICTIONARY = Samples.gaussian(1, 4, UNITS).castTo(DataType.DOUBLE);
    private static final INDArray INPUT = Samples.gaussian(2, 3, 4).castTo(DataType.DOUBLE);

    private static Penalty inhibition() {
        return new LateralInhibitionPenalty(0.1, InhibitionMatrix.tree(TREE, 1), new L1Penalty(0.1));
    }

    static Stream<Arguments> penalties() {
        return Stream.of(
                Arguments.of(new L1Penalty(0.1), CoordinateDescent.class, Fista.class),
                Arguments.of(new GroupL2Penalty(0.1, PAIRS), CoordinateDescent.class, Fista.class),
                Arguments.of(new SparseGroupPenalty(0.1, 0.1, PAIRS), CoordinateDescent.class, Fista.class),
                Arguments.of(new TreePenalty(0.1, TREE), Fista.class, Fista.class),
                Arguments.of(new OverlappingGroupPenalty(0.1, RING), Fista.class, Fista.class),
                Arguments.of(new TopKPenalty(2), Fista.class, Fista.class),
                Arguments.of(new SmoothedGroupPenalty(0.1, RING, 1e-2), Fista.class, Fista.class),
                Arguments.of(inhibition(), InhibitionCoordinateDescent.class, MajorizedIsta.class));
    }

    /** The same map as a dense decoder's, which no solver knows to be dense. */
    private static LinearOperator anotherKind() {
        return new DenseOperator(DICTIONARY.transpose().dup('c')).transpose();
    }

    @ParameterizedTest
    @MethodSource("penalties")
    void namesTheFastestThatSupportsAPenaltyAndCertifiesIt(
            Penalty penalty, Class<? extends Solver> dense, Class<? extends Solver> other) {
        assertSame(dense, Solvers.bestFor(penalty).getClass());
        for (LinearOperator decoder : List.of(new DenseOperator(DICTIONARY), anotherKind())) {
            Energy energy = new Energy(decoder, penalty);
            Solver solver = Solvers.bestFor(energy, 20_000, 1e-4);
            assertSame(decoder instanceof DenseOperator ? dense : other, solver.getClass());
            assertTrue(solver.supports(penalty));
            solver.requireSupport(penalty);
            assertEquals(1e-4, solver.tolerance());
            assertEquals(20_000, solver.maxIterations());
            Solution solution = solver.solve(energy, INPUT).requireConverged();
            assertTrue(solution.worst() <= 1e-4, solution.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("penalties")
    void supportsIsRequireSupportWithoutTheError(Penalty penalty) {
        for (Solver solver : List.of(
                new CoordinateDescent(1, 1),
                new Ista(1, 1),
                new Fista(1, 1),
                new MajorizedIsta(1, 1),
                new InhibitionCoordinateDescent(1, 1))) {
            if (solver.supports(penalty)) {
                solver.requireSupport(penalty);
            } else {
                String message = assertThrows(IllegalArgumentException.class, () -> solver.requireSupport(penalty))
                        .getMessage();
                assertEquals(
                        "penalty must be " + solver.supported() + ", got "
                                + penalty.getClass().getSimpleName(),
                        message);
            }
        }
    }

    @Test
    void hasOneThousandIterationsAndATolerance() {
        Solver solver = Solvers.bestFor(new Energy(anotherKind(), new L1Penalty(0.1)));
        assertEquals(new Fista(1000, 1e-3), solver);
        assertEquals(new CoordinateDescent(1000, 1e-3), Solvers.bestFor(new L1Penalty(0.1)));
    }

    @Test
    void refusesAPenaltyWithoutSolverWithTheWayOut() {
        assertTrue(Solvers.find(WITHOUT_SOLVER, 10, 1e-3).isEmpty());
        Energy energy = new Energy(new DenseOperator(DICTIONARY), WITHOUT_SOLVER);
        String expected =
                "penalty must be one that a solver supports: with a proximal operator, a majoriser, or lateral inhibition"
                        + " (penalty.plus joins an L1 norm with groups, trees or inhibition to one that has), got SumPenalty";
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> Solvers.bestFor(WITHOUT_SOLVER))
                        .getMessage());
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> Solvers.bestFor(energy))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Solvers.bestFor(new L1Penalty(0.1), 0, 1e-3));
        assertThrows(IllegalArgumentException.class, () -> Solvers.bestFor((Penalty) null));
    }
}
