package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.CoordinateDescent;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.solver.InhibitionCoordinateDescent;
import io.github.dl4jsparse.solver.Solver;
import io.github.dl4jsparse.testkit.Samples;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BranchEliminationTest {
    private static final Solver EXACT = new CoordinateDescent(10_000, 1e-10);

    /** 0 is the root of 1 and 2, 1 of 3 and 4, 2 of 5. */
    private static final Tree TREE = Tree.ofParents(new int[] {-1, 0, 0, 1, 1, 2});

    /** The least energy of all inputs with some of the units. */
    private static double energy(INDArray dictionary, Penalty penalty, Solver solver, INDArray inputs, int[] units) {
        INDArray atoms = Nd4j.create(dictionary.dataType(), dictionary.size(0), units.length);
        for (int k = 0; k < units.length; k++) {
            atoms.putColumn(k, dictionary.getColumn(units[k]));
        }
        return solver.solve(new Energy(new DenseOperator(atoms), penalty.restrictedTo(units)), inputs)
                .requireConverged()
                .energy();
    }

    private static int[] without(Tree tree, int branch) {
        return IntStream.range(0, tree.size())
                .filter(node -> node != branch && !tree.isAncestor(branch, node))
                .toArray();
    }

    /** The units without the branch that all examples together miss least for each of its units, by plain trial. */
    private static int[] byTrial(Tree tree, int most, INDArray d, Penalty penalty, Solver solver, INDArray x) {
        double all =
                energy(d, penalty, solver, x, IntStream.range(0, tree.size()).toArray());
        int[] best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int node = 1; node < tree.size(); node++) {
            int[] left = without(tree, node);
            int gone = tree.size() - left.length;
            double missed = gone > most ? Double.POSITIVE_INFINITY : (energy(d, penalty, solver, x, left) - all) / gone;
            if (missed < least) {
                least = missed;
                best = left;
            }
        }
        return best;
    }

    private static INDArray dictionary(long seed, int inputs, int units) {
        INDArray d = Samples.gaussian(seed, inputs, units);
        return d.diviRowVector(d.norm2(0));
    }

    /** One leaf is asked for, so that no estimate of an earlier round is used. */
    @Test
    void theFirstBranchToGoIsThatOfPlainTrial() {
        boolean[] chosen = new boolean[TREE.size()];
        for (int seed = 0; seed < 20; seed++) {
            INDArray d = dictionary(seed, 4, TREE.size());
            INDArray x = Samples.gaussian(100 + seed, 15, 4);
            Penalty l1 = new L1Penalty(0.2);
            int[] expected = byTrial(TREE, 1, d, l1, EXACT, x);
            assertArrayEquals(expected, new BranchElimination(d, l1, EXACT).treeOfSize(TREE, 5, x));
            int gone = IntStream.range(0, 6)
                    .filter(unit -> Arrays.binarySearch(expected, unit) < 0)
                    .findFirst()
                    .orElseThrow();
            chosen[gone] = true;
        }
        assertTrue(chosen[3] && chosen[4] && chosen[5], "all leaves take turns");
    }

    @Test
    void theFirstBranchToGoIsThatOfPlainTrialUnderAnyPenalty() {
        Solver fista = new Fista(50_000, 1e-9);
        Solver descent = new InhibitionCoordinateDescent(10_000, 1e-9);
        for (int seed = 0; seed < 5; seed++) {
            INDArray d = dictionary(seed, 4, TREE.size());
            INDArray x = Samples.gaussian(100 + seed, 15, 4);
            Penalty tree = new TreePenalty(0.3, TREE);
            assertArrayEquals(
                    byTrial(TREE, 1, d, tree, fista, x), new BranchElimination(d, tree, fista).treeOfSize(TREE, 5, x));
            // so weak that the energy has one minimum
            Penalty inhibition = new LateralInhibitionPenalty(0.01, InhibitionMatrix.tree(TREE, 1), new L1Penalty(0.3));
            assertArrayEquals(
                    byTrial(TREE, 1, d, inhibition, descent, x),
                    new BranchElimination(d, inhibition, descent).treeOfSize(TREE, 5, x));
        }
    }

    /** Where atoms do not overlap, what a unit is missed is half the square of its part above the threshold. */
    @Test
    void orthogonalUnitsGoByWhatTheyCarry() {
        INDArray x = Nd4j.create(new double[][] {{9, 4, 3, 1, 2, 5}});
        BranchElimination elimination =
                new BranchElimination(Nd4j.eye(6).castTo(x.dataType()), new L1Penalty(0), EXACT);
        assertArrayEquals(new int[] {0, 1, 2, 4, 5}, elimination.treeOfSize(TREE, 5, x));
        assertArrayEquals(new int[] {0, 1, 2, 5}, elimination.treeOfSize(TREE, 4, x));
        // for three: 1 alone for 8, not the branch of 2 and 5 for 17
        assertArrayEquals(new int[] {0, 2, 5}, elimination.treeOfSize(TREE, 3, x));
        assertArrayEquals(new int[] {0}, elimination.treeOfSize(TREE, 1, x));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, elimination.treeOfSize(TREE, 6, x));
    }

    /** Node 1 is dear only together with its leaves: leaf by leaf the branch would be the last to go. */
    @Test
    void aBranchGoesAtOnceWhereThatIsCheapest() {
        INDArray x = Nd4j.create(new double[][] {{9, 0, 5, 2, 2, 1.9}});
        BranchElimination elimination =
                new BranchElimination(Nd4j.eye(6).castTo(x.dataType()), new L1Penalty(0), EXACT);
        // leaf 5 for 1.8, or three units for 1.33 each
        assertArrayEquals(new int[] {0, 2, 5}, elimination.treeOfSize(TREE, 3, x));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4}, elimination.treeOfSize(TREE, 5, x));
    }

    /** Leaves 3 and 4 are alike and much used, leaf 5 is used little but has no other in its place. */
    @Test
    void unitsThatOthersStandInForGoBeforeWeakOnes() {
        INDArray d = Nd4j.eye(6).castTo(Nd4j.defaultFloatingPointType()).dup();
        d.putColumn(4, d.getColumn(3).dup());
        INDArray x = Nd4j.create(new double[][] {{9, 8, 7, 6, 0, 1}, {9, 8, 7, -5, 0, 1}});
        d = d.castTo(x.dataType());
        int[] kept = new BranchElimination(d, new L1Penalty(0.1), EXACT).treeOfSize(TREE, 5, x);
        assertEquals(5, kept.length);
        assertTrue(Arrays.binarySearch(kept, 5) >= 0, Arrays.toString(kept));
        assertTrue(Arrays.binarySearch(kept, 3) >= 0 || Arrays.binarySearch(kept, 4) >= 0);
    }

    /** What is left is a tree of the size, which loses less of the energy than one of random leaves. */
    @Test
    void losesLessThanRandomCuts() {
        Tree tree = Tree.branching(3, 2, 2);
        INDArray d = dictionary(1, 8, tree.size());
        INDArray x = Samples.gaussian(2, 60, 8);
        Penalty penalty = new LateralInhibitionPenalty(0.5, InhibitionMatrix.tree(tree, 1), new L1Penalty(0.1));
        Solver solver = new InhibitionCoordinateDescent(1000, 1e-6);
        int[] kept = new BranchElimination(d, penalty, solver).treeOfSize(tree, 11, x);
        assertEquals(11, tree.restrictedTo(kept).size());
        assertEquals(0, kept[0]);
        double energy = energy(d, penalty, solver, x, kept);
        for (int seed = 0; seed < 10; seed++) {
            int s = seed;
            int[] leaves = IntStream.range(0, tree.size())
                    .filter(node -> tree.children(node).length == 0)
                    .boxed()
                    .sorted((a, b) -> Integer.compare((a * 7919 + s * 104_729) % 101, (b * 7919 + s * 104_729) % 101))
                    .mapToInt(node -> node)
                    .limit(tree.size() - 11)
                    .sorted()
                    .toArray();
            int[] random = IntStream.range(0, tree.size())
                    .filter(node -> Arrays.binarySearch(leaves, node) < 0)
                    .toArray();
            assertTrue(energy < energy(d, penalty, solver, x, random), "cut " + seed);
        }
    }

    @Test
    void badArgumentsAreNamed() {
        BranchElimination elimination = new BranchElimination(dictionary(1, 4, 6), new L1Penalty(0.1), EXACT);
        INDArray x = Samples.gaussian(1, 3, 4);
        assertEquals("size must be from 1 to 6, got 0", refused(() -> elimination.treeOfSize(TREE, 0, x)));
        assertEquals("size must be from 1 to 6, got 7", refused(() -> elimination.treeOfSize(TREE, 7, x)));
        assertEquals(
                "tree must be of the 6 atoms, got 3 nodes",
                refused(() -> elimination.treeOfSize(Tree.branching(2), 1, x)));
        assertTrue(refused(() -> elimination.treeOfSize(TREE, 3, Samples.gaussian(1, 3, 5)))
                .startsWith("inputs must be"));
        assertEquals(
                "inputs must be finite, got 1 NaN or infinite values",
                refused(() -> elimination.treeOfSize(TREE, 3, x.dup().putScalar(1, 1, Double.NaN))));
        assertEquals(
                "dictionary must be finite, got 1 NaN or infinite values",
                refused(() -> new BranchElimination(
                        dictionary(1, 4, 6).dup().putScalar(1, 1, Double.NaN), new L1Penalty(0.1), EXACT)));
        // blank inputs miss no branch
        assertEquals(3, elimination.treeOfSize(TREE, 3, x.mul(0)).length);
        Penalty inhibition = new LateralInhibitionPenalty(1, InhibitionMatrix.tree(TREE, 1), new L1Penalty(0.1));
        assertTrue(refused(() -> new BranchElimination(dictionary(1, 4, 6), inhibition, EXACT))
                .startsWith("penalty must be"));
    }

    private static String refused(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
