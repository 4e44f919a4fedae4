package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.testkit.PenaltyContract;
import io.github.dl4jsparse.testkit.Samples;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TreePenaltyTest extends PenaltyContract {
    /** Not numbered from the root, and a second root. */
    private static final Tree TREE = Tree.ofParents(new int[] {3, 3, 0, -1, 0, -1});

    @Override
    protected Penalty penalty() {
        return new TreePenalty(0.5, TREE);
    }

    @Override
    protected Penalty otherPenalty() {
        return new TreePenalty(0.5, Tree.ofParents(new int[] {3, 3, 0, -1, 0, 3}));
    }

    @Override
    protected Penalty zeroPenalty() {
        return new TreePenalty(0, TREE);
    }

    /** A weight for each node, one of them zero. */
    @Nested
    class EachNode extends PenaltyContract {
        @Override
        protected Penalty penalty() {
            return new TreePenalty(new double[] {0.5, 0.2, 0, 0.7, 1, 0.4}, TREE);
        }

        @Override
        protected Penalty otherPenalty() {
            return new TreePenalty(new double[] {0.5, 0.2, 0.1, 0.7, 1, 0.4}, TREE);
        }
    }

    /** The groups' own proximal operators, one after the other, by their definition. */
    private static double[] compose(Tree tree, double[] weights, double[] drive, Comparator<Integer> order) {
        double[] code = drive.clone();
        IntStream.range(0, tree.size()).boxed().sorted(order).forEach(node -> {
            int[] group = IntStream.concat(IntStream.of(node), IntStream.of(tree.descendants(node)))
                    .toArray();
            double norm = Math.sqrt(
                    IntStream.of(group).mapToDouble(i -> code[i] * code[i]).sum());
            for (int i : group) {
                code[i] = norm <= weights[node] ? 0 : code[i] * (1 - weights[node] / norm);
            }
        });
        return code;
    }

    private static double objective(Penalty penalty, double[] code, double[] drive) {
        double fit = IntStream.range(0, code.length)
                .mapToDouble(i -> (code[i] - drive[i]) * (code[i] - drive[i]) / 2)
                .sum();
        return fit + penalty.value(Nd4j.create(new double[][] {code}));
    }

    private static Tree randomTree(Random random, int nodes) {
        int[] names = IntStream.range(0, nodes).toArray();
        for (int i = nodes - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int name = names[i];
            names[i] = names[j];
            names[j] = name;
        }
        int[] parents = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            parents[names[i]] = i == 0 || random.nextInt(10) == 0 ? -1 : names[random.nextInt(i)];
        }
        return Tree.ofParents(parents);
    }

    @Test
    void onePassIsTheCompositionFromLeavesToRootsOnRandomTrees() {
        Random random = new Random(5);
        int zeros = 0;
        for (int k = 0; k < 200; k++) {
            Tree tree = randomTree(random, 1 + random.nextInt(40));
            double[] weights =
                    random.doubles(tree.size(), 0, 1).map(w -> w < 0.2 ? 0 : w).toArray();
            double[] drive = IntStream.range(0, tree.size())
                    .mapToDouble(i -> random.nextGaussian())
                    .toArray();
            double[] expected = compose(
                    tree, weights, drive, Comparator.comparingInt(tree::depth).reversed());
            INDArray point = new TreePenalty(weights, tree).prox(Nd4j.create(new double[][] {drive}), 1);
            assertArrayEquals(expected, point.toDoubleMatrix()[0], 1e-12);
            zeros += (int) IntStream.range(0, tree.size())
                    .filter(i -> expected[i] == 0)
                    .count();
        }
        assertTrue(zeros > 100, "only " + zeros + " zeros");
    }

    @Test
    void orderFromRootToLeavesIsWorse() {
        Tree tree = Tree.branching(2, 2);
        double[] weights = IntStream.range(0, 7).mapToDouble(i -> 0.35).toArray();
        TreePenalty penalty = new TreePenalty(0.35, tree);
        double[] drive = {0.6, 1.1, -0.4, 0.5, -0.3, 1.6, 0.2};
        double[] right = compose(tree, weights, drive, Comparator.comparingInt(node -> -tree.depth(node)));
        double[] wrong = compose(tree, weights, drive, Comparator.comparingInt(tree::depth));
        double[] point = penalty.prox(Nd4j.create(new double[][] {drive}), 1).toDoubleMatrix()[0];
        assertArrayEquals(right, point, 1e-15);
        assertTrue(objective(penalty, wrong, drive) > objective(penalty, right, drive) + 1e-3);
    }

    @Test
    void valueIsThatOfTheSubtreesAsOverlappingGroups() {
        INDArray codes = Samples.gaussian(1, 5, 6);
        INDArray expected = new OverlappingGroupPenalty(0.5, TREE.groups()).values(codes);
        assertEquals(0, Samples.distance(expected, penalty().values(codes)), 1e-14);
    }

    @Test
    void proxIsThatOfTheSubtreesAsOverlappingGroups() {
        INDArray codes = Samples.gaussian(2, 20, 6);
        INDArray expected = new OverlappingGroupPenalty(0.5, TREE.groups(), 1e-13).prox(codes.dup(), 1);
        assertEquals(0, Samples.distance(expected, new TreePenalty(0.5, TREE).prox(codes.dup(), 1)), 1e-6);
    }

    @Test
    void rootsAloneAreTheL1Norm() {
        TreePenalty penalty = new TreePenalty(0.5, Tree.ofParents(new int[] {-1, -1, -1}));
        INDArray codes = Samples.gaussian(1, 5, 3);
        assertEquals(0, Samples.distance(new L1Penalty(0.5).prox(codes.dup(), 1), penalty.prox(codes.dup(), 1)), 1e-15);
    }

    @Test
    void zeroNodeHasZeroDescendants() {
        Tree tree = Tree.branching(3, 2, 2);
        INDArray point = new TreePenalty(0.6, tree).prox(Samples.gaussian(1, 100, tree.size()), 1);
        Groups subtrees = tree.groups();
        int zeros = 0;
        for (double[] code : point.toDoubleMatrix()) {
            for (int node = 0; node < tree.size(); node++) {
                if (code[node] == 0) {
                    zeros++;
                    assertEquals(subtrees.size(node), tree.descendants(node).length + 1);
                    for (int below : tree.descendants(node)) {
                        assertEquals(0, code[below]);
                    }
                }
            }
        }
        assertTrue(zeros > 100, "only " + zeros + " zeros");
    }

    @Test
    void wrongNumberOfWeightsIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new TreePenalty(new double[] {1, 2}, TREE))
                .getMessage();
        assertEquals("tree weights must be given for each of the 6 nodes, got 2", message);
    }
}
