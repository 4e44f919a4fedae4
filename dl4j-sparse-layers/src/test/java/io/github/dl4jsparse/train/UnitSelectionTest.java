package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class UnitSelectionTest {
    /** The usage of a layer whose code is its input: what units do is what the rows say. */
    private static UnitUsage usage(double[][] codes) {
        int units = codes[0].length;
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new SparseCodingLayer.Builder()
                        .nIn(units)
                        .nOut(units)
                        .penalty(new L1Penalty(0))
                        .build())
                .build());
        net.init();
        UnsupervisedLayer layer = (UnsupervisedLayer) net.getLayer(0);
        layer.startFrom(Nd4j.eye(units));
        INDArray rows = Nd4j.create(codes);
        return UnitUsage.of(layer, rows, 1e-9);
    }

    /** Unit i is active in the first counts[i] of the examples. */
    private static UnitUsage active(int examples, int... counts) {
        double[][] codes = new double[examples][counts.length];
        for (int unit = 0; unit < counts.length; unit++) {
            for (int i = 0; i < counts[unit]; i++) {
                codes[i][unit] = 1;
            }
        }
        return usage(codes);
    }

    @Test
    void unitsOfALayerThatCopies() {
        UnitUsage usage = active(10, 10, 0, 1, 5);
        assertEquals(0.5, usage.frequency(3));
        assertArrayEquals(new int[] {1}, usage.deadUnits());
    }

    @Test
    void unitsBelowTheBoundGo() {
        UnitUsage usage = active(10, 10, 0, 1, 5);
        assertArrayEquals(new int[] {0, 2, 3}, UnitSelection.usedUnits(usage, 1e-9));
        assertArrayEquals(new int[] {0, 2, 3}, UnitSelection.usedUnits(usage, 0.1));
        assertArrayEquals(new int[] {0, 3}, UnitSelection.usedUnits(usage, 0.11));
        assertArrayEquals(new int[] {0, 1, 2, 3}, UnitSelection.usedUnits(usage, 0));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> UnitSelection.usedUnits(active(2, 0, 1), 0.6))
                .getMessage();
        assertEquals("bound must be one that some unit reaches, got none", message);
        assertThrows(IllegalArgumentException.class, () -> UnitSelection.usedUnits(usage, 1.1));
    }

    @Test
    void theStrongestUnitsStay() {
        UnitUsage usage = usage(new double[][] {{1, 3, 2, 0, 2}, {1, 0, -2, 1, 2}});
        assertArrayEquals(new int[] {1}, UnitSelection.strongestUnits(usage, 1));
        // of two alike the first
        assertArrayEquals(new int[] {1, 2}, UnitSelection.strongestUnits(usage, 2));
        assertArrayEquals(new int[] {0, 1, 2, 4}, UnitSelection.strongestUnits(usage, 4));
        String message = assertThrows(IllegalArgumentException.class, () -> UnitSelection.strongestUnits(usage, 6))
                .getMessage();
        assertEquals("size must be from 1 to 5, got 6", message);
        assertThrows(IllegalArgumentException.class, () -> UnitSelection.strongestUnits(usage, 0));
    }

    @Test
    void groupsGoAsAWhole() {
        UnitUsage usage = active(10, 0, 3, 1, 1, 0, 0, 0);
        Groups groups = Groups.of(7, new int[][] {{0, 1}, {2, 3}, {4, 5}});
        // unit 6 is in no group
        assertArrayEquals(new int[] {0, 1, 6}, UnitSelection.usedGroups(usage, groups, 0.2));
        assertArrayEquals(new int[] {0, 1, 2, 3, 6}, UnitSelection.usedGroups(usage, groups, 0.05));
        Groups overlapping = Groups.of(7, new int[][] {{0, 1}, {1, 2, 3}, {3, 4, 5, 6}});
        assertArrayEquals(new int[] {0, 1, 2, 3}, UnitSelection.usedGroups(usage, overlapping, 0.2));
        assertThrows(IllegalArgumentException.class, () -> UnitSelection.usedGroups(usage, Groups.blocks(8, 2), 0.2));
    }

    /** 0 is the root of 1 and 2, 1 of 3 and 4, 2 of 5; 6 is a root of its own. */
    private static final Tree TREE = Tree.ofParents(new int[] {-1, 0, 0, 1, 1, 2, -1});

    @Test
    void branchesGoThatAreRareAndRareWhereTheirParentIs() {
        UnitUsage usage = active(100, 100, 50, 2, 1, 20, 2, 0);
        // branch 2 is active for 2 of 100, node 3 for 1 of the 50 of its parent
        assertArrayEquals(new int[] {0, 1, 4, 6}, UnitSelection.usedBranches(usage, TREE, 0.03, 0.03));
        // node 5 is active whenever its parent is: with the branch of node 2 kept, so is node 5
        assertArrayEquals(new int[] {0, 1, 2, 4, 5, 6}, UnitSelection.usedBranches(usage, TREE, 0.015, 0.03));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6}, UnitSelection.usedBranches(usage, TREE, 0.03, 0.02));
        assertArrayEquals(new int[] {0, 6}, UnitSelection.usedBranches(usage, TREE, 1, 1));
    }

    @Test
    void aDeepNodeIsKeptForItsParent() {
        UnitUsage usage = active(100, 100, 4, 0, 3, 0, 0, 0);
        // node 3 is rare, but where its parent is it is common; the bound on the branch of node 1 is reached by itself
        assertArrayEquals(new int[] {0, 1, 3, 6}, UnitSelection.usedBranches(usage, TREE, 0.035, 0.5));
        assertArrayEquals(new int[] {0, 1, 6}, UnitSelection.usedBranches(usage, TREE, 0.035, 0.8));
    }

    @Test
    void aBranchIsUsedWhereAnyOfItsNodesIs() {
        double[][] codes = new double[10][7];
        codes[0][3] = 1;
        codes[1][4] = 1;
        codes[2][1] = 1;
        UnitUsage usage = usage(codes);
        assertArrayEquals(new int[] {0, 1, 6}, UnitSelection.usedBranches(usage, TREE, 0.3, 1));
        assertArrayEquals(new int[] {0, 6}, UnitSelection.usedBranches(usage, TREE, 0.31, 1));
    }

    @Test
    void theLeavesOfLeastEnergyGoFirst() {
        double[][] codes = {{9, 8, 7, 1, 3, 2, 0}};
        UnitUsage usage = usage(codes);
        assertArrayEquals(new int[] {0, 1, 2, 4, 5, 6}, UnitSelection.treeOfSize(usage, TREE, 6));
        assertArrayEquals(new int[] {0, 1, 2, 4, 6}, UnitSelection.treeOfSize(usage, TREE, 5));
        assertArrayEquals(new int[] {0, 1, 2, 6}, UnitSelection.treeOfSize(usage, TREE, 4));
        assertArrayEquals(new int[] {0, 1, 6}, UnitSelection.treeOfSize(usage, TREE, 3));
        assertArrayEquals(new int[] {0, 6}, UnitSelection.treeOfSize(usage, TREE, 2));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6}, UnitSelection.treeOfSize(usage, TREE, 7));
        String message = assertThrows(IllegalArgumentException.class, () -> UnitSelection.treeOfSize(usage, TREE, 1))
                .getMessage();
        assertEquals("size must be from 2 to 7, got 1", message);
        assertThrows(IllegalArgumentException.class, () -> UnitSelection.treeOfSize(usage, TREE, 8));
    }

    /** Whatever the codes: the choice is a tree, has its roots, and shrinks as the bounds rise. */
    @Test
    void choicesAreTrees() {
        Random random = new Random(1);
        Tree tree = Tree.branching(3, 2, 2);
        int removed = 0;
        for (int k = 0; k < 50; k++) {
            int[] counts = IntStream.range(0, tree.size())
                    .map(i -> random.nextInt(4) * random.nextInt(6))
                    .toArray();
            UnitUsage usage = active(20, counts);
            int last = tree.size();
            for (double bound = 0; bound <= 1; bound += 0.1) {
                int[] kept = UnitSelection.usedBranches(usage, tree, bound, bound);
                assertEquals(kept.length, tree.restrictedTo(kept).size());
                assertEquals(0, kept[0]);
                assertTrue(kept.length <= last);
                last = kept.length;
            }
            removed += tree.size() - last;
            int[] half = UnitSelection.treeOfSize(usage, tree, 11);
            assertEquals(11, tree.restrictedTo(half).size());
        }
        assertTrue(removed > 100);
    }
}
