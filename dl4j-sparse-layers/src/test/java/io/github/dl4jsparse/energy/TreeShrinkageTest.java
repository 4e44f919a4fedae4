package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.internal.energy.BlockShrinkage;
import io.github.dl4jsparse.testkit.Samples;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TreeShrinkageTest {
    /** The gradient through the block shrinkages of all subtrees, one after the other, from the last back to the first. */
    private static double[] compose(Tree tree, double[] thresholds, double[] v, double[] gradient) {
        Groups subtrees = tree.groups();
        List<Integer> leavesFirst = IntStream.range(0, tree.size())
                .boxed()
                .sorted(Comparator.comparingInt(node -> -tree.depth(node)))
                .toList();
        double[][] between = new double[tree.size()][];
        double[] code = v.clone();
        for (int node : leavesFirst) {
            between[node] = code.clone();
            BlockShrinkage.shrink(subtrees, node, code, thresholds[node]);
        }
        double[] ofThresholds = new double[tree.size()];
        for (int k = tree.size() - 1; k >= 0; k--) {
            int node = leavesFirst.get(k);
            ofThresholds[node] = BlockShrinkage.adjoint(subtrees, node, between[node], thresholds[node], gradient);
        }
        return ofThresholds;
    }

    private static Tree randomTree(Random random, int nodes) {
        return Tree.ofParents(IntStream.range(0, nodes)
                .map(node -> node == 0 || random.nextInt(10) == 0 ? -1 : random.nextInt(node))
                .toArray());
    }

    @Test
    void adjointIsThatOfTheCompositionOnRandomTrees() {
        Random random = new Random(7);
        int zeros = 0;
        int active = 0;
        for (int k = 0; k < 300; k++) {
            Tree tree = randomTree(random, 1 + random.nextInt(40));
            double[] thresholds =
                    random.doubles(tree.size(), 0, 1).map(w -> w < 0.2 ? 0 : w).toArray();
            double[] v = Samples.gaussian(k, 1, tree.size()).toDoubleVector();
            double[] gradient = Samples.gaussian(k + 1000, 1, tree.size()).toDoubleVector();
            double[] expected = gradient.clone();
            double[] ofThresholds = compose(tree, thresholds, v, expected);
            double[] code = v.clone();
            new TreeShrinkage(tree, thresholds).shrink(code);
            assertArrayEquals(ofThresholds, new TreeShrinkage(tree, thresholds).adjoint(v, code, gradient), 1e-11);
            assertArrayEquals(expected, gradient, 1e-11);
            for (double value : code) {
                zeros += value == 0 ? 1 : 0;
                active += value == 0 ? 0 : 1;
            }
        }
        assertTrue(zeros > 1000 && active > 1000, zeros + " zeros, " + active + " active");
    }

    /** A zero drive of an active branch moves as soon as it is driven; a branch that its threshold cut off does not. */
    @Test
    void zeroUnitOfAnActiveBranchHasADerivative() {
        Tree tree = Tree.ofParents(new int[] {-1, 0, 0});
        double[] thresholds = {1, 0.5, 0};
        double[] v = {2, 0, 0};
        double[] code = v.clone();
        new TreeShrinkage(tree, thresholds).shrink(code);
        assertArrayEquals(new double[] {1, 0, 0}, code);
        double[] gradient = {4, 4, 4};
        double[] ofThresholds = new TreeShrinkage(tree, thresholds).adjoint(v, code, gradient);
        assertArrayEquals(new double[] {4, 0, 2}, gradient, 1e-15);
        assertEquals(-4, ofThresholds[0], 1e-15);
        assertEquals(0, ofThresholds[1], 1e-15);
    }
}
